"""Workloads of artifacts: one large file, many small ones, a long listing, through the proxy.

Large bodies are streamed from and to memory that holds one piece; what arrives is compared by its
hash, and so is what the server gives back after the measurement.
"""

from __future__ import annotations

import hashlib
import http.client
import json
import random
from collections.abc import Callable, Iterator
from urllib.parse import quote

from benchmarks.data import WrongAnswer, same
from benchmarks.load import Requests, call, fixed, get
from benchmarks.servers import Server
from benchmarks.writing import Plan

PROXY = "/api/2.0/mlflow-artifacts/artifacts"
MEGABYTE = 10**6
PIECE_BYTES = 2**20
SMALL_BYTES = 10_000
CONNECTIONS = 8
LISTED_FILES = 10_000
LISTED_CONNECTIONS = 4
_RANDOM = random.Random(20_180_605)
# Pieces of large files begin at another place of this each time.
_POOL = _RANDOM.randbytes(2 * PIECE_BYTES)


def pieces(size: int, number: int) -> Iterator[bytes]:
    """The bytes of large file `number`."""
    done = 0
    while done < size:
        start = (done // PIECE_BYTES * 7_919 + number) % PIECE_BYTES
        piece = _POOL[start : start + min(PIECE_BYTES, size - done)]
        yield piece
        done += len(piece)


def digest_of(parts: Iterator[bytes]) -> str:
    hasher = hashlib.blake2b()
    for part in parts:
        hasher.update(part)
    return hasher.hexdigest()


def put_head(path: str, size: int) -> bytes:
    return (
        f"PUT {PROXY}/{path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/octet-stream\r\nContent-Length: {size}\r\n\r\n"
    ).encode()


def received(server: Server, path: str) -> Iterator[bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request("GET", f"{PROXY}/{quote(path)}")
    answer = connection.getresponse()
    if answer.status != 200:
        raise WrongAnswer(f"GET {path}: {answer.status} {answer.read()[:200]!r}")
    while part := answer.read(PIECE_BYTES):
        yield part
    connection.close()


def large_up(server: Server, size: int, _shrink: int) -> Plan:
    """One file of `size` MB."""
    total = size * MEGABYTE

    def check() -> None:
        same(digest_of(received(server, "large/up")), digest_of(pieces(total, 1)), "the large file")

    warm = Requests(streaming_put("large/warm", 5 * MEGABYTE, 0))
    return Plan([warm], [Requests(streaming_put("large/up", total, 1))], size, check)


def streaming_put(
    path: str, size: int, number: int
) -> Callable[[bytes | None], bytes | Iterator[bytes] | None]:
    sent = False

    def next_request(_answer: bytes | None) -> bytes | Iterator[bytes] | None:
        nonlocal sent
        if sent:
            return None
        sent = True

        def whole() -> Iterator[bytes]:
            yield put_head(path, size)
            yield from pieces(size, number)

        return whole()

    return next_request


def large_down(server: Server, size: int, _shrink: int) -> Plan:
    """The same file back, hashed as it arrives by a sink that keeps nothing."""
    total = size * MEGABYTE
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    connection.request(
        "PUT", f"{PROXY}/large/down", pieces(total, 2), {"Content-Length": str(total)}
    )
    same(connection.getresponse().status, 200, "the upload before")
    connection.close()
    hasher = hashlib.blake2b()
    request = get(f"{PROXY}/large/down")
    rest = iter([request])
    load = Requests(lambda _answer: next(rest, None), hasher.update)

    def check() -> None:
        same(hasher.hexdigest(), digest_of(pieces(total, 2)), "the large file")

    return Plan([fixed([get(f"{PROXY}?path=large")])], [load], size, check)


def small_bytes(number: int) -> bytes:
    start = number * 613 % PIECE_BYTES
    return _POOL[start : start + SMALL_BYTES]


def put_small(path: str, number: int) -> bytes:
    return put_head(path, SMALL_BYTES) + small_bytes(number)


def small_up(server: Server, size: int, _shrink: int) -> Plan:
    numbers = [range(k, size, CONNECTIONS) for k in range(CONNECTIONS)]
    warm = fixed([put_small(f"small/warm/{n}", n) for n in range(50)])
    load = [fixed([put_small(f"small/up/{n}", n) for n in mine]) for mine in numbers]

    def check() -> None:
        for number in random.Random(size).sample(range(size), min(size, 50)):
            same(b"".join(received(server, f"small/up/{number}")), small_bytes(number), "a file")
        found = call(server.url, "GET", f"{PROXY}?path=small/up")["files"]
        same(len(found), size, "the number of files")

    return Plan([warm], load, size, check)


def small_down(server: Server, size: int, _shrink: int) -> Plan:
    fill(server, "small/down", size)
    numbers = [list(range(k, size, CONNECTIONS)) for k in range(CONNECTIONS)]
    wrong: list[int] = []

    def reading(mine: list[int]) -> Requests:
        place = -1

        def next_request(answer: bytes | None) -> bytes | None:
            nonlocal place
            if answer is not None and answer != small_bytes(mine[place]):
                wrong.append(mine[place])
            place += 1
            return get(f"{PROXY}/small/down/{mine[place]}") if place < len(mine) else None

        return Requests(next_request)

    def check() -> None:
        same(wrong, [], "files that came back wrong")

    warm = fixed([get(f"{PROXY}/small/down/{n}") for n in range(min(size, 50))])
    return Plan([warm], [reading(mine) for mine in numbers], size, check)


def fill(server: Server, folder: str, count: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    for number in range(count):
        connection.request("PUT", f"{PROXY}/{folder}/{number}", small_bytes(number))
        answer = connection.getresponse()
        answer.read()
        same(answer.status, 200, "an upload before")
    connection.close()


def listing(server: Server, size: int, shrink: int) -> Plan:
    """`size` listings of one folder with 10,000 files."""
    count = LISTED_FILES // shrink
    folder = f"listed-{shrink}"
    if (count, shrink) not in server.seeds:
        fill(server, folder, count)
        server.seeds[count, shrink] = [folder]
    answers: list[bytes] = []

    def requests(number: int) -> Requests:
        left = number

        def next_request(answer: bytes | None) -> bytes | None:
            nonlocal left
            if answer is not None and not answers:
                answers.append(answer)
            left -= 1
            return get(f"{PROXY}?path={folder}") if left >= 0 else None

        return Requests(next_request)

    def check() -> None:
        found = json.loads(answers[0])["files"]
        wanted = sorted(str(number) for number in range(count))
        same([one["path"] for one in found], wanted, "the names")
        same({one["file_size"] for one in found}, {SMALL_BYTES}, "the sizes")

    each = max(1, size // LISTED_CONNECTIONS)
    loads = [requests(each) for _ in range(LISTED_CONNECTIONS)]
    return Plan([requests(1)], loads, each * LISTED_CONNECTIONS, check)
