"""Official clients since 1.30 log and fetch artifacts through the proxy, on disk and on S3."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.artifacts.stores import S3Server
from tests.clients.eras import SCRIPTS, TIME_LIMIT, environment_variables
from tests.servers import RunningServer
from tools.environments import python_of

# Over the least size of an S3 part; the client is told to use parts from 5 MiB on.
LARGE_BYTES = 13 * 2**20
ENVIRONMENTS = {
    "1.30": "mlflow-artifacts-1.30",
    "2.22": "mlflow-artifacts-2.22",
    "3.17": "mlflow-artifacts-3.17",
}
PARTS = {
    "MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD": "true",
    "MLFLOW_MULTIPART_UPLOAD_MINIMUM_FILE_SIZE": str(5 * 2**20),
    "MLFLOW_MULTIPART_UPLOAD_CHUNK_SIZE": str(5 * 2**20),
}


@pytest.fixture(scope="module")
def s3(tmp_path_factory: pytest.TempPathFactory):
    server = S3Server(tmp_path_factory.mktemp("s3"))
    yield server
    server.stop()


def checks_of(era: str, url: str, folder: Path) -> dict:
    folder.mkdir()
    shutil.copy(SCRIPTS / "artifacts.py", folder)
    env = {**environment_variables(url, folder), **PARTS, "LARGE_BYTES": str(LARGE_BYTES)}
    done = subprocess.run(
        [str(python_of(ENVIRONMENTS[era])), "artifacts.py"],
        cwd=folder, env=env, capture_output=True, text=True, timeout=TIME_LIMIT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("store", ["disk", "s3"])
@pytest.mark.parametrize("era", ENVIRONMENTS)
def test_an_official_client_gets_back_the_artifacts_that_it_logged(request, tmp_path, era, store):
    flags, env = ["--access-log"], {}
    if store == "s3":
        s3 = request.getfixturevalue("s3")
        flags += ["--artifacts-destination", s3.new_bucket()]
        env = s3.environment
    server = RunningServer(tmp_path, *flags, env=env)
    try:
        checks = checks_of(era, server.url, tmp_path / "client")
    finally:
        server.stop()
    differing = {name: pair for name, pair in checks.items() if pair[0] != pair[1]}
    assert not differing
    assert "large" in checks
    in_parts = any("/mpu/complete/" in line and '"status": 200' in line for line in server.output)
    assert in_parts == (store == "s3" and era != "1.30")
