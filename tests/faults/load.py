"""Clients that log batches for as long as they are let, and remember what was acknowledged.

A batch can be told from every other one: its number is in every step, param and tag of it, so that
afterwards each batch is found to be wholly there, wholly missing, or, which must never be, torn.
"""

from __future__ import annotations

import http.client
import threading
from typing import Any

from tests.server.client import Client

NOW = 1_700_000_000_000
KEYS = ("loss", "acc", "lr")
POINTS_A_KEY = 4
# Answers after which an official client sends the same batch again.
RETRIED = (429, 503)


def batch_of(number: int) -> dict[str, Any]:
    """A log-batch body without its run: twelve points, a param, a tag."""
    points = [
        {"key": key, "value": value_of(number, place), "timestamp": NOW + number, "step": step}
        for key in KEYS
        for place, step in enumerate(steps_of(number))
    ]
    own = {"key": f"b{number}", "value": str(number)}
    return {"metrics": points, "params": [own], "tags": [own]}


def steps_of(number: int) -> range:
    return range(number * POINTS_A_KEY, (number + 1) * POINTS_A_KEY)


def value_of(number: int, place: int) -> float:
    return float(number % 1_000 + place)


class Worker(threading.Thread):
    """Logs the batches `first`, `first + stride`, ... until it is stopped or the server dies."""

    def __init__(self, url: str, run_id: str, first: int, stride: int) -> None:
        super().__init__(daemon=True)
        self.url, self.run_id = url, run_id
        self.first, self.stride = first, stride
        self.sent: list[int] = []
        self.acknowledged: list[int] = []
        self.refusals: list[Any] = []
        self.stopping = threading.Event()
        self.start()

    def run(self) -> None:
        client = Client(self.url)
        number = self.first
        while not self.stopping.is_set():
            self.sent.append(number)
            try:
                answer = client.post("runs/log-batch", run_id=self.run_id, **batch_of(number))
            except (OSError, http.client.HTTPException):
                break  # the server is gone: nobody knows what became of this batch
            if answer.status == 200:
                self.acknowledged.append(number)
            elif answer.status not in RETRIED:
                self.refusals.append(answer)
            number += self.stride
        client.close()

    def stop(self) -> None:
        self.stopping.set()
        self.join(120)
        assert not self.is_alive(), "a client hangs"


class Load:
    """Several workers on one run."""

    def __init__(self, urls: list[str], run_id: str, first: int = 0) -> None:
        self.workers = [
            Worker(url, run_id, first + place, len(urls)) for place, url in enumerate(urls)
        ]

    def stop(self) -> None:
        """Stop all, and fail if any batch was refused for good."""
        for worker in self.workers:
            worker.stop()
        refusals = [answer for worker in self.workers for answer in worker.refusals]
        assert not refusals, refusals[:3]

    @property
    def sent(self) -> set[int]:
        return {number for worker in self.workers for number in worker.sent}

    @property
    def acknowledged(self) -> set[int]:
        return {number for worker in self.workers for number in worker.acknowledged}


def check(client: Client, run_id: str, sent: set[int], acknowledged: set[int]) -> set[int]:
    """Every acknowledged batch is there once and whole, no other in part. Gives what is there."""
    params, tags, latest = client.data(run_id)
    found = {int(key[1:]) for key in params}
    assert acknowledged <= found, f"lost: {sorted(acknowledged - found)[:10]}"
    assert found <= sent
    assert params == {f"b{number}": str(number) for number in found}
    assert {key: value for key, value in tags.items() if key in params} == params
    assert {key for key in tags if key[0] == "b" and key[1:].isdigit()} == set(params)
    expected = sorted(
        (step, NOW + number, value_of(number, place))
        for number in found
        for place, step in enumerate(steps_of(number))
    )
    aggregates = client.aggregates(run_id)
    for key in KEYS:
        points = client.history(run_id, key)
        assert len(points) == len(set(points)), f"{key} holds points twice"
        assert sorted(points) == expected, f"{key}: torn batches"
        if expected:
            check_aggregates(aggregates[key], latest[key], expected)
    return found


def check_aggregates(found: Any, latest: float, expected: list[tuple[int, int, float]]) -> None:
    values = [value for _, _, value in expected]
    assert found["count"] == len(expected)
    assert found["sum"] == sum(values)
    assert (found["min"]["value"], found["max"]["value"]) == (min(values), max(values))
    last, first = max(expected), min(expected)
    assert (found["last"]["step"], found["last"]["value"]) == (last[0], last[2])
    assert (found["first"]["step"], found["first"]["value"]) == (first[0], first[2])
    assert latest == last[2]
