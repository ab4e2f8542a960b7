"""A PostgreSQL of one's own, for trying out and developing: started by the first process that
needs it, shared by all that use the same directory, stopped when the last of them leaves.
"""

from app.embedded.server import Embedded, start

__all__ = ["Embedded", "start"]
