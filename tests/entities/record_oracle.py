"""Runs one list of operations on a module of entities and notes what each gives.

    python tests/entities/record_oracle.py OUTPUT.json     # in the environment mlflow-0.8

Run there, it records the released mlflow 0.8.2; imported by the tests, it runs the same operations
on `milepost.entities`. So nothing here may import more than the standard library, and each
operation is an expression over `e` (the module), `parse(message, hex)` and the names of `VALUES`.
"""

from __future__ import annotations

import inspect
import json
import struct
import sys
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

CLASSES = ("Experiment", "FileInfo", "Metric", "Param", "Run", "RunData", "RunInfo", "RunTag")

# What operations are written in. INFO is RunInfo's arguments, in order.
VALUES = """
INFO = ('0123456789abcdef' * 2, 7, 'a name', 4, 'train.py', 'main', 'ada', 1, 1543000000123, None,
        'c0ffee', 'active', '/tmp/artifacts')
BARE = ('u', 0, '', 1, '', None, '', 2, 0, None, None, '')
def info(arguments=INFO, **other):
    names = list(inspect.signature(e.RunInfo).parameters)
    return e.RunInfo(**{**dict(zip(names, arguments)), **other})
def data():
    return e.RunData([e.Metric('loss', 0.5, 1), e.Metric('loss', 0.25, 2), e.Metric('acc', 1, 3)],
                     [e.Param('lr', '0.1')], [e.RunTag('who', 'ada')])
class Small(int):
    pass
"""

TEXTS = ("", "a", "é", "漢字 🎉", "a\0b", "line\nbreak", "quo'te\"s", "\\", "x" * 300, "word " * 40)
NUMBERS = (0.0, -0.0, 1.5, -1e308, 5e-324, float("nan"), float("inf"), float("-inf"), 3, True)
WHOLES = (0, 1, -1, 127, 128, 2**31, 2**53 + 1, 2**63 - 1, -(2**63), True)


def value_operations() -> Iterable[str]:
    """Entities over many values; each is described whole: iteration, repr, wire bytes."""
    for text in TEXTS:
        yield f"e.Metric({text!r}, 1.0, 2)"
        yield f"e.Param({text!r}, {text!r})"
        yield f"e.RunTag({text!r}, 'v')"
        yield f"e.FileInfo({text!r}, False, 3)"
        yield f"e.Experiment(1, {text!r}, {text!r}, {text!r})"
        for name in ("name", "source_name", "entry_point_name", "user_id", "source_version"):
            yield f"info({name}={text!r})"
        yield f"info(BARE, artifact_uri={text!r}, lifecycle_stage={text!r}, run_uuid={text!r})"
    # About here a text becomes too long for one line of `repr`.
    for length in range(66, 84):
        yield f"e.Param('k', ('word ' * 20)[:{length}])"
    for number in NUMBERS:
        yield f"e.Metric('k', {spelled(number)}, 0)"
    for whole in WHOLES:
        yield f"e.Metric('k', 0.5, {whole})"
        yield f"e.FileInfo('p', True, {whole})"
        yield f"e.Experiment({whole}, 'n', 'a', 'active')"
        yield f"info(start_time={whole}, end_time={whole}, experiment_id={whole})"
    for number in (1, 2, 3, 4, 5):
        yield f"info(status={number})"
        yield f"info(source_type={number})"
    yield from (
        "info()",
        "info(BARE)",
        "e.RunInfo(*INFO[:-1])",
        "info(end_time=1543000000456)",
        "e.FileInfo('folder', True, None)",
        "e.FileInfo('folder', 1, -5)",
        "e.Metric('k', Small(3), Small(4))",
        "e.Metric(b'bytes', 1.0, 2)",
        "e.RunData()",
        "data()",
        "e.RunData((), iter([e.Param('a', 'b')]), None)",
        "e.Run(info(), data())",
        "e.Run(info(), e.RunData())",
        "e.Run(info(), None)",
        "e.Run(info(BARE), data())",
        # Values of any type are stored as given and printed.
        "e.RunData([1, 2, 3], 'ab', {'k': 1})",
        "e.Metric('k', {'x': 1, 'y': [1, 2, 3]}, ['aaaa ' * 30, 'bb', 3])",
        "e.Metric('k', {'key%d' % i: 'v' * 9 for i in range(9)}, {3, 1, 2})",
        "e.Metric('k', tuple(range(60)), (1, {2: 3}))",
        "e.Metric('k', [[1, 2, 3], 2, 3], b'by ' * 40)",
        "e.Metric(e.Param('w ' * 60, []), [e.Param('w ' * 60, 1)], 12345678901234567890123)",
    )


