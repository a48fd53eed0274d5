"""Facts about this server that clients ask for."""

from __future__ import annotations

from milepost.api.context import Context, Response

# The official version whose wire we speak; 3.x clients compare it with 3.4.
MLFLOW_VERSION = "3.17.2"


async def server_info(context: Context, request: None) -> Response:  # noqa: ARG001
    """What this server can do: workspaces are not built yet, so not offered."""
    places = context.places
    return {
        "store_type": "SqlStore",
        "workspaces_enabled": False,
        "trace_archival_enabled": False,
        "multipart_uploads_enabled": places.serves_proxied and places.proxied.can_multipart,
        "multipart_downloads_enabled": places.serves_proxied and places.proxied.can_sign,
        "presigned_upload_run_id_supported": True,
        "presigned_upload_model_id_supported": True,
        "features_enabled": {"gateway": False},
    }
