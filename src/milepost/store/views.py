"""Views of the page: saved under a name, or sent as a short link. Their state is the page's own."""

from __future__ import annotations

from typing import NamedTuple

from milepost.errors import InvalidParameterValue, ResourceDoesNotExist
from milepost.store.database import Connection, Row
from milepost.store.sql import load
from milepost.store.transaction import Transaction
from milepost.wire.messages import View

VIEWS = load("views")

# Named views of one experiment (or of the whole server).
VIEWS_MAX = 1_000


class NewView(NamedTuple):
    """A view to keep; without a name it is a link, and the same link again changes nothing."""

    id: str
    experiment: int | None
    name: str | None
    state: str
    now: int


def create_view(transaction: Transaction, new: NewView) -> View:
    """Raises `InvalidParameterValue` when there are too many named ones."""
    if new.name is not None:
        count = transaction.execute(VIEWS.VIEWS_COUNT, (new.experiment,)).fetchone()[0]
        if count >= VIEWS_MAX:
            raise InvalidParameterValue(
                f"There are {VIEWS_MAX:,} saved views here already. Delete some first."
            )
    row = (new.id, new.experiment, new.name, new.state, new.now, new.now)
    transaction.execute(VIEWS.VIEW_INSERT, row)
    return view_of(row)


def update_view(
    transaction: Transaction, view_id: str, name: str | None, state: str | None, now: int
) -> View:
    """Changes what is given; raises `ResourceDoesNotExist`. A link cannot be changed."""
    row = transaction.execute(VIEWS.VIEW_UPDATE, (name, state, now, view_id)).fetchone()
    if row is None:
        raise unknown(view_id)
    return view_of(row)


def delete_view(transaction: Transaction, view_id: str) -> None:
    if transaction.execute(VIEWS.VIEW_DELETE, (view_id,)).fetchone() is None:
        raise unknown(view_id)


def get_view(connection: Connection, view_id: str) -> View:
    row = connection.execute(VIEWS.VIEW_SELECT, (view_id,)).fetchone()
    if row is None:
        raise unknown(view_id)
    return view_of(row)


def list_views(connection: Connection, experiment: int | None) -> list[View]:
    """The named views of an experiment, or those of none, by name."""
    rows = connection.execute(VIEWS.VIEWS_SELECT, (experiment, VIEWS_MAX)).fetchall()
    return [view_of(row) for row in rows]


def view_of(row: Row) -> View:
    return View(row[0], None if row[1] is None else str(row[1]), *row[2:])


def unknown(view_id: str) -> ResourceDoesNotExist:
    return ResourceDoesNotExist(f"No view with id={view_id}. It may have been deleted.")