def wire_operations() -> Iterable[str]:
    """Entities from bytes: unset fields, unknown fields, unknown enum numbers, both ends."""
    for name in CLASSES:
        yield f"e.{name}.from_proto(parse('{name}', ''))"
        yield f"e.{name}.from_proto(parse('{name}', 'ca3e03616263'))"
    metric = "0a016b11" + struct.pack("<d", 0.5).hex() + "1801"
    yield from (
        f"e.Metric.from_proto(parse('Metric', '{metric}'))",
        f"e.RunData.from_proto(parse('RunData', '0a0e{metric}0a0e{metric}'))",
        "e.RunInfo.from_proto(parse('RunInfo', '20e807'))",
        "e.RunInfo.from_proto(parse('RunInfo', '2005'))",
        "e.RunInfo.from_proto(parse('RunInfo', '3805'))",
        "e.RunInfo.from_proto(parse('RunInfo', '3863'))",
        "e.RunInfo.from_proto(parse('RunInfo', '4800'))",
        "e.RunInfo.from_proto(parse('RunInfo', '5a00620072006a00'))",
        "e.FileInfo.from_proto(e.FileInfo('folder', True, None).to_proto())",
        "e.Experiment.from_proto(e.Experiment(-1, 'n', 'a', 'deleted').to_proto())",
        "e.RunInfo.from_proto(info().to_proto()) == info()",
        "e.RunInfo.from_proto(info(BARE).to_proto())",
        "e.Run.from_proto(e.Run(info(), data()).to_proto())",
        "e.Run.from_proto(e.Run(info(), None).to_proto())",
        "info()._copy_with_overrides()",
        "info(BARE)._copy_with_overrides()",
        "info()._copy_with_overrides(status=3, end_time=9, lifecycle_stage='deleted')",
        "info()._copy_with_overrides(status=0, end_time=0, lifecycle_stage='')",
    )


def dictionary_operations() -> Iterable[str]:
    """Dictionaries, there and back."""
    yield from (
        "dict(e.Metric('k', 1, 2))",
        "dict(data())",
        "dict(e.Run(info(), None))",
        "e.Run(info(), data()).to_dictionary()",
        "e.Run.from_dictionary(e.Run(info(), data()).to_dictionary())",
        "e.Run.from_dictionary(e.Run(info(BARE), e.RunData()).to_dictionary()).to_dictionary()",
        "e.Run.from_dictionary({'info': dict(info()), 'data': {}, 'more': 1})",
        "e.Run.from_dictionary({'info': dict(info()), 'data': {'metrics': [{'a': 1}]}})",
        "e.RunData.from_dictionary({})",
        "e.RunData.from_dictionary({'params': [{'key': 'a'}], 'other': 3})",
        "e.RunInfo.from_dictionary(dict(info())) == info()",
        "e.Metric.from_dictionary({'key': 1, 'value': 2, 'timestamp': 3, 'colour': 4})",
        "e.FileInfo.from_dictionary({'path': 'p', 'is_dir': False, 'file_size': 3})",
        "e.Experiment.from_dictionary(dict(e.Experiment(1, 'n', 'a', 'active')))",
        "e.RunTag.from_dictionary({'key': 'a', 'value': 'b'}) == e.RunTag('a', 'b')",
        "e.RunTag('a', 'b') != e.RunTag('a', 'b')",
        "e.RunTag('a', 'b') == e.Param('a', 'b')",
        "e.RunTag('a', 'b') == 3",
        "info() == info()",
        "info() == info(status=3)",
        "info() == 3",
    )


