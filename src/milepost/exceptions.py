"""What the client raises, under the names that training code catches.

`MlflowException` is the base. `error_code` is the wire's (contract/limits.json, "errors").
"""

from __future__ import annotations

import json
from typing import Any

HTTP_STATUS = {
    "INTERNAL_ERROR": 500,
    "TEMPORARILY_UNAVAILABLE": 503,
    "DEADLINE_EXCEEDED": 504,
    "REQUEST_LIMIT_EXCEEDED": 429,
    "RESOURCE_EXHAUSTED": 429,
    "NOT_IMPLEMENTED": 501,
    "PERMISSION_DENIED": 403,
    "UNAUTHENTICATED": 401,
    "RESOURCE_DOES_NOT_EXIST": 404,
    "ENDPOINT_NOT_FOUND": 404,
}


class MlflowException(Exception):
    """A call that failed; `message` says why, `error_code` names the kind."""

    def __init__(
        self, message: object, error_code: str | int = "INTERNAL_ERROR", **kwargs: Any
    ) -> None:
        self.message = str(message)
        self.error_code = str(error_code)
        self.json_kwargs = kwargs
        super().__init__(self.message)

    def serialize_as_json(self) -> str:
        body = {"error_code": self.error_code, "message": self.message}
        return json.dumps({**self.json_kwargs, **body})

    def get_http_status_code(self) -> int:
        return HTTP_STATUS.get(self.error_code, 400)

    @classmethod
    def invalid_parameter_value(cls, message: str, **kwargs: Any) -> MlflowException:
        return cls(message, "INVALID_PARAMETER_VALUE", **kwargs)


class RestException(MlflowException):
    """The server's own refusal. `json` is its answer."""

    def __init__(self, body: dict[str, Any], status: int = 400) -> None:
        code = str(body.get("error_code") or "INTERNAL_ERROR")
        super().__init__(f"{code}: {body.get('message') or 'Response: ' + str(body)}", code)
        self.json = body
        self.status = status

    def get_http_status_code(self) -> int:
        return self.status


class Unreachable(MlflowException):
    """The server could not be asked; nothing is known of what became of the request."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "TEMPORARILY_UNAVAILABLE")
