"""Feeds: published documents as devices, readers, search engines and partners pull them."""
