"""From the bytes of a request to its message, by the official server's rules.

Two roads lead to the same message. The fast one is a typed msgspec decoder that takes what every
client sends and nothing else: an unknown field, a string where a number stands in the schema, a
null, or a value outside its bounds makes it give up. The slow one reads plain JSON, applies the
facts' field checks in their order (contract/limits.json, "request_parsing"), forgives what the
official server forgives (numbers as strings, camelCase, enum numbers, a body encoded twice) and
words each refusal as the facts do. So the common case costs microseconds and the rare one is exact.

Whether a well-formed request makes sense (does the run exist, is the key legal) is judged in `api`.
"""

from __future__ import annotations

import gc
import json
import math
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from milepost.errors import BadRequest, InvalidParameterValue
from milepost.wire import messages
from milepost.wire.endpoints import Endpoint
from milepost.wire.messages import ENUMS, FIELDS, Message

INT64 = (-(2**63), 2**63 - 1)
QUERY_FIELDS_MAX = 10_000
# Of one JSON object: unknown fields are ignored, but looked at.
FIELDS_MAX = 10_000
ABSENT: Any = None
SEE_DOCS = "See the API docs for more information about request parameters."

type_names = {
    bool: "bool",
    int: "int",
    float: "float",
    str: "str",
    list: "list",
    dict: "dict",
    type(None): "NoneType",
}


class RequestDecoder:
    """Decodes the requests of one endpoint.

    Raises `InvalidParameterValue` for a field that is missing or wrong and `BadRequest` for a body
    that is no JSON object at all.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        assert endpoint.request is not None
        self.name = endpoint.request
        self.message: type[Message] = getattr(messages, endpoint.request)
        self.checks = endpoint.checks
        self.fields = FIELDS[self.name]
        self.takes_run_uuid = "run_uuid" in self.fields and "run_id" in self.fields
        self._decode = msgspec.json.Decoder(self.message).decode
        self._required = tuple(f for f, rules in self.checks.items() if "required" in rules)
        self._bounded = tuple(
            (field, bounds)
            for field, kind in self.fields.items()
            if (bounds := bounds_of(kind, self.checks.get(field, ()))) is not None
        )

    def json(self, body: bytes) -> Message:
        """The message in a JSON body; an empty body is an empty message."""
        try:
            request: Any = self._decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return self._slowly(body_object(body))
        if self.takes_run_uuid and request.run_id is None:
            request.run_id = request.run_uuid
        for field in self._required:
            value = getattr(request, field)
            if value is None or value == "" or value == []:
                return self._slowly(body_object(body))
        for field, (low, high) in self._bounded:
            value = getattr(request, field)
            if value is not None and not low <= value <= high:
                return self._slowly(body_object(body))
        message: Message = request
        return message

    def query(self, query_string: bytes) -> Message:
        """The message in a query string: fields by name, lists by repeating the name."""
        given: dict[str, Any] = {}
        for name, text in query_fields(query_string):
            # 0.x pages wrote lists with brackets: experiment_ids[]=1.
            name = name.removesuffix("[]")
            kind = self.fields.get(name)
            if kind is None:
                continue  # unknown parameters are ignored, camelCase ones among them
            if kind.startswith("[]"):
                given.setdefault(name, []).append(text)
            else:
                given.setdefault(name, from_query(kind, text))
        return self._slowly(given)

    def _slowly(self, given: dict[str, Any]) -> Message:
        given = {name: value for name, value in given.items() if value is not None}
        if self.takes_run_uuid and "run_uuid" in given:
            given.setdefault("run_id", given["run_uuid"])
        for field, rules in self.checks.items():
            if self.fields[field].startswith("enum"):
                continue  # a name or a number; `convert_enum` judges it
            for rule in rules:
                check_field(self.name, field, rule, given.get(field, ABSENT))
        request = convert_message(self.name, given, "")
        for field, (low, high) in self._bounded:
            value = getattr(request, field)
            if value is not None and not low <= value <= high:
                raise wrong_type(field, value)
        return request


def body_object(body: bytes) -> dict[str, Any]:
    """The JSON object in `body`; an empty body is {}, a string holding JSON is opened once more."""
    if not body.strip():
        return {}
    # Of a million lists the collector would look at each again and again, and free none. A script
    # with a server inside may have switched it off itself.
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        value = msgspec.json.decode(body)
        if isinstance(value, str):  # old clients encode the body twice
            value = msgspec.json.decode(value)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadRequest(f"The request body is not valid JSON: {error}.") from None
    except RecursionError:
        raise BadRequest("The request body is nested too deeply.") from None
    finally:
        if is_collecting:
            gc.enable()
    if not isinstance(value, dict):
        found = type_names[type(value)]
        raise BadRequest(f"The request body must be a JSON object, not a value of type '{found}'.")
    return value


def query_fields(query_string: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            query_string.decode("ascii"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=QUERY_FIELDS_MAX,
        )
    except UnicodeDecodeError:
        raise BadRequest("The query string is not valid percent-encoded UTF-8.") from None
    except ValueError:
        raise BadRequest(
            f"The query string has more than {QUERY_FIELDS_MAX} fields; send fewer."
        ) from None


def from_query(kind: str, text: str) -> Any:
    """A query text as the JSON value that the checks expect."""
    if kind == "bool":
        lowered = text.lower()
        if lowered not in ("true", "false"):
            raise InvalidParameterValue(
                f"Invalid boolean value: {text}, must be 'true' or 'false'."
            )
        return lowered == "true"
    if kind in ("int32", "int64") or kind.startswith("enum"):
        try:
            return int(text)
        except ValueError:
            return text
    return text


# --- the facts' field checks -------------------------------------------------------------------


def missing(field: str) -> InvalidParameterValue:
    return InvalidParameterValue(f"Missing value for required parameter '{field}'. {SEE_DOCS}")


def wrong_type(field: str, value: Any) -> InvalidParameterValue:
    return InvalidParameterValue(
        f"Invalid value {shown(value)} for parameter '{field}' supplied: "
        f" Hint: Value was of type '{type_names.get(type(value), type(value).__name__)}'."
        f" {SEE_DOCS}"
    )


def shown(value: Any, longest: int = 1_000) -> str:
    """`value` as the facts' messages show it: ASCII JSON, cut past what anyone reads."""
    try:
        text = json.dumps(value, separators=(",", ":"), sort_keys=True)
    except RecursionError:
        return "..."
    return text if len(text) <= longest else text[:longest] + "..."


