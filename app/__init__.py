"""Masthead: a headless publishing backend for newsrooms."""

__version__ = "0.1.0"
