"""Measures Masthead against bare servers, side by side on one core: `make bench`.

A newsroom of its own is made by the ordinary commands, on an embedded PostgreSQL in a temporary
directory. The server has one core for itself; the load and PostgreSQL share the others.
"""
