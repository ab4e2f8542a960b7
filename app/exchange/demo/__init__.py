"""The demo newsroom: its content, and how it comes into a database."""
