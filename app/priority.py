"""How much of the processors this process gets when others want them, too."""

import os
from contextlib import suppress
from pathlib import Path


def lower(nice: int) -> None:
    """Let others go before: from 1, a little, to 19, always. For the leader of a session."""
    os.nice(nice)
    # Linux weighs sessions before processes: as one of its own we would get as much as the server.
    with suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(nice))
