"""Making a file that takes another's place like it: mode, owner, extended attributes, access lists, birth time.

- Linux: extended attributes as they are, POSIX access lists among them (`system.posix_acl_access`). No call there
  sets the time of birth.
- macOS: attributes and access lists by the system's own `fcopyfile`, for Python has no call for them there. There,
  and on FreeBSD, a time of change before the time of birth becomes the time of birth (so libarchive sets it, too).
- Windows: what the folder hands down to a new file. `ReplaceFileW`, which would keep access lists and the time of
  birth, can leave a file without its name when it fails: that is a worse trade.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from contextlib import suppress

_UNABLE = {errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""What a disk says that knows no such attribute, and a system where this user may not set it."""


def make_alike(new: int, old: int) -> None:
    """Effect: changes the open file `new`, written and closed to others, to be like the open file `old`.

    Owner and labels of the system are kept where it lets this user do so. Raises OSError where a mode, an
    attribute of the user's or an access list can't be kept.
    """
    status = os.fstat(old)
    _keep_owner(new, status)
    if sys.platform == "darwin":
        _copy_attributes_of_macos(new, old)
    elif hasattr(os, "listxattr"):
        _copy_attributes(new, old)
    if hasattr(os, "fchmod"):
        os.fchmod(new, stat.S_IMODE(status.st_mode))  # behind the access list, whose mask is part of the mode
    _keep_birth(new, status)


def _keep_owner(new: int, status: os.stat_result) -> None:
    if hasattr(os, "fchown") and (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        with suppress(PermissionError):
            os.fchown(new, status.st_uid, status.st_gid)


def _copy_attributes(new: int, old: int) -> None:
    if sys.platform != "linux":  # where Python has these calls; and how mypy knows
        return
    try:
        names = os.listxattr(old)
    except OSError as error:
        if error.errno in _UNABLE:
            return
        raise
    for name in names:
        try:
            os.setxattr(new, name, os.getxattr(old, name))
        except OSError as error:
            if error.errno not in _UNABLE or name.startswith("user."):
                raise


def _copy_attributes_of_macos(new: int, old: int) -> None:
    import ctypes

    acl, xattr = 1 << 0, 1 << 2  # COPYFILE_ACL, COPYFILE_XATTR
    library = ctypes.CDLL(None, use_errno=True)
    if library.fcopyfile(old, new, None, ctypes.c_uint32(acl | xattr)) < 0:
        number = ctypes.get_errno()
        if number not in _UNABLE:
            raise OSError(number, os.strerror(number))


def _keep_birth(new: int, status: os.stat_result) -> None:
    born = getattr(status, "st_birthtime", None)
    if born is None or os.utime not in os.supports_fd:
        return
    changed = os.fstat(new).st_mtime_ns
    with suppress(OSError):
        os.utime(new, (born, born))
        os.utime(new, ns=(changed, changed))
