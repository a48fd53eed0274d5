"""Every error that Milepost raises on purpose.

    MilepostError                    error_code, http_status, message
    ├── InvalidParameterValue        400  the request is wrong, and will stay wrong
    │   └── RefusedInDetail          400  the same, with its text under one more name
    ├── BadRequest                   400  the body cannot be read at all
    ├── InvalidState                 400  right request, wrong moment (the facts say 500, see below)
    ├── DataLoss                     400  the database or its archive is damaged (the facts say 500)
    ├── ResourceAlreadyExists        400
    ├── Unauthenticated              401
    ├── PermissionDenied             403
    ├── ResourceDoesNotExist         404
    ├── EndpointNotFound             404
    ├── MethodNotAllowed             405
    ├── PayloadTooLarge              413
    ├── TooManyRequests              429  come back later: `retry_after_s`
    ├── InternalError                500  our fault
    ├── NotImplementedYet            501  known to the protocol, not built here yet
    │   └── NotImplementedOnPreview  400  the same, where 0.x clients repeat every 5xx
    ├── EndpointDisabled             503  switched off by the operator; the facts' status
    ├── TemporarilyUnavailable       503  come back later: `retry_after_s`
    └── DeadlineExceeded             504  a search that took too long and was stopped

Each class knows its wire code and HTTP status (contract/limits.json, "errors"). Official clients
retry 408, 429, 500, 502, 503 and 504 for minutes, so a fault that will not pass never gets one of
those: where the facts answer 500 for a permanent fault, the code and the text stay and the status
is 400 (docs/compatibility.md).

Nothing here knows HTTP bodies, SQL or the wire; the standard library is all it may import.
"""

from __future__ import annotations

from typing import ClassVar


class MilepostError(Exception):
    """The base: `message` says what is wrong, on what, and where possible what to do."""

    error_code: ClassVar[str] = "INTERNAL_ERROR"
    http_status: ClassVar[int] = 500

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidParameterValue(MilepostError):
    error_code = "INVALID_PARAMETER_VALUE"
    http_status = 400


class RefusedInDetail(InvalidParameterValue):
    """The facts' answer has the text as "detail"; ours has it as well."""


class BadRequest(MilepostError):
    error_code = "BAD_REQUEST"
    http_status = 400


class InvalidState(MilepostError):
    error_code = "INVALID_STATE"
    http_status = 400


class DataLoss(MilepostError):
    error_code = "DATA_LOSS"
    http_status = 400


class ResourceAlreadyExists(MilepostError):
    error_code = "RESOURCE_ALREADY_EXISTS"
    http_status = 400


class Unauthenticated(MilepostError):
    error_code = "UNAUTHENTICATED"
    http_status = 401


class PermissionDenied(MilepostError):
    error_code = "PERMISSION_DENIED"
    http_status = 403


class ResourceDoesNotExist(MilepostError):
    error_code = "RESOURCE_DOES_NOT_EXIST"
    http_status = 404


class EndpointNotFound(MilepostError):
    error_code = "ENDPOINT_NOT_FOUND"
    http_status = 404


class MethodNotAllowed(MilepostError):
    error_code = "BAD_REQUEST"
    http_status = 405


class PayloadTooLarge(MilepostError):
    error_code = "INVALID_PARAMETER_VALUE"
    http_status = 413


class TooManyRequests(MilepostError):
    error_code = "RESOURCE_EXHAUSTED"
    http_status = 429

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class InternalError(MilepostError):
    error_code = "INTERNAL_ERROR"
    http_status = 500


class NotImplementedYet(MilepostError):
    error_code = "NOT_IMPLEMENTED"
    http_status = 501


class NotImplementedOnPreview(NotImplementedYet):
    http_status = 400


class DeadlineExceeded(MilepostError):
    error_code = "DEADLINE_EXCEEDED"
    http_status = 504


class EndpointDisabled(MilepostError):
    error_code = "TEMPORARILY_UNAVAILABLE"
    http_status = 503


class TemporarilyUnavailable(MilepostError):
    error_code = "TEMPORARILY_UNAVAILABLE"
    http_status = 503

    def __init__(self, message: str, retry_after_s: int = 1) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
