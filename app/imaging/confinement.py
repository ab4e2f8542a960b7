"""What the darkroom's process gives up before it sees a picture."""

import os
import resource
import sys
from contextlib import suppress
from pathlib import Path

import pyvips

NICE = 10
_FILES = 64
_LARGEST_FILE = 256 * 2**20
_LOADERS = ("Jpeg", "Png", "Nsgif", "Webp", "Heif")


def confine(memory: int, *, background: bool) -> None:
    """Lower our priority, and let us have so many bytes more than now, and no other formats.

    Where the system is not Linux, memory is bounded only by the sizes that heads of files promise.
    """
    os.nice(NICE)
    if background:
        _let_all_others_go_before()
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_NOFILE, _FILES)
    _lower(resource.RLIMIT_FSIZE, _LARGEST_FILE)
    if sys.platform == "linux":
        # Not RLIMIT_AS: threads reserve addresses by the gigabyte that they never touch.
        _lower(resource.RLIMIT_DATA, _private_bytes() + memory)
    pyvips.cache_set_max(0)
    pyvips.block_untrusted_set(True)
    pyvips.operation_block_set("VipsForeignLoad", True)
    for loader in _LOADERS:
        pyvips.operation_block_set(f"VipsForeignLoad{loader}", False)


def _let_all_others_go_before() -> None:
    if sys.platform == "linux":
        # A nice process still keeps the processor for some milliseconds that it has got; this kind
        # loses it at once to whoever wants it.
        with suppress(OSError):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))


def _lower(limit: int, most: int) -> None:
    _, hard = resource.getrlimit(limit)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(limit, (most, most))


def _private_bytes() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[5])
    return pages * resource.getpagesize()
