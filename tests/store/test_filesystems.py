"""Which file system holds a path, from texts of the kernel's mount table."""

from __future__ import annotations

from pathlib import Path

import pytest

from milepost.errors import MilepostError
from milepost.store import StoreUnusable, filesystems, open_store
from milepost.store.filesystems import filesystem_of, unescape

ROOT = "23 1 254:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw\n"
HOME_NFS = "60 23 0:51 / /home rw,relatime shared:9 - nfs4 nas:/home rw,vers=4.2\n"
HOME_LOCAL = "70 60 8:1 / /home/ada/fast rw - xfs /dev/sda1 rw\n"
BLANK = "80 23 0:60 / /mnt/my\\040share\\134x rw - cifs //nas/share rw\n"
NO_TAGS = "90 23 0:61 / /data rw - 9p host rw\n"
OVER = "99 60 0:70 / /home rw shared:9 - tmpfs tmpfs rw\n"
FUSE = "95 23 0:62 / /ssh rw,nosuid - fuse.sshfs ada@host: rw\n"

CASES = [
    ("/var/lib/milepost.db", ROOT, "ext4"),
    ("/home/ada/milepost.db", ROOT + HOME_NFS, "nfs4"),
    ("/home", ROOT + HOME_NFS, "nfs4"),
    ("/homes/x", ROOT + HOME_NFS, "ext4"),
    ("/home/ada/fast/x.db", ROOT + HOME_NFS + HOME_LOCAL, "xfs"),
    ("/home/ada/fast/x.db", HOME_LOCAL + HOME_NFS + ROOT, "xfs"),
    ("/home/ada/faster/x.db", ROOT + HOME_NFS + HOME_LOCAL, "nfs4"),
    ("/mnt/my share\\x/a.db", ROOT + BLANK, "cifs"),
    ("/data/a.db", ROOT + NO_TAGS, "9p"),
    ("/ssh/a.db", ROOT + FUSE, "fuse.sshfs"),
    ("/home/a.db", ROOT + HOME_NFS + OVER, "tmpfs"),
    ("/a.db", "", None),
    ("/a.db", "no table at all\n\n", None),
    ("/a.db", HOME_NFS, None),
]


@pytest.mark.parametrize(("path", "table", "expected"), CASES)
def test_the_deepest_mount_above_a_path_is_its_file_system(
    path: str, table: str, expected: str | None
) -> None:
    assert filesystem_of(Path(path), table) == expected


def test_octal_escapes_are_read() -> None:
    assert unescape("a\\040b\\011c\\134d") == "a b\tc\\d"
    assert unescape("plain\\99") == "plain\\99"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "9p", "fuse.sshfs", "lustre"])
def test_a_database_on_a_network_file_system_is_refused_with_the_next_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    table = tmp_path / "mountinfo"
    mount = str(tmp_path).replace(" ", "\\040")
    table.write_text(ROOT + f"60 23 0:51 / {mount} rw - {kind} nas:/x rw\n")
    monkeypatch.setattr(filesystems, "MOUNT_TABLE", table)
    with pytest.raises(StoreUnusable) as refusal:
        open_store(f"sqlite:///{tmp_path}/deep/er/milepost.db", "root", 0)
    text = str(refusal.value)
    assert f"({kind})" in text
    assert "--backend-store-uri sqlite:////local/path.db" in text
    assert not (tmp_path / "deep").exists()
    assert not isinstance(refusal.value, MilepostError)


def test_a_link_is_followed_to_the_file_system_that_it_leads_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nas").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "nas")
    table = tmp_path / "mountinfo"
    table.write_text(ROOT + f"60 23 0:51 / {tmp_path}/nas rw - nfs nas:/x rw\n")
    monkeypatch.setattr(filesystems, "MOUNT_TABLE", table)
    with pytest.raises(StoreUnusable, match="network file system"):
        open_store(f"sqlite:///{tmp_path}/link/milepost.db", "root", 0)


def test_without_a_mount_table_every_path_counts_as_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filesystems, "MOUNT_TABLE", tmp_path / "none")
    open_store(f"sqlite:///{tmp_path}/milepost.db", "root", 0).close()
