"""Is a path on a network file system? SQLite must not live there: its locks do not hold.

Reads the kernel's mount table where there is one (Linux) and says "no" elsewhere.
"""

from __future__ import annotations

import re
from pathlib import Path

MOUNT_TABLE = Path("/proc/self/mountinfo")
NETWORK_FILESYSTEMS = frozenset(
    [
        "9p",
        "afs",
        "ceph",
        "cifs",
        "fuse.ceph",
        "fuse.glusterfs",
        "fuse.sshfs",
        "glusterfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "smb3",
        "smbfs",
    ]
)


def network_filesystem_of(path: Path) -> str | None:
    """The name of the network file system that holds `path`, or None if it is on none."""
    try:
        table = MOUNT_TABLE.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return None
    filesystem = filesystem_of(path.resolve(), table)
    return filesystem if filesystem in NETWORK_FILESYSTEMS else None


def filesystem_of(path: Path, mount_table: str) -> str | None:
    """The file system type of the deepest mount in `mount_table` (mountinfo text) above `path`."""
    best: tuple[int, str] | None = None
    for line in mount_table.splitlines():
        left, separator, right = line.partition(" - ")
        if not separator:
            continue
        mount_point = Path(unescape(left.split()[4]))
        if path.is_relative_to(mount_point):
            depth = len(mount_point.parts)
            # Of two mounts on one point the later hides the earlier.
            if best is None or depth >= best[0]:
                best = (depth, right.split()[0])
    return best[1] if best else None


def unescape(text: str) -> str:
    """Mount tables write blanks and backslashes in octal."""
    return re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), text)
