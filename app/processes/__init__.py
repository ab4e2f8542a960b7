"""The processes of a server: one that keeps the others running, some that answer, a worker."""
