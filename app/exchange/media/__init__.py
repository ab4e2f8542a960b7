"""Files that articles show from another system's addresses, brought here and put in their place."""
