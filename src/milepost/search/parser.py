"""Tokens to a typed tree. A refusal begins with the stock message and shows the place.

The stock language is a list of comparisons with AND between them, before them, behind them, or
left out; every such text keeps its meaning. OR, NOT and brackets come on top.
"""

from __future__ import annotations

import ast
from typing import NoReturn

from milepost.search.faults import fault
from milepost.search.fields import (
    AGGREGATES,
    AT_BEST,
    FLAG,
    NUMBER,
    OPERATORS,
    PARAM,
    SPAN,
    TEXT,
    TIME,
    Entity,
    Language,
)
from milepost.search.moments import Moment, iso_ms
from milepost.search.patterns import NotAPattern, compiled
from milepost.search.tokens import (
    END,
    NAME,
    OPERATOR,
    PUNCTUATION,
    STRING,
    Token,
    tokens_of,
)
from milepost.search.tokens import NUMBER as NUMERAL
from milepost.search.tree import (
    RESERVED,
    Aggregate,
    Among,
    And,
    AtBest,
    Comparison,
    Field,
    Missing,
    Not,
    Or,
    Term,
    Tree,
    Value,
)

DEPTH_MAX = 50
CLAUSES_MAX = 500
LIST_MAX = 5_000
PATTERN_CHARS_MAX = 1_000
LIKE_CHARS_MAX = 10_000
INTEGER_CHARS_MAX = 300
SYMBOLS = ("=", "!=", "<", "<=", ">", ">=")
QUOTES = "`\"'"
SHOWN_CHARS = 200


def parse_filter(text: str | None, language: Language) -> Tree | None:
    """The tree of a filter; None when it holds for everything. Raises `InvalidParameterValue`."""
    if not text:
        return None
    if not text.strip():
        raise fault(f"Invalid filter '{text}'. Could not be parsed.", text, 0,
                    "only blanks stand here; leave the filter out to find everything")  # fmt: skip
    parser = Parser(text, language)
    tree = parser.any_of(depth=0)
    if parser.token.kind != END:
        parser.refuse_clause("AND, OR or the end is expected here")
    return tree


