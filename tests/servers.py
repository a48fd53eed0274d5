"""Starts real Milepost servers as processes, for tests that speak to one over HTTP."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_TIMEOUT_S = 60.0
STOP_TIMEOUT_S = 20.0


class RunningServer:
    """A server process. `url` is its address, `database` its SQLite file."""

    def __init__(self, folder: Path, *flags: str, env: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.database = folder / "milepost.db"
        self.output: list[str] = []
        command = [sys.executable, "-m", "milepost", "server", "--port", "0", *flags]
        if "--backend-store-uri" not in flags:
            command += ["--backend-store-uri", f"sqlite:///{self.database}"]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("MILEPOST_", "MLFLOW_"))}
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={**clean, "PYTHONPATH": str(ROOT / "src"), **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.url = self._wait_for_address()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.output.append(line)
        self.process.stdout.close()

    def _wait_for_address(self) -> str:
        deadline = time.monotonic() + START_TIMEOUT_S
        while time.monotonic() < deadline:
            for line in list(self.output):
                if " listens on " in line:
                    return line.split(" listens on ")[1].strip()
            if self.process.poll() is not None:
                break
            time.sleep(0.02)
        self.kill()
        raise RuntimeError("the server did not start:\n" + "".join(self.output))

    def stop(self) -> int:
        """SIGTERM, as an operator would; returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_TIMEOUT_S)
        finally:
            self.kill()

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is said."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self._reader.join(5)
