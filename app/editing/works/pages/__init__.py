"""Reading a web page for what it says of itself: title, authors, date, publisher, identifiers.

All of it is a suggestion for an editor: pages are wrong about themselves more often than not.
"""
