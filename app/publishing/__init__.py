"""The press: from what the desk holds to what readers get."""