def enumeration_operations() -> Iterable[str]:
    """Constants and lookups."""
    for name in ("RUNNING", "SCHEDULED", "FINISHED", "FAILED"):
        yield f"e.RunStatus.{name}"
        yield f"e.RunStatus.from_string('{name}')"
    for name in ("NOTEBOOK", "JOB", "PROJECT", "LOCAL", "UNKNOWN"):
        yield f"e.SourceType.{name}"
    for name in ("ACTIVE_ONLY", "DELETED_ONLY", "ALL"):
        yield f"e.ViewType.{name}"
        yield f"e.ViewType.from_string('{name.lower()}')"
        for method in ("to_string", "to_proto", "from_proto"):
            yield f"e.ViewType.{method}(e.ViewType.{name})"
    for number in (1, 2, 3, 4, True):
        yield f"e.RunStatus.to_string({number})"
    for value in (1, 2, 3, 4, 99, "'FINISHED'", "None"):
        yield f"e.RunStatus.is_terminated({value})"
    for owner in ("Experiment", "RunInfo"):
        yield f"e.{owner}.ACTIVE_LIFECYCLE"
        yield f"e.{owner}.DELETED_LIFECYCLE"
    yield "e.Experiment.DEFAULT_EXPERIMENT_ID"


def refusals() -> Iterable[str]:
    """What raises, with the entities' own texts."""
    required = "run_uuid experiment_id name source_type source_name user_id status start_time"
    for name in required.split():
        yield f"info({name}=None)"
    yield "e.RunInfo(*[None] * 13)"
    for name in CLASSES:
        if name != "RunData":
            yield f"e.{name}()"
    for count in range(12):
        yield f"e.RunInfo(*INFO[:{count}])"
    for name in ("Experiment", "FileInfo", "Metric", "Param", "RunInfo", "RunTag"):
        yield f"e.{name}.from_dictionary({{'unknown': 1}})"
    yield from (
        "e.Metric('k', 1)",
        "e.Metric('k', 1, 2, colour=3)",
        "e.Metric.from_dictionary([])",
        "e.Run(None, None)",
        "e.Run(None, data())",
        "e.Run.from_dictionary({})",
        "e.Run.from_dictionary({'info': {}})",
        "e.Run.from_dictionary({'data': {}, 'x': [1, 'é']})",
        "e.Run.from_dictionary({'info': {}, 'data': {}})",
        "e.Run.from_dictionary(None)",
        "e.RunData.from_dictionary(None)",
        "e.Run(info(), None).to_dictionary()",
        "e.RunData(0)",
        "e.RunData([{'key': 'a', 'value': 1.0, 'timestamp': 2}]).to_proto()",
        "e.RunStatus.is_terminated([])",
        "e.RunStatus.from_string('x')",
        "e.RunStatus.from_string('finished')",
        "e.RunStatus.from_string(3)",
        "e.RunStatus.from_string(None)",
        "e.RunStatus.to_string(99)",
        "e.RunStatus.to_string('FINISHED')",
        "e.RunStatus.to_string(None)",
        "e.ViewType.from_string('ALL')",
        "e.ViewType.from_string(None)",
        "e.ViewType.to_string(9)",
        "e.ViewType.to_string('all')",
        "e.ViewType.to_proto(9)",
        "e.ViewType.to_proto(None)",
        "e.ViewType.from_proto(9)",
        "setattr(e.Metric('k', 1, 2), 'value', 3)",
        "setattr(info(), 'status', 3)",
        "delattr(e.Param('k', 'v'), 'key')",
    )


