"""Opens object stores with the environment that each cloud's own tools read."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from obstore.store import AzureStore, GCSStore, S3Store

from milepost.artifacts.multipart import S3Multipart
from milepost.artifacts.objects import ObjectRepository

DEFAULT_REGION = "us-east-1"
# A store that does not answer is given up before clients give up on us.
RETRIES: Any = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}


def client_options(endpoint: str | None) -> Any:
    return {
        "allow_http": bool(endpoint) and str(endpoint).startswith("http:"),
        "timeout": timedelta(minutes=10),
        "connect_timeout": timedelta(seconds=5),
    }


def open_s3(bucket: str, prefix: str, staging: Path) -> ObjectRepository:
    """AWS_ACCESS_KEY_ID and the like; AWS_ENDPOINT_URL or MLFLOW_S3_ENDPOINT_URL for others."""
    endpoint = os.environ.get("MLFLOW_S3_ENDPOINT_URL") or os.environ.get("AWS_ENDPOINT_URL")
    region = os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or DEFAULT_REGION
    options: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    store = S3Store(
        bucket,
        prefix=prefix or None,
        region=region,
        client_options=client_options(endpoint),
        retry_config=RETRIES,
        **options,
    )
    return ObjectRepository(
        f"s3://{bucket}/{prefix}".rstrip("/"),
        store,
        staging,
        lambda: S3Multipart(bucket, prefix, endpoint, region),
    )


def open_gcs(bucket: str, prefix: str, staging: Path) -> ObjectRepository:
    """GOOGLE_APPLICATION_CREDENTIALS, or the machine's own account."""
    endpoint = os.environ.get("GOOGLE_BASE_URL")
    store = GCSStore(
        bucket, prefix=prefix or None, client_options=client_options(endpoint), retry_config=RETRIES
    )
    return ObjectRepository(f"gs://{bucket}/{prefix}".rstrip("/"), store, staging)


def open_azure(host: str, prefix: str, staging: Path) -> ObjectRepository:
    """AZURE_STORAGE_CONNECTION_STRING, or AZURE_STORAGE_ACCESS_KEY and the like."""
    container, _, account_host = host.partition("@")
    options: dict[str, Any] = {}
    if account_host:
        options["account_name"] = account_host.partition(".")[0]
    given = connection_string(os.environ.get("AZURE_STORAGE_CONNECTION_STRING", ""))
    for ours, theirs in (
        ("account_name", "AccountName"),
        ("account_key", "AccountKey"),
        ("endpoint", "BlobEndpoint"),
        ("sas_key", "SharedAccessSignature"),
    ):
        if theirs in given:
            options.setdefault(ours, given[theirs])
    access_key = os.environ.get("AZURE_STORAGE_ACCESS_KEY")
    if access_key:
        options.setdefault("account_key", access_key)
    store = AzureStore(
        container,
        prefix=prefix or None,
        client_options=client_options(options.get("endpoint")),
        retry_config=RETRIES,
        **options,
    )
    return ObjectRepository(f"wasbs://{host}/{prefix}".rstrip("/"), store, staging)


def connection_string(text: str) -> dict[str, str]:
    """`AccountName=...;AccountKey=...` as a dictionary; values may hold `=`."""
    pairs = (part.partition("=") for part in text.split(";") if "=" in part)
    return {name.strip(): value for name, _, value in pairs}


OPEN: dict[str, Callable[[str, str, Path], ObjectRepository]] = {
    "s3": open_s3,
    "gs": open_gcs,
    "azure": open_azure,
}
