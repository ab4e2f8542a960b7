"""Import and export: what comes from other systems, and what goes to them."""
