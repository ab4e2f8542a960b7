"""How a process begins: `python -m app.processes.loading MODULE FILE…` runs `main` of a module."""

import gc
import sys
from importlib import import_module
from types import ModuleType


def loaded(name: str) -> ModuleType:
    """The module of this name, imported.

    What is imported stays until the process ends: to look for garbage in it, again and again while
    it grows, takes a fifth of the time of a start.
    """
    if name in sys.modules:
        return sys.modules[name]
    gc.disable()
    try:
        return import_module(name)
    finally:
        gc.freeze()
        gc.enable()


if __name__ == "__main__":
    module, *files = sys.argv[1:]
    loaded(module).main(*map(int, files))
