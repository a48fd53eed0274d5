"""Keys of metrics, params and tags: which are taken, and the words in which others are refused."""

from __future__ import annotations

from tests.exchanges.scenario import EXPERIMENT, RUN, Json, Scenarios, Step, post, table

KEYS: dict[str, str] = {
    "letters": "abcXYZ",
    "digits": "0123",
    "underscores": "_a_",
    "dashes": "-a-b",
    "points": "a.b.c",
    "a leading point": ".a",
    "a blank": "a b",
    "blanks around": " a ",
    "only a blank": " ",
    "a colon": "a:b",
    "slashes": "a/b/c",
    "three points": "...",
    "a point in a path": "a/.b",
    "wide letters": "schlüssel",
    "Greek": "αβγ",
    "Cyrillic": "потеря",
    "Chinese": "损失",
    "Arabic digits": "a٣",
    "a combining accent": "e\u0301",
    "a fraction": "a½",
    "a superscript": "a²",
    "a Roman numeral": "Ⅷ",
    "a middle dot": "a·b",
    "a line break at the end": "a\n",
    "a line break inside": "a\nb",
    "two line breaks at the end": "a\n\n",
    "a tabulator": "a\tb",
    "a carriage return": "a\r",
    "a wide blank": "a\u00a0b",
    "an emoji": "a\U0001f600",
    "a zero-width joiner": "a\u200db",
    "a question mark": "a?b",
    "an asterisk": "a*b",
    "a per cent sign": "a%b",
    "a hash": "a#b",
    "an at sign": "a@b",
    "a plus": "a+b",
    "an equals sign": "a=b",
    "brackets": "a[0]",
    "round brackets": "a(b)",
    "braces": "a{b}",
    "a comma": "a,b",
    "a semicolon": "a;b",
    "a quote": "a'b",
    "a double quote": 'a"b',
    "a backquote": "a`b",
    "a backslash": "a\\b",
    "a bar": "a|b",
    "less and greater": "a<b>",
    "a tilde": "~a",
    "a dollar sign": "$a",
    "an euro sign": "€",
    "an ampersand": "a&b",
    "an exclamation mark": "a!",
    "a NUL": "a\0b",
    "an escape": "a\x1bb",
    "one point": ".",
    "two points": "..",
    "two points in front": "..a",
    "one slash": "/",
    "a slash in front": "/a",
    "two slashes in front": "//a",
    "three slashes in front": "///a",
    "a slash at the end": "a/",
    "two slashes": "a//b",
    "a point as a step": "a/./b",
    "a point as the last step": "a/.",
    "a point as the first step": "./a",
    "two points as a step": "a/../b",
    "two points as the last step": "a/..",
    "two points as the first step": "../a",
    "only two points as steps": "../..",
    "out and in again": "a/../../a",
}


def everywhere(key: str) -> list[Step]:
    """The key in every call that makes one."""
    point: Json = {"key": key, "value": 1.0, "timestamp": 1}
    return [
        post("runs/log-metric", {"run_id": "{run}", **point}),
        post("runs/log-parameter", {"run_id": "{run}", "key": key, "value": "1"}),
        post("runs/set-tag", {"run_id": "{run}", "key": key, "value": "1"}),
        post("runs/log-batch", {"run_id": "{run}", "metrics": [point]}),
        post("runs/log-batch", {"run_id": "{run}", "params": [{"key": key, "value": "1"}]}),
        post("runs/log-batch", {"run_id": "{run}", "tags": [{"key": key, "value": "2"}]}),
        post(
            "experiments/set-experiment-tag",
            {"experiment_id": "{experiment}", "key": key, "value": "1"},
        ),
        post("runs/delete-tag", {"run_id": "{run}", "key": key}),
    ]


SCENARIOS: Scenarios = table(
    {name: everywhere(key) for name, key in KEYS.items()}, [EXPERIMENT, RUN]
)
