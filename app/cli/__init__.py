"""The command line: thin, above everything else; one file for a family of commands."""

from app.cli.program import main

__all__ = ["main"]
