"""Real stores for the tests: a folder, and an S3 server of SeaweedFS on loopback."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.session import get_session

from tests.clients.official import free_port

WEED = Path(sys.executable).parent / "weed"
PATIENCE_S = 60
KEY, SECRET = "milepost", "milepost-secret"
IDENTITIES = """{"identities": [{"name": "tests", "actions": ["Admin", "Read", "Write", "List"],
"credentials": [{"accessKey": "milepost", "secretKey": "milepost-secret"}]}]}"""


class S3Server:
    """SeaweedFS as one process; `environment` is what reaches it."""

    def __init__(self, folder: Path) -> None:
        (folder / "data").mkdir()
        (folder / "s3.json").write_text(IDENTITIES)
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        ports = [f"-{name}.port={free_port()}" for name in ("master", "volume", "filer")]
        grpc = [f"-{name}.port.grpc={free_port()}" for name in ("master", "volume", "filer", "s3")]
        self._log = (folder / "log").open("wb")
        self._process = subprocess.Popen(
            [WEED, "server", "-s3", f"-dir={folder}/data", "-ip=127.0.0.1", "-ip.bind=127.0.0.1",
             f"-s3.port={self.port}", f"-s3.config={folder}/s3.json", "-volume.max=30",
             "-master.volumeSizeLimitMB=64",
             "-s3.port.iceberg=0", "-s3.port.lance=0", *ports, *grpc],
            stdout=self._log, stderr=self._log, cwd=folder,
        )  # fmt: skip
        self.environment = {
            "AWS_ACCESS_KEY_ID": KEY,
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "MLFLOW_S3_ENDPOINT_URL": self.url,
            "AWS_DEFAULT_REGION": "us-east-1",
        }
        self._wait(folder / "log")
        self.client = get_session().create_client(
            "s3", endpoint_url=self.url, region_name="us-east-1",
            aws_access_key_id=KEY, aws_secret_access_key=SECRET,
            config=Config(s3={"addressing_style": "path"}),
        )  # fmt: skip
        self._buckets = 0

    def _wait(self, log: Path) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline and self._process.poll() is None:
            try:
                urllib.request.urlopen(self.url, timeout=5).close()
            except urllib.error.HTTPError:
                return  # it answers, if only to say who it does not know
            except OSError:
                time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"SeaweedFS did not start:\n{log.read_text()[-3000:]}")

    def new_bucket(self) -> str:
        """The URI of a prefix in a bucket of its own."""
        self._buckets += 1
        name = f"bucket-{self._buckets}"
        self.client.create_bucket(Bucket=name)
        return f"s3://{name}/some/prefix"

    def unfinished(self, uri: str) -> list[Any]:
        """Multipart uploads that somebody began and nobody ended."""
        bucket = uri.split("/")[2]
        found: list[Any] = self.client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
        return found

    def stop(self) -> None:
        self._process.kill()  # its data go with it, and it takes long to end by itself
        self._process.wait()
        self._log.close()
