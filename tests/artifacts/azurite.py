"""Azurite, the emulator of Azure Blob Storage, from npm; kept in .cache once it is installed."""

from __future__ import annotations

import base64
import fcntl
import hashlib
import hmac
import http.client
import shutil
import socket
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.clients.official import free_port
from tools.environments import ROOT

VERSION = "3.37.0"
HOME = ROOT / ".cache" / f"azurite-{VERSION}"
PROGRAM = HOME / "node_modules" / ".bin" / "azurite-blob"
ACCOUNT = "devstoreaccount1"
# The emulator's own, the same everywhere.
KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
PATIENCE_S = 60


def installed() -> Path | None:
    """The emulator's program, installed now if it is not there; None without npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    HOME.mkdir(parents=True, exist_ok=True)
    with (HOME / "building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not PROGRAM.exists():
            command = [npm, "install", "--prefix", str(HOME), "--no-fund", "--no-audit"]
            done = subprocess.run(
                [*command, f"azurite@{VERSION}"], capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr[-2000:]
    return PROGRAM


class AzureServer:
    """One emulator; `environment` is what reaches it."""

    def __init__(self, program: Path, folder: Path) -> None:
        self.port = free_port()
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [program, "--silent", "--location", str(folder), "--blobPort", str(self.port),
             "--blobHost", "127.0.0.1", "--skipApiVersionCheck", "--disableTelemetry"],
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        endpoint = f"http://127.0.0.1:{self.port}/{ACCOUNT}"
        parts = f"AccountName={ACCOUNT};AccountKey={KEY};BlobEndpoint={endpoint}"
        self.environment = {"AZURE_STORAGE_CONNECTION_STRING": parts}
        self._wait()

    def _wait(self) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 5).close()
            except OSError:
                time.sleep(0.2)
            else:
                return
        self.stop()
        raise RuntimeError("Azurite did not start")

    def new_container(self) -> str:
        """The URI of a prefix in a container."""
        date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
        target = f"/{ACCOUNT}/box?restype=container"
        signed = "PUT" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:2021-08-06\n"
        signed += f"/{ACCOUNT}/{ACCOUNT}/box\nrestype:container"
        digest = hmac.new(base64.b64decode(KEY), signed.encode(), hashlib.sha256).digest()
        signature = base64.b64encode(digest).decode()
        headers = {"x-ms-date": date, "x-ms-version": "2021-08-06", "Content-Length": "0"}
        headers["Authorization"] = f"SharedKey {ACCOUNT}:{signature}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request("PUT", target, headers=headers)
        assert connection.getresponse().status == 201
        connection.close()
        return f"wasbs://box@{ACCOUNT}.blob.core.windows.net/some/prefix"

    def stop(self) -> None:
        self._process.kill()  # its data go with it, and it takes long to end by itself
        self._process.wait()
        self._log.close()