def wire_refusals() -> Iterable[str]:
    """What the protobuf library refuses; each of its versions words that in its own way."""
    for number in (2**63, -(2**63) - 1):
        yield f"e.Metric('k', 1.0, {number}).to_proto()"
        yield f"info(end_time={number}).to_proto()"
        yield f"e.Experiment({number}, 'n', 'a', 'active').to_proto()"
    for name in ("name", "artifact_location", "lifecycle_stage", "experiment_id"):
        given = {"experiment_id": 1, "name": "n", "artifact_location": "a", "lifecycle_stage": "x"}
        yield f"e.Experiment(**{ {**given, name: None} }).to_proto()"
    yield from (
        "e.Metric(None, 1.0, 2).to_proto()",
        "e.Metric('k', None, 2).to_proto()",
        "e.Metric('k', 1.0, None).to_proto()",
        "e.Metric('k', '3', 2).to_proto()",
        "e.Metric('k', 10 ** 400, 2).to_proto()",
        "e.Metric('k', 1.0, 2.0).to_proto()",
        "e.Metric('k', 1.0, '2').to_proto()",
        "e.Metric(1, 1.0, 2).to_proto()",
        "e.Metric('\\ud800', 1.0, 2).to_proto()",
        "e.Metric(b'\\xff', 1.0, 2).to_proto()",
        "e.RunTag('k', None).to_proto()",
        "e.Param('k', 1).to_proto()",
        "e.FileInfo('p', None, 1).to_proto()",
        "info(source_type=5).to_proto()",
        "info(source_type='LOCAL').to_proto()",
        "info(status=99).to_proto()",
        "info(status='no such').to_proto()",
        "info(lifecycle_stage=None).to_proto()",
        "e.RunData([None]).to_proto()",
    )


GROUPS: dict[str, Callable[[], Iterable[str]]] = {
    "values": value_operations,
    "wire": wire_operations,
    "dictionaries": dictionary_operations,
    "enumerations": enumeration_operations,
    "refusals": refusals,
    "wire refusals": wire_refusals,
}


def spelled(number: float) -> str:
    """An expression for `number`; NaN and the infinities have no literal."""
    text = repr(number)
    return f"float({text!r})" if text.lstrip("-") in ("nan", "inf") else text


def described(value: Any, entity: Callable[[Any], bool]) -> Any:
    """`value` as JSON that keeps types and exact floats apart. A subclass is described as its
    base, so that a list that can do more still is a list."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return {"int": str(int(value))}
    if isinstance(value, float):
        return {"float": value.hex()}
    if isinstance(value, list):
        return [described(item, entity) for item in value]
    if isinstance(value, dict):
        return {"dict": [[str(k), described(v, entity)] for k, v in value.items()]}
    if entity(value):
        pairs = [[name, described(item, entity)] for name, item in value]
        return {
            "entity": type(value).__name__,
            "fields": pairs,
            "repr": repr(value),
            "wire": wire_bytes(value),
        }
    return {"other": repr(value)}


def wire_bytes(value: Any) -> str:
    """The hex of the entity's message, or the kind of refusal."""
    try:
        message: bytes = value.to_proto().SerializeToString()
    except Exception as error:
        return f"refused: {builtin_name(error)}"
    return message.hex()


def builtin_name(error: BaseException) -> str:
    """The nearest built-in class of the error; a UnicodeError counts as the ValueError it is."""
    for kind in type(error).__mro__:
        if kind.__module__ == "builtins" and not issubclass(kind, UnicodeError):
            return kind.__name__
    raise AssertionError("every exception has a built-in base")


def signatures(entities: Any) -> dict[str, Any]:
    """Each constructor's parameters: name, kind and default."""
    return {
        name: [
            [parameter.name, parameter.kind.name, repr(parameter.default)]
            for parameter in inspect.signature(getattr(entities, name)).parameters.values()
        ]
        for name in CLASSES
    }


def record(entities: Any, parse: Callable[[str, str], Any]) -> dict[str, Any]:
    """What every operation gives on this module: {"signatures": ..., group: {operation: ...}}."""

    def is_entity(value: Any) -> bool:
        return isinstance(value, tuple(getattr(entities, name) for name in CLASSES))

    scope: dict[str, Any] = {"e": entities, "parse": parse, "inspect": inspect}
    exec(VALUES, scope)
    facts: dict[str, Any] = {"signatures": signatures(entities)}
    for group, operations in GROUPS.items():
        facts[group] = {}
        for operation in operations():
            try:
                outcome = {"gives": described(eval(operation, scope), is_entity)}
            except Exception as error:
                outcome = {"raises": builtin_name(error), "text": str(error)}
            facts[group][operation] = outcome
    return facts


def main() -> None:
    warnings.simplefilter("ignore")
    from mlflow import entities
    from mlflow.protos import service_pb2

    def parse(name: str, text: str) -> Any:
        return getattr(service_pb2, name).FromString(bytes.fromhex(text))

    facts = record(entities, parse)
    Path(sys.argv[1]).write_text(json.dumps(facts, indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