class Parser:
    """One pass over one text; `token` is the next one that nobody has taken yet."""

    def __init__(self, text: str, language: Language) -> None:
        self.text = text
        self.language = language
        self.tokens = tokens_of(text)
        self.at = 0
        self.clauses = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def take(self) -> Token:
        token = self.tokens[self.at]
        self.at += token.kind != END
        return token

    def next_is(self, text: str) -> bool:
        """Whether a bracket, comma or keyword comes now; keywords in any case."""
        token = self.token
        return token.word == text or (token.kind == PUNCTUATION and token.text == text)

    def took(self, text: str) -> bool:
        if self.next_is(text):
            self.at += 1
            return True
        return False

    def refuse(self, stock: str, expected: str, token: Token | None = None) -> NoReturn:
        raise fault(stock, self.text, (token or self.token).place, expected)

    def refuse_clause(self, expected: str, token: Token | None = None) -> NoReturn:
        token = token or self.token
        shown = token.text[:SHOWN_CHARS] or self.text[-SHOWN_CHARS:]
        self.refuse(f"Invalid clause(s) in filter string: '{shown}'", expected, token)

    # --- logic ---------------------------------------------------------------------------------

    def any_of(self, depth: int) -> Tree | None:
        """Parts with OR between them."""
        if depth > DEPTH_MAX:
            self.refuse_clause(f"brackets and NOT nest at most {DEPTH_MAX} deep")
        parts = [self.all_of(depth)]
        while self.took("OR"):
            parts.append(self.all_of(depth))
        if len(parts) == 1:
            return parts[0]
        if None in parts:
            self.refuse_clause("a comparison is missing beside OR")
        return Or(tuple(part for part in parts if part is not None))

    def all_of(self, depth: int) -> Tree | None:
        """Parts with AND between them; ANDs too many, and one left out, are forgiven."""
        parts: list[Tree] = []
        joined = True
        while True:
            if self.took("AND"):
                joined = True
            elif self.next_is("NOT") or self.next_is("("):
                if not joined:
                    self.refuse_clause("AND or OR is expected here")
                parts.append(self.part(depth))
                joined = False
            elif self.token.kind in (NAME, STRING, NUMERAL) and not self.next_is("OR"):
                first = self.token
                parts.append(self.comparison())
                if not joined and isinstance(parts[-1], Missing | Among):
                    # The stock server takes all that stands in front for one long name here.
                    self.refuse_clause("AND is missing in front of this", first)
                joined = False
            else:
                break
        if len(parts) < 2:
            return parts[0] if parts else None
        return And(tuple(parts))

    def part(self, depth: int) -> Tree:
        if depth > DEPTH_MAX:
            self.refuse_clause(f"brackets and NOT nest at most {DEPTH_MAX} deep")
        if self.took("NOT"):
            if self.next_is("NOT") or self.next_is("("):
                return Not(self.part(depth + 1))
            return Not(self.comparison())
        opened = self.take()
        tree = self.any_of(depth + 1)
        if tree is None:
            self.refuse_clause("a comparison is expected here")
        if not self.took(")"):
            self.refuse_clause("AND, OR or the closing bracket of column "
                               f"{opened.place + 1} is expected here")  # fmt: skip
        return tree

    # --- one comparison ------------------------------------------------------------------------

    def comparison(self) -> Tree:
        self.clauses += 1
        if self.clauses > CLAUSES_MAX:
            self.refuse_clause(f"a filter holds at most {CLAUSES_MAX} comparisons")
        term, kind, told = self.term()
        sign = self.token
        operator = self.operator()
        if operator not in OPERATORS[kind]:
            hint = " ".join(OPERATORS[kind])
            if operator == "NOT LIKE":
                hint += "; for the opposite of LIKE write NOT in front of the comparison"
            self.refuse(
                f"Invalid comparator '{operator}' not one of '{{{told_operators(kind)}}}'",
                f"for {told} one of these is expected: {hint}", sign,
            )  # fmt: skip
        if operator in ("IS NULL", "IS NOT NULL"):
            return Missing(term, operator == "IS NOT NULL")
        if operator in ("IN", "NOT IN"):
            values = self.values(kind)
            return Among(term, values, operator == "NOT IN")
        value = self.value(term, kind, told, operator)
        if kind == PARAM and operator in SYMBOLS[2:] and isinstance(value, str):
            self.refuse(
                f"Invalid comparator '{operator}' not one of '{{{told_operators(TEXT)}}}'",
                "params are compared by size only with numbers, written without quotes", sign,
            )  # fmt: skip
        return Comparison(term, operator, value)

    def term(self) -> tuple[Term, str, str]:
        """What is compared, the type of its values, and what messages call it."""
        token = self.take()
        if self.next_is("(") and token.kind == NAME and self.language.has_aggregates:
            return self.function(token)
        field, entity = self.field(token)
        kind = entity.type if entity.keys is None else entity.keys[spelling(token.text)[1]][1]
        return field, kind, entity.name

    def function(self, token: Token) -> tuple[Term, str, str]:
        name = token.text.lower()
        if name not in AGGREGATES + AT_BEST:
            self.refuse(
                f"Invalid comparison clause. Expected 'Identifier' found '{token.text}('",
                f"known functions are {', '.join(AGGREGATES + AT_BEST)}", token,
            )  # fmt: skip
        self.take()
        metrics = [self.metric()]
        if name in AT_BEST:
            if not self.took(","):
                self.refuse_clause(f"{name} takes two metrics: {name}(metrics.loss, metrics.acc)")
            metrics.append(self.metric())
        if not self.took(")"):
            self.refuse_clause("a closing bracket is expected here")
        if name in AT_BEST:
            return AtBest(name, *metrics), NUMBER, name
        return Aggregate(name, metrics[0]), NUMBER, name

    def metric(self) -> str:
        token = self.take()
        if token.kind != NAME:
            self.refuse_clause("a metric is expected here, such as metrics.loss", token)
        field, _ = self.field(token)
        if field.entity != "metric":
            self.refuse_clause("only metrics have a history: write metrics.<name>", token)
        return field.key

    def field(self, token: Token) -> tuple[Field, Entity]:
        is_quoted_name = token.kind == STRING and token.text[0] == '"'
        if token.kind != NAME and not is_quoted_name:
            self.refuse(
                f"Invalid comparison clause. Expected 'Identifier' found '{token.shown}'",
                "what is searched stands on the left, such as metrics.loss or start_time", token,
            )  # fmt: skip
        return field_of(token, self.text, self.language)

    def operator(self) -> str:
        token = self.take()
        if token.kind == OPERATOR and token.text not in "+-":
            return token.text
        word = token.word
        if word in ("LIKE", "ILIKE", "RLIKE", "IN"):
            return word
        if word == "NOT" and self.token.word in ("IN", "LIKE", "ILIKE", "RLIKE"):
            return f"NOT {self.take().word}"
        if word == "IS":
            negated = "NOT " if self.took("NOT") else ""
            if self.took("NULL"):
                return f"IS {negated}NULL"
            self.refuse_clause("NULL or NOT NULL is expected here")
        self.refuse_clause("an operator such as = or LIKE is expected here", token)

    # --- values --------------------------------------------------------------------------------

    def value(self, term: Term, kind: str, told: str, operator: str) -> Value:
        token = self.take()
        value = self.read_value(token, kind)
        if value is None or not accepted(kind, operator, value):
            self.refuse_value(token, term, kind, told)
        limit = PATTERN_CHARS_MAX if operator == "RLIKE" else LIKE_CHARS_MAX
        if operator in ("LIKE", "ILIKE", "RLIKE") and len(str(value)) > limit:
            self.refuse_clause(f"a pattern holds at most {limit:,} characters", token)
        if operator == "RLIKE":
            try:
                compiled(str(value))
            except NotAPattern as error:
                self.refuse_clause(
                    f"not a regular expression as RE2 takes them: {error};"
                    " look-around and backreferences are not among them", token,
                )  # fmt: skip
        return value

    def read_value(self, token: Token, kind: str) -> Value | None:
        """The value that begins with `token`; None when none does."""
        if token.kind == NUMERAL:
            if token.text[-1].isalpha():
                return Moment(span=token.text, is_span=True)
            return number_of(token.text)
        if token.kind == STRING:
            text = token.text[1:-1]
            if kind == TIME:
                return Moment(text) if iso_ms(text) is not None else None
            return text
        if token.word in ("TRUE", "FALSE"):
            return token.word == "TRUE"
        if token.word == "NOW" and self.took("("):
            if not self.took(")"):
                self.refuse_clause("now() takes nothing between its brackets")
            return Moment(span=self.shift())
        return None

    def shift(self) -> str:
        """What stands behind now(): nothing, or `- 7d`."""
        sign = ""
        if self.token.kind == OPERATOR and self.token.text in "+-":
            sign = self.take().text
        elif not self.token.text.startswith("-"):
            return ""
        token = self.take()
        if token.kind != NUMERAL or not token.text[-1].isalpha() or token.text[0] == sign:
            self.refuse_clause("a length of time is expected here, such as 30m, 12h or 7d", token)
        return sign.replace("+", "") + token.text

    def values(self, kind: str) -> tuple[Value, ...]:
        """A list in brackets; strings are read as Python reads them (stock)."""
        if not self.took("("):
            self.refuse_clause("a list in brackets is expected here: ('a', 'b')")
        values: list[Value] = []
        if self.next_is(")"):
            self.refuse(
                "While parsing a list in the query, expected a non-empty list of string values,"
                " but got empty list", "a value is expected here",
            )  # fmt: skip
        while not self.took(")"):
            token = self.take()
            value = self.read_value(token, kind)
            if isinstance(value, str):
                value = listed(token.text)
                while self.token.kind == STRING:
                    value += listed(self.take().text)
            if value is None or not accepted(kind, "IN", value):
                self.refuse(
                    "While parsing a list in the query, expected string value, punctuation, or"
                    f" whitespace, but got different type in list: ({token.shown},)",
                    expectation(kind), token,
                )  # fmt: skip
            values.append(value)
            if len(values) > LIST_MAX:
                self.refuse_clause(f"a list holds at most {LIST_MAX:,} values", token)
            if not self.took(",") and not self.next_is(")"):
                self.refuse_clause("a comma or the closing bracket is expected here")
        if len({type(value) is str for value in values}) > 1:
            self.refuse_clause("numbers and strings do not stand in one list")
        return tuple(values)

    def refuse_value(self, token: Token, term: Term, kind: str, told: str) -> NoReturn:
        shown = token.shown[:SHOWN_CHARS]
        if token.kind == END:
            self.refuse_clause(expectation(kind), token)
        if kind in (TEXT, PARAM):
            stock = (
                f"Expected a quoted string value for {told} (e.g. 'my-value'). Got value {shown}"
            )
            if token.kind == NAME and token.word not in ("NULL",):
                stock = (
                    "Parameter value is either not quoted or unidentified quote types used for"
                    f" string value {shown}. Use either single or double quotes."
                )
        elif isinstance(term, Field) and term.entity == "attribute":
            stock = f"Expected numeric value type for numeric attribute: {term.key}. Found {shown}"
        else:
            stock = f"Expected numeric value type for {told}. Found {shown}"
        self.refuse(stock, expectation(kind), token)


