from pathlib import Path

import pytest

from collector_desk.domain.message import Trouble
from collector_desk.store import drives
from collector_desk.store.drives import is_network_mount, is_windows_remote, parse_mac_mount, parse_proc_mounts

PROC = r"""/dev/sda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/sdb1 /home/li/local ext4 rw 0 0
//nas/team /mnt/my\040share cifs rw 0 0
sshfs#host:/ /mnt/ssh fuse.sshfs rw 0 0
broken
"""

MAC = """/dev/disk3s1s1 on / (apfs, sealed, local)
//li@nas/team on /Volumes/team (smbfs, nodev, nosuid)
server:/export on /Volumes/my on (old) disk (nfs)
"""


@pytest.mark.parametrize(
    ("path", "network"),
    [
        ("/var/lib", False),
        ("/home/li", True),
        ("/home/li/local/store", False),
        ("/homework", False),
        ("/mnt/my share/a", True),
        ("/mnt/ssh", True),
    ],
)
def test_linux(path: str, network: bool) -> None:
    assert is_network_mount(path, parse_proc_mounts(PROC)) is network


@pytest.mark.parametrize(
    ("path", "network"),
    [("/Users/li", False), ("/Volumes/team/x", True), ("/Volumes/my on (old) disk/x", True)],
)
def test_mac(path: str, network: bool) -> None:
    assert is_network_mount(path, parse_mac_mount(MAC)) is network


@pytest.mark.parametrize(
    ("path", "network"),
    [
        (r"C:\store", False),
        (r"Z:\store", True),
        ("Z:/store", True),
        (r"\\nas\team\store", True),
        ("//nas/team", True),
        (r"\\?\C:\store", False),
        (r"\\?\Z:\store", True),
        (r"\\?\UNC\nas\team", True),
    ],
)
def test_windows(path: str, network: bool) -> None:
    assert is_windows_remote(path, lambda root: 4 if root == "Z:\\" else 3) is network


def test_a_later_mount_over_an_earlier_one_counts() -> None:
    assert is_network_mount("/a/b", [("/a", "ext4"), ("/a", "nfs")])
    assert not is_network_mount("/a/b", [("/a", "nfs"), ("/a", "ext4")])


def test_a_network_drive_is_refused_with_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drives.refuse_network_drive(tmp_path)
    monkeypatch.setattr(drives, "is_network_drive", lambda _: True)
    with pytest.raises(Trouble) as caught:
        drives.refuse_network_drive(tmp_path)
    assert caught.value.message.code == "store.network_drive"
