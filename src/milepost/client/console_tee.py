"""A process that copies two pipes to its own stdout and stderr, and their lines into a file.

    python console_tee.py STDOUT_PIPE STDERR_PIPE FILE BYTES_MAX

It is a process and not a thread, because a script that writes while it holds the interpreter's
lock, or that crashes, must neither stop its own output nor lose it. Imports nothing of Milepost.
"""

import os
import select
import signal
import sys

PIECE = 65_536
LINE_BYTES_MAX = 65_536


class Folder:
    """Lines as a terminal shows them in the end: of a progress bar only its last state."""

    def __init__(self) -> None:
        self._line = b""

    def feed(self, data: bytes) -> bytes:
        """The whole lines that there are now; the rest is held."""
        *lines, self._line = (self._line + data).split(b"\n")
        self._line = folded(self._line, is_open=True)
        out = b"".join(folded(line) + b"\n" for line in lines)
        if len(self._line) > LINE_BYTES_MAX:
            out, self._line = out + self._line, b""
        return out

    def end(self) -> bytes:
        """What is held, as a line."""
        held, self._line = folded(self._line), b""
        return held and held + b"\n"


def folded(line: bytes, is_open: bool = False) -> bytes:
    """What stands after the last carriage return; one at the very end moves nothing yet."""
    body = line.rstrip(b"\r")
    last = body[body.rfind(b"\r") + 1 :]
    return last + b"\r" if is_open and len(body) < len(line) else last


class Kept:
    """The file, which gets lines until it is full."""

    def __init__(self, path: str, bytes_max: int) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._room = bytes_max

    def write(self, data: bytes) -> None:
        if not data or self._room <= 0:
            return
        if len(data) > self._room:
            data = data[: self._room] + b"\n[milepost: the console's log ends here; it is full]\n"
        self._room -= len(data)
        copy(data, self._file)


def main(pipes: dict[int, int], path: str, bytes_max: int) -> None:
    """`pipes` (from: to) are read until each has ended; the file gets at most `bytes_max`."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # it ends with the script, when it has all
    kept = Kept(path, bytes_max)
    lines = {pipe: Folder() for pipe in pipes}
    while pipes:
        ready, _, _ = select.select(list(pipes), [], [])
        for pipe in ready:
            piece = os.read(pipe, PIECE)
            if piece:
                copy(piece, pipes[pipe])
                kept.write(lines[pipe].feed(piece))
            else:
                del pipes[pipe]
                kept.write(lines[pipe].end())


def copy(piece: bytes, to: int) -> None:
    """All of it; a terminal or a disk that is gone is no reason to stop the script."""
    try:
        while piece:
            piece = piece[os.write(to, piece) :]
    except OSError:
        return


if __name__ == "__main__":
    main({int(sys.argv[1]): 1, int(sys.argv[2]): 2}, sys.argv[3], int(sys.argv[4]))