def told_operators(kind: str) -> str:
    return ", ".join(f"'{operator}'" for operator in OPERATORS[kind])


def accepted(kind: str, operator: str, value: Value) -> bool:
    """Whether a value of this sort may be compared so with a term of this type."""
    if kind == FLAG or isinstance(value, bool):
        return kind == FLAG and isinstance(value, bool)
    if operator in ("LIKE", "ILIKE", "RLIKE") or kind == TEXT:
        return isinstance(value, str)
    if kind == TIME:
        return isinstance(value, int | float) or (isinstance(value, Moment) and not value.is_span)
    if kind == SPAN:
        return isinstance(value, int | float) or (isinstance(value, Moment) and value.is_span)
    return isinstance(value, int | float) or (kind == PARAM and isinstance(value, str))


def expectation(kind: str) -> str:
    return {
        NUMBER: "a number is expected here",
        TIME: "a time is expected here: ms since 1970, '2026-11-01', or now() - 7d",
        SPAN: "a length of time is expected here: ms, or such as 90s, 15m, 2h",
        TEXT: "a string in 'quotes' is expected here",
        PARAM: "a string in 'quotes' or a number is expected here",
        FLAG: "true or false is expected here",
    }[kind]


def number_of(text: str) -> int | float:
    """An integer beyond all floats is one of them here: infinite, as for the databases."""
    is_integer = len(text) <= INTEGER_CHARS_MAX and text.lstrip("-").isdigit()
    return int(text) if is_integer else float(text)


