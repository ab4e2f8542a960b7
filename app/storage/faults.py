"""What can go wrong with stored bytes, in words for whoever runs the machine.

StorageFault
├─ NotThere      nothing is stored under this key
├─ Different     the bytes are not the ones that were announced, or others are stored already
├─ Full          no room: a disk, a quota, a limit on files
├─ Denied        we may not: permissions, credentials, symbolic links
├─ Unreachable   the disk or the network does not do what it should
└─ BadAddress    the URL of the storage makes no sense
"""

import errno

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_DENIED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_LINKED = frozenset({errno.ELOOP, errno.ENOTDIR})


class StorageFault(Exception):
    """The message says what happened and what to do; it holds no credentials."""


class NotThere(StorageFault):
    pass


class Different(StorageFault):
    pass


class Full(StorageFault):
    pass


class Denied(StorageFault):
    pass


class Unreachable(StorageFault):
    pass


class BadAddress(StorageFault):
    pass


def of_system(error: OSError, place: str) -> StorageFault:
    """What an error of the operating system means for what is kept at this place."""
    said = error.strerror or str(error)
    if error.errno in _FULL:
        return Full(f"{place}: {said}. Nothing was stored. Make room there, or raise the quota.")
    if error.errno in _DENIED:
        return Denied(f"{place}: {said}. Let the account that runs this program read and write.")
    if error.errno in _LINKED:
        return Denied(
            f"{place}: there is a symbolic link, or no folder, where a folder should be. "
            "None is followed inside the storage; mount the other disk there instead."
        )
    return Unreachable(f"{place}: {said}. Look at the disk and at the system's log.")
