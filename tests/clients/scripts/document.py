"""The one JSON document that every era's script prints, and nothing else.

A script makes *checks*: what it logged (or must be told) beside what the same client read back.
What no JSON number can carry is spelt out: a float is written by its `repr` behind the word
"float", so that -0.0, NaN, infinities and the last bit survive; ids that differ from run to run
are replaced by names, so that two documents of one script can be compared whole.

Imports on every client from 0.8 to today: it knows no mlflow.
"""

import contextlib
import hashlib
import json
import sys
import traceback

LONGEST_TEXT = 300
LONGEST_LIST = 200
MOST_DIFFERENCES = 8


class Document:
    """Checks by area, in the order they were made."""

    def __init__(self, client_version):
        self.client_version = client_version
        self.areas = {}
        self.names = {}

    def check(self, area, name, expected, read):
        """One fact: what must come back, and what did."""
        checks = self.areas.setdefault(area, {})
        if name in checks:
            raise ValueError(f"The check {area}/{name} is made twice.")
        expected, read = plain(expected), plain(read)
        checks[name] = {"expected": digested(expected), "read": digested(read)}
        if expected != read:
            checks[name]["differs"] = differences(expected, read)[:MOST_DIFFERENCES]

    def refusal(self, area, name, expected, call, whole=True):
        """`call` must be refused with the class, code and text of `expected`.

        With `whole=False` only the beginning of the text is compared: clients add advice of their
        own behind it, or the protocol fixes the beginning alone.
        """
        read = refusal_of(call)
        if not whole and "text" in read:
            read["text"] = read["text"][: len(expected["text"])]
        self.check(area, name, expected, read)

    def call(self, value, name):
        """Write `<name>` wherever the id `value` appears; short ids are left as they are."""
        self.names[str(value)] = f"<{name}>"
        return value

    def run(self, areas):
        """Make every area's checks; an area that breaks is a failed check, not the end."""
        with contextlib.redirect_stdout(sys.stderr):
            for area, make in areas.items():
                try:
                    make(self)
                    trouble = "none"
                except Exception as error:
                    traceback.print_exc()
                    trouble = f"{type(error).__name__}: {error}"[:LONGEST_TEXT]
                self.check(area, "trouble on the way", "none", trouble)

    def print(self):
        """Write the document as one line, ids replaced by names."""
        whole = {"client": self.client_version, "areas": self.areas}
        print(json.dumps(renamed(whole, self.names), ensure_ascii=False))


def refusal_of(call):
    """How `call` failed: class, code and text; or what it answered when it did not."""
    try:
        answer = call()
    except Exception as error:
        code = getattr(error, "error_code", None)
        return {"class": type(error).__name__, "code": code, "text": str(error)}
    return {"class": "not refused", "answer": repr(answer)}


def refused(text, code="INVALID_PARAMETER_VALUE", raised="RestException"):
    """The refusal that today's clients make of an error answer: its code, then its message."""
    return {"class": raised, "code": code, "text": f"{code}: {text}"}


def fields(thing, names):
    """The attributes that `names` lists, as a list."""
    return [getattr(thing, name) for name in names.split()]


def plain(value):
    """`value` as JSON that loses nothing: floats are spelt out."""
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"float {value!r}"
    if isinstance(value, int):
        return int(value)
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"A {type(value).__name__} cannot be written into the document: {value!r}")


def digested(value):
    """A plain value with its long texts, lists and dictionaries cut to digest and ends."""
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        data = value.encode("utf-8", "surrogatepass")
        return {"characters": len(value), "bytes": len(data), **digest(data), "begins": value[:20]}
    if isinstance(value, dict):
        if len(value) > LONGEST_LIST:
            return {"keys": len(value), **digest(json.dumps(value, sort_keys=True).encode())}
        return {key: digested(item) for key, item in value.items()}
    if isinstance(value, list):
        if len(value) > LONGEST_LIST:
            ends = {"first": value[:3], "last": value[-3:]}
            return {"items": len(value), **digest(json.dumps(value).encode()), **ends}
        return [digested(item) for item in value]
    return value


def digest(data):
    return {"sha256": hashlib.sha256(data).hexdigest()}


def differences(expected, read, path=""):
    """Where two plain values differ, as lines of text."""
    if isinstance(expected, dict) and isinstance(read, dict):
        found = []
        for key in {**expected, **read}:
            pair = expected.get(key, "(absent)"), read.get(key, "(absent)")
            found += differences(*pair, f"{path}[{key[:40]!r}]")
        return found
    if isinstance(expected, list) and isinstance(read, list):
        found = []
        if len(expected) != len(read):
            found.append(f"{path}: {len(expected)} items expected, {len(read)} read")
        for number, pair in enumerate(zip(expected, read, strict=False)):
            found += differences(*pair, f"{path}[{number}]")
        return found
    if expected == read and type(expected) is type(read):
        return []
    return [f"{path}: expected {digested(expected)!r}, read {digested(read)!r}"]


def renamed(value, names):
    """`value` with each id in its texts replaced by its name."""
    if isinstance(value, str):
        for text, name in names.items():
            value = value.replace(text, name) if len(text) > 8 else value
        return value
    if isinstance(value, dict):
        return {renamed(key, names): renamed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [renamed(item, names) for item in value]
    return value