def listed(text: str) -> str:
    """A string in a list; one that Python cannot read means what it says."""
    try:
        value = ast.literal_eval(text)
    except (SyntaxError, ValueError):
        return text[1:-1]
    return value if isinstance(value, str) else text[1:-1]


def spelling(text: str) -> tuple[str, str]:
    """(alias of the entity, key) of a name as it was written; the first dot splits."""
    if text[0] == '"':
        return "attribute", text[1:-1]
    if text[0] == "`":
        end = text.index("`", 1)
        if text[end + 1 : end + 2] != ".":
            return "attribute", text.strip("`")
        return text[1:end], trimmed(text[end + 2 :])
    alias, dot, key = text.partition(".")
    return (alias, trimmed(key)) if dot else ("attribute", text)


def trimmed(key: str) -> str:
    """A key without the quotes round the whole of it."""
    if len(key) > 1 and key[0] == key[-1] and key[0] in QUOTES:
        return key[1:-1]
    return key


def field_of(token: Token, text: str, language: Language) -> tuple[Field, Entity]:
    """The field that a name means. Raises for entities and attributes that there are not."""
    alias, key = spelling(token.text)
    entity = language.entity(alias)
    if entity is None:
        known = ", ".join(entity.aliases[-1] for entity in language.entities)
        raise fault(language.unknown_entity.format(alias), text, token.place,
                    f"one of {known} is expected in front of the dot")  # fmt: skip
    if entity.keys is None:
        check_bare(token, text)
        return Field(entity.name, key), entity
    if key not in entity.keys:
        spellings = ", ".join(map(repr, sorted(entity.keys)))
        raise fault(
            language.unknown_key.format(entity.name, key, "{" + spellings + "}"),
            text, token.place, "write metrics., params. or tags. in front of a key that was logged",
        )  # fmt: skip
    return Field(entity.name, entity.keys[key][0]), entity


def check_bare(token: Token, text: str) -> None:
    """Refuse the bare keys that the stock tokeniser takes for something else."""
    if token.text.endswith(".") and any(quote in token.text for quote in QUOTES):
        raise fault(f"Invalid clause(s) in filter string: '{token.text}'", text, token.place,
                    "a name ends in a dot here")  # fmt: skip
    for part in token.text.split(".")[1:]:
        if part[:1] in tuple(QUOTES):
            return
        if part.isdigit() or part.lower() in RESERVED:
            raise fault(
                f"Invalid clause(s) in filter string: '{token.text}'", text, token.place,
                f"a key with the part {part} must stand in backquotes:"
                f" {token.text.partition('.')[0]}.`{token.text.partition('.')[2]}`",
            )  # fmt: skip
