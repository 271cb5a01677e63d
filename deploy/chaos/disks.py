"""File systems of their own, which go in the end, and what befalls them."""
import fcntl
import itertools
import os
import pathlib
import shutil
import struct
import subprocess

# ioctl_ext4: EXT4_IOC_SHUTDOWN, _IOR('X', 125, __u32): what is not on the medium yet is lost.
_SHUTDOWN = 0x8004587D
FLUSH_THE_JOURNAL = 1
LOSE_THE_JOURNAL = 2


def run(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}: {done.stderr.strip()}")
    return done.stdout


def obstacle(*programs):
    """Why this machine cannot do it; empty where it can."""
    if os.geteuid() != 0:
        return "not root"
    missing = [one for one in programs if not shutil.which(one)]
    if missing:
        return "missing: " + ", ".join(missing)
    probe = pathlib.Path(f"/tmp/chaos{os.getpid()}")
    probe.mkdir()
    try:
        tried = subprocess.run(["mount", "-t", "tmpfs", "chaos", str(probe)], capture_output=True)
        if tried.returncode != 0:
            return "no mounts"
        run("umount", str(probe))
    finally:
        probe.rmdir()
    return ""


class Disk:
    """A file system below a folder."""

    def __init__(self, folder, name):
        self.at = pathlib.Path(folder) / name
        self.at.mkdir()
        self.image = pathlib.Path(folder) / f"{name}.img"
        self.mounts = []

    def tmpfs(self, options):
        self._mount("-t", "tmpfs", "-o", options, "chaos", self.at)
        return self

    def ext4(self, size):
        with open(self.image, "wb") as image:
            image.truncate(size)
        run("mkfs.ext4", "-q", "-F", str(self.image))
        self.mount_again()
        return self

    def mount_again(self):
        self._mount("-o", "loop", self.image, self.at)

    def cut(self, how):
        """The power goes; the file system answers nothing but errors from now on."""
        handle = os.open(self.at, os.O_RDONLY)
        try:
            fcntl.ioctl(handle, _SHUTDOWN, struct.pack("I", how))
        finally:
            os.close(handle)

    def read_only(self, folder):
        """A folder in it refuses every write, until it is released."""
        self._mount("--bind", folder, folder)
        run("mount", "-o", "remount,bind,ro", str(folder))

    def _mount(self, *words):
        run("mount", *map(str, words))
        self.mounts.append(words[-1])

    def release(self):
        """Undoes the last mount."""
        run("umount", str(self.mounts.pop()))

    def close(self):
        while self.mounts:
            mounted = str(self.mounts.pop())
            if subprocess.run(["umount", mounted], capture_output=True).returncode != 0:
                run("umount", "-l", mounted)


def on_disk(*folders):
    """What the files below folders take, in bytes; one that moves from one to the next counts once."""
    taken = {}
    for place, _, files in itertools.chain.from_iterable(map(os.walk, folders)):
        for name in files:
            try:
                file = os.lstat(os.path.join(place, name))
                taken[file.st_ino] = file.st_blocks * 512
            except FileNotFoundError:
                pass
    return sum(taken.values())
