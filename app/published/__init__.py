"""The contract between the sides: what the public gets, and the tables that hold it."""
