"""One module for each format: `render(feed) -> bytes`, pure, and independent of the others."""
