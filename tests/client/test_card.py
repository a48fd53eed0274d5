"""A run in a notebook: a card with what it has now, in which nothing of the run can act."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

import milepost as mlflow
from milepost.client import connections, sender
from tests.servers import RunningServer

HOSTILE = "<script>alert(1)</script><img src=x onerror='alert(2)'>"
TAGS = {"div", "a", "b", "code", "table", "caption", "tr", "td"}


class Elements(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words += data + " "


@pytest.fixture
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    running = RunningServer(tmp_path_factory.mktemp("server"))
    mlflow.set_tracking_uri(running.url)
    yield running
    sender.close_all()
    connections.close_all()
    connections.set_tracking_uri(None)
    running.kill()


def test_a_card_shows_what_was_just_logged_and_escapes_it(own_server: RunningServer) -> None:
    with mlflow.start_run(run_name=HOSTILE) as run:
        mlflow.log_param("note", HOSTILE)
        for number in range(20):
            mlflow.log_metric(f"m{number:02}", number / 3)
        card = Elements(run._repr_html_())
        assert "RUNNING" in card.words
        assert "m00 0 m01 0.333333" in " ".join(card.words.split())
        assert "and 8 more" in card.words
        assert HOSTILE in card.words
        assert card.seen <= TAGS
        assert card.attributes == {"style", "href", "target", "rel", "colspan"}
    assert "FINISHED" in run._repr_html_()
    assert f"{own_server.url}/#/experiments/0/runs/{run.info.run_id}" in run._repr_html_()


def test_without_its_server_a_card_shows_what_is_known_here(own_server: RunningServer) -> None:
    run = mlflow.start_run(run_name="alone")
    own_server.kill()
    assert "alone" in run._repr_html_()
    assert "href" not in run._repr_html_()
