"""The line between a process and the one that started it: a pair of sockets.

The child writes one byte when it is ready. When the starter is gone, however it ended, the kernel
closes its end and the child ends too: nothing is left behind, even by kill -9.
"""

import os
import signal
import socket
import threading
import time

READY = b"r"


def pair() -> tuple[socket.socket, socket.socket]:
    """Our end, and the one to pass to the child."""
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    return ours, theirs


class Line:
    """The child's end. When the starter is gone this process gets SIGTERM, as if it had sent it.

    If that has not ended it after `patience` seconds, it ends where it stands.
    """

    def __init__(self, file: int, *, patience: float) -> None:
        self._socket = socket.socket(fileno=file)
        self._patience = patience
        threading.Thread(target=self._watch, name="line", daemon=True).start()

    def ready(self) -> None:
        self._socket.sendall(READY)

    def _watch(self) -> None:
        try:
            while self._socket.recv(1):
                pass
        except OSError:
            pass
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(self._patience)
        os._exit(1)
