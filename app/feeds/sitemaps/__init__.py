"""Sitemaps: what search engines are told of, in files of a bounded size."""
