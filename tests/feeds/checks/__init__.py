"""What each format must say of a feed: `check(feed, document)`, by parsers from elsewhere."""
