"""Bodies: from blocks, HTML or Markdown to the one stored form, cleaned, with stable ids."""
