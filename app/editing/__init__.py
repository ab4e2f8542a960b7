"""The desk: what editors and importers write. One folder per noun."""
