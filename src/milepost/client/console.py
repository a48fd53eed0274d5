"""What a script writes to its terminal, live as the run's artifact `milepost/console.log`.

`Tee` copies the lines of both streams into a local file beside the terminal, progress bars folded
(`console_tee`); `ConsoleLog` sends what is new there every second: appended on a Milepost server,
uploaded whole at the end to any other. Bounded: what is more than 30 MiB is left out, and told.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from milepost.client import console_tee
from milepost.client.artifacts import NamedFile
from milepost.client.sender import Sender
from milepost.exceptions import MlflowException, RestException, Unreachable

ARTIFACT = "milepost/console.log"
APPEND = "/api/milepost/1.0/artifacts/append"
# A text in a bucket can be appended to up to 32 MiB.
BYTES_MAX = 30 * 2**20
INTERVAL_S = 1.0
PIECE_BYTES = 2**20
TAIL_BYTES = 65_536
END_WAITS_S = 2.0

# The run whose console `milepost run` keeps, in the environment of what it runs.
KEPT_BY_COMMAND = "MILEPOST_CONSOLE_OF_RUN"

Put = Callable[[str, Sequence[NamedFile]], None]


class Tee:
    """The process that copies; `out` and `err` are where a script is to write."""

    def __init__(self, path: Path) -> None:
        out_read, self.out = os.pipe()
        err_read, self.err = os.pipe()
        command = [sys.executable, "-I", "-S", str(Path(console_tee.__file__)),
                   str(out_read), str(err_read), str(path), str(BYTES_MAX)]  # fmt: skip
        try:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, pass_fds=(out_read, err_read)
            )
        finally:
            os.close(out_read)
            os.close(err_read)

    def close(self) -> None:
        """Wait until all is in the file; a child that still holds a stream is not waited for."""
        for pipe in (self.out, self.err):
            os.close(pipe)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(END_WAITS_S)


class ConsoleLog:
    """Sends what comes into a local file to a run, from `start` to `stop`."""

    def __init__(self, sender: Sender, run_id: str, put: Put) -> None:
        self._sender = sender
        self._run_id = run_id
        self._put = put
        # Not a TemporaryDirectory: a forked child that forgets it would remove it.
        self._folder = tempfile.mkdtemp(prefix="milepost-console-")
        self.file = Path(self._folder) / "console.log"
        self.file.touch()
        self._sent = self._base = 0
        self._is_live = False
        self._is_refused = False
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._work, name="milepost-console", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Send the rest. What no server takes now goes as a copy into the spool."""
        self._stopping.set()
        self._thread.join()
        shutil.rmtree(self._folder, ignore_errors=True)

    def tail(self) -> str:
        """The last lines, of at most 64 KiB; asked before `stop`."""
        with self.file.open("rb") as file:
            file.seek(max(0, self._size() - TAIL_BYTES))
            return file.read().decode(errors="replace")

    def _work(self) -> None:
        try:
            while not self._stopping.wait(INTERVAL_S):
                self._send()
            self._send()
            self._send_whole()
        except (MlflowException, OSError) as error:
            sys.stderr.write(f"milepost: The console's log ends here: {error}\n")

    def _size(self) -> int:
        return self.file.stat().st_size

    def _send(self) -> None:
        """Append what is new; while the server is away it stays in the file."""
        if self._is_refused or self._sent == self._size() or not self._begin():
            return
        with self.file.open("rb") as file:
            file.seek(self._sent)
            while piece := file.read(PIECE_BYTES):
                try:
                    self._append(piece)
                except Unreachable:
                    return
                except RestException as error:
                    self._is_refused = error.status < 500
                    return
                self._sent += len(piece)

    def _begin(self) -> bool:
        """Find out, once, where the run's log ends and whether it can be appended to."""
        if not self._is_live and self._sender.transport.is_milepost():
            try:
                self._base = self._stored_size()
            except MlflowException:
                return False
            self._is_live = True
        return self._is_live

    def _stored_size(self) -> int:
        folder, _, _ = ARTIFACT.rpartition("/")
        body = {"run_id": self._run_id, "path": folder}
        answer = self._sender.transport.call("GET", "artifacts/list", body, tries=1)
        sizes = {one["path"]: int(one.get("file_size") or 0) for one in answer.get("files", [])}
        return sizes.get(ARTIFACT, 0)

    def _append(self, piece: bytes) -> None:
        query = urlencode(
            {"run_id": self._run_id, "path": ARTIFACT, "offset": self._base + self._sent},
            quote_via=quote,
        )
        self._sender.transport.send_bytes(f"{APPEND}?{query}", piece)

    def _send_whole(self) -> None:
        """To a server that cannot append, or is away; never over what another process wrote."""
        if self._sent == self._size():
            return
        if self._is_refused or self._base:
            left = self._size() - self._sent
            sys.stderr.write(f"milepost: The last {left:,} bytes of the console were not logged.\n")
        else:
            self._put(self._run_id, [NamedFile(self.file, ARTIFACT)])


def is_ours_to_keep(run_id: str) -> bool:
    """One process a run: not what `milepost run` keeps, not the other ranks of a parallel job."""
    is_first = os.environ.get("RANK", "0") == "0"
    return is_first and os.environ.get(KEPT_BY_COMMAND) != run_id


class CapturedConsole:
    """This process's own streams, from `start` to `stop`."""

    def __init__(self, log: ConsoleLog) -> None:
        self._log = log
        self._saved: tuple[int, int] | None = None

    def start(self) -> None:
        self._tee = Tee(self._log.file)
        self._log.start()
        flush_streams()
        self._saved = (os.dup(1), os.dup(2))
        os.dup2(self._tee.out, 1)
        os.dup2(self._tee.err, 2)
        reconfigure = getattr(sys.stdout, "reconfigure", None)
        if reconfigure is not None:  # a pipe would be written to in blocks
            reconfigure(line_buffering=True)

    def stop(self) -> None:
        if self._saved is None:
            return
        flush_streams()
        for number, saved in enumerate(self._saved, 1):
            os.dup2(saved, number)
            os.close(saved)
        self._saved = None
        self._tee.close()
        self._log.stop()


def flush_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError, AttributeError):
            stream.flush()