def check_field(request: str, field: str, rule: str, value: Any) -> None:
    """Apply one of the facts' checks to one field; an absent field fails only "required"."""
    if rule == "required":
        if value is ABSENT or value == "":
            raise missing(field)
        return
    if value is ABSENT:
        return
    if (accepts := TYPE_CHECKS.get(rule)) is not None:
        if not accepts(value):
            raise wrong_type(field, value)
    elif items := re.fullmatch(r"at most (\d+) items", rule):
        if len(value) > int(items[1]):
            raise InvalidParameterValue(
                f"{request} request must specify at most {items[1]} {field}."
                f" Received {len(value)} {field}. {SEE_DOCS}"
            )
    elif within := re.fullmatch(r"within (\d+)\.\.(\d+)", rule):
        if not int(within[1]) <= convert_int(value, field) <= int(within[2]):
            raise InvalidParameterValue(
                f"{field} must be between {within[1]} and {within[2]}. {SEE_DOCS}"
            )
    elif rule.startswith("each item needs "):
        for index, item in enumerate(value):
            if not isinstance(item, dict):
                raise wrong_type(f"{field}[{index}]", item)
            for name in rule.removeprefix("each item needs ").split(", "):
                if item.get(name) is None or item[name] == "":
                    raise missing(f"{field}[{index}].{name}")


def is_intlike(value: Any) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"\s*[+-]?\d{1,30}(\.0{0,30})?\s*", value) is not None
    return isinstance(value, int) or (isinstance(value, float) and value.is_integer())


def is_floatlike(value: Any) -> bool:
    if isinstance(value, str):
        try:
            float(value)
        except ValueError:
            return False
        return True
    return isinstance(value, int | float)


