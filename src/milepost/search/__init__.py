"""Filter and order_by texts: text -> tokens -> typed tree -> (SQL text, parameters).

`parse_filter` and `parse_order_by` read what a client wrote, by the tables of `fields`; `text_of`
writes a tree back; `sql` turns a tree into a condition and its parameters, with the fragments of
a `dialect`. All of it is pure: no connection is opened here, and no clock is read.
"""

from milepost.search.fields import EXPERIMENTS, RUNS, Language
from milepost.search.order import Order, parse_order_by
from milepost.search.parser import parse_filter
from milepost.search.projection import Projection, parse_fields
from milepost.search.tree import Tree, text_of

__all__ = [
    "EXPERIMENTS",
    "RUNS",
    "Language",
    "Order",
    "Projection",
    "Tree",
    "parse_fields",
    "parse_filter",
    "parse_order_by",
    "text_of",
]