TYPE_CHECKS: dict[str, Callable[[Any], bool]] = {
    "string": lambda value: isinstance(value, str),
    "array": lambda value: isinstance(value, list),
    "array of string": lambda value: all(isinstance(item, str) for item in value),
    "intlike": is_intlike,
    "floatlike": is_floatlike,
}


def bounds_of(kind: str, rules: tuple[str, ...]) -> tuple[int, int] | None:
    """The range of an integer field: its type's, narrowed by the facts' checks."""
    if kind not in ("int32", "int64"):
        return None
    low, high = INT64  # the official server takes more than 32 bits for an int32, too
    for rule in rules:
        if within := re.fullmatch(r"within (\d+)\.\.(\d+)", rule):
            low, high = int(within[1]), int(within[2])
        elif at_most := re.fullmatch(r"at most (\d+)", rule):
            high = int(at_most[1])
    return low, high


# --- JSON values to message fields -------------------------------------------------------------


def convert_message(name: str, given: dict[str, Any], path: str) -> Message:
    """The message `name` from a JSON object; unknown fields are ignored, as in the facts."""
    fields = FIELDS[name]
    values: dict[str, Any] = {}
    if len(given) > FIELDS_MAX:
        where = f"'{path.removesuffix('.')}'" if path else "The request"
        raise BadRequest(f"{where} has {len(given):,} fields; at most {FIELDS_MAX:,} are taken.")
    for key, value in given.items():
        field = key if key in fields else camel_to_snake(key)
        if field not in fields or value is None:
            continue
        if field != key and field in given:
            raise InvalidParameterValue(
                f"Request specifies both '{field}' and '{key}'; provide only one of them."
            )
        values[field] = convert(fields[field], value, f"{path}{field}")
    message: Message = getattr(messages, name)(**values)
    return message


def camel_to_snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def convert(kind: str, value: Any, path: str) -> Any:
    """A JSON value as a field of `kind`; refuses with the facts' wrong-type text."""
    if kind.startswith("[]"):
        if not isinstance(value, list):
            raise wrong_type(path, value)
        return [convert(kind[2:], item, f"{path}[{index}]") for index, item in enumerate(value)]
    if kind.startswith("message "):
        if not isinstance(value, dict):
            raise wrong_type(path, value)
        return convert_message(kind.removeprefix("message "), value, f"{path}.")
    if kind.startswith("enum "):
        return convert_enum(ENUMS[kind.removeprefix("enum ")], value, path)
    return SCALARS[kind](value, path)


def convert_enum(numbers: dict[str, int], value: Any, path: str) -> str:
    if isinstance(value, str) and value in numbers:
        return value
    if is_intlike(value):
        for name, number in numbers.items():
            if str(number) == str(value).strip():
                return name
    raise wrong_type(path, value)


def convert_string(value: Any, path: str) -> str:
    if not isinstance(value, str):
        raise wrong_type(path, value)
    return value


def convert_decimal(value: Any, path: str) -> str:
    """An id that was an int64 in 0.x and is a string today."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise wrong_type(path, value)
    return str(value)


def convert_int(value: Any, path: str) -> int:
    if not is_intlike(value) or isinstance(value, bool):
        raise wrong_type(path, value)
    number = int(value.partition(".")[0]) if isinstance(value, str) else int(value)
    if not INT64[0] <= number <= INT64[1]:
        raise wrong_type(path, value)
    return number


def convert_double(value: Any, path: str) -> float:
    if not is_floatlike(value):
        raise wrong_type(path, value)
    try:
        number = float(value)
    except OverflowError:
        raise wrong_type(path, value) from None
    # Only the text "Infinity" means infinity; a number too large for a double does not.
    if math.isinf(number) and not (isinstance(value, str) and "inf" in value.lower()):
        raise wrong_type(path, value)
    return number


def convert_bool(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise wrong_type(path, value)
    return value


SCALARS: dict[str, Callable[[Any, str], Any]] = {
    "string": convert_string,
    "decimal": convert_decimal,
    "int32": convert_int,
    "int64": convert_int,
    "double": convert_double,
    "bool": convert_bool,
    "json": lambda value, _path: value,
}
