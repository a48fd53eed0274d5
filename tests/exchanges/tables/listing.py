"""`experiments/search` and `runs/search` without filter: order, ties, views and pages.

The list of experiments is one scenario on a server of its own: it shows everything there is.
"""

from __future__ import annotations

from tests.exchanges.scenario import (
    DELETE_EXPERIMENT,
    EXPERIMENT,
    Json,
    Scenario,
    Scenarios,
    Step,
    each,
    get,
    post,
    table,
)

# Tokens that no server gave out.
BAD_TOKENS: dict[str, str] = {
    "no base64": "!!!",
    "nothing": "e30=",
    "an offset of 0": "eyJvZmZzZXQiOiAwfQ==",
    "a negative offset": "eyJvZmZzZXQiOiAtMX0=",
    "an offset of text": "eyJvZmZzZXQiOiAiYSJ9",
    "no JSON": "YWJj",
    "a list": "W10=",
    "no UTF-8": "/w==",
    "a wide character": "ü",
}
BAD_SIZES: dict[str, Json] = {
    "0": 0,
    "-1": -1,
    "50000": 50_000,
    "50001": 50_001,
    "2147483648": 2**31,
    "a word": "many",
    "a number as text": "3",
    "a fraction": 1.5,
    "a whole float": 2.0,
    "true": True,
    "null": None,
    "a list": [1],
}
VIEWS: dict[str, Json] = {
    "1": 1,
    "2": 2,
    "3": 3,
    "0": 0,
    "9": 9,
    "a number as text": "3",
    "ALL": "ALL",
    "small letters": "all",
    "an unknown one": "SOME",
    "empty": "",
    "null": None,
    "true": True,
    "a list": ["ALL"],
}


def made(name: str) -> Step:
    return post("experiments/create", {"name": f"{{name}} {name}"}, take={name: "experiment_id"})


def experiments(show: str = "experiments", **body: Json) -> Step:
    body = {"max_results": 100, **body}
    return post(
        "experiments/search",
        {name: value for name, value in body.items() if value is not ...},
        show=show,
        take={"token": "next_page_token"},
    )


def experiments_by_query(**query: Json) -> Step:
    return get("experiments/search", query, show="experiments")


# The default experiment among seven, of which one is deleted, one renamed and one restored.
LISTED = [
    *(made(name) for name in ("one", "two", "three", "four", "five", "six")),
    post("experiments/delete", {"experiment_id": "{two}"}),
    post("experiments/update", {"experiment_id": "{three}", "new_name": "{name} renamed"}),
    post("experiments/delete", {"experiment_id": "{four}"}),
    post("experiments/restore", {"experiment_id": "{four}"}),
    experiments(show="body"),
    experiments(view_type="ACTIVE_ONLY"),
    experiments(view_type="DELETED_ONLY"),
    experiments(view_type="ALL"),
    experiments(max_results=7, view_type="ALL"),
    experiments(max_results=3, view_type="ALL"),
    experiments(max_results=3, view_type="ALL", page_token="{token}"),
    experiments(max_results=3, view_type="ALL", page_token="{token}"),
    experiments(max_results=2),
    experiments(max_results=3, page_token="{token}"),
    experiments(max_results=1, page_token="{token}"),
    experiments(page_token=""),
    experiments_by_query(max_results=3),
    experiments_by_query(max_results="3", view_type="DELETED_ONLY"),
    experiments_by_query(max_results=100, view_type="2"),
    experiments_by_query(max_results=100, view_type="ALL", foo="1"),
    experiments_by_query(view_type="ALL"),
    get("experiments/search"),
    get("/ajax-api/2.0/mlflow/experiments/search", {"max_results": 2}, show="experiments"),
]
EXPERIMENT_FAULTS: dict[str, Step] = {
    "experiments without a size": post("experiments/search", {}),
    **{
        f"experiments by {name}": post(
            "experiments/search", {"max_results": size, "view_type": 2}, show="status"
        )
        for name, size in BAD_SIZES.items()
    },
    **{
        f"experiments in view {name}": post(
            "experiments/search", {"max_results": 1, "view_type": view}, show="status"
        )
        for name, view in VIEWS.items()
    },
    **{
        f"experiments from a token of {name}": post(
            "experiments/search", {"max_results": 1, "page_token": token}, show="status"
        )
        for name, token in BAD_TOKENS.items()
    },
    "experiments from a token that is a number": post(
        "experiments/search", {"max_results": 1, "page_token": 5}
    ),
    "experiments by a bad size from a bad token": post(
        "experiments/search", {"max_results": 0, "page_token": "!!!"}
    ),
}


def run(name: str, start: int | None, **fields: Json) -> Step:
    body = {"experiment_id": "{experiment}", "run_name": name, "start_time": start, **fields}
    kept = {field: value for field, value in body.items() if value is not None}
    return post("runs/create", kept, take={name: "run.info.run_id"})


def runs(show: str = "runs", **body: Json) -> Step:
    body = {"experiment_ids": ["{experiment}"], **body}
    return post(
        "runs/search",
        {name: value for name, value in body.items() if value is not ...},
        show=show,
        take={"token": "next_page_token"},
    )


RUNS = [
    EXPERIMENT,
    run("r3", 30),
    run("r1", 10),
    run("r5", 50),
    run("r0", None),
    run("r4", 40),
    run("r2", -20),
    run("gone", 35),
    post("runs/delete", {"run_id": "{gone}"}),
]
OTHER = [
    post("experiments/create", {"name": "{name} other"}, take={"other": "experiment_id"}),
    run("elsewhere", 45, experiment_id="{other}"),
]
FOUND: dict[str, Step | list[Step]] = {
    "runs": [runs(), runs(show="body")],
    "runs that are active": runs(run_view_type="ACTIVE_ONLY"),
    "runs that are deleted": runs(run_view_type="DELETED_ONLY"),
    "runs of all kinds": runs(run_view_type="ALL"),
    "runs by pages of 2": [
        runs(max_results=2),
        runs(max_results=2, page_token="{token}"),
        runs(max_results=2, page_token="{token}"),
    ],
    "runs by pages of 4": [runs(max_results=4), runs(max_results=4, page_token="{token}")],
    "runs by pages that grow": [
        runs(max_results=1),
        runs(max_results=2, page_token="{token}"),
        runs(max_results=50, page_token="{token}"),
    ],
    "runs by a page that is full": runs(max_results=6),
    "runs of all kinds by pages of 4": [
        runs(max_results=4, run_view_type="ALL"),
        runs(max_results=4, run_view_type="ALL", page_token="{token}"),
    ],
    "runs with an empty token": runs(max_results=2, page_token=""),
    "runs of two experiments": [*OTHER, runs(experiment_ids=["{experiment}", "{other}"])],
    "runs of two experiments, the other first": [
        *OTHER,
        runs(experiment_ids=["{other}", "{experiment}"]),
    ],
    "runs of an experiment twice": runs(experiment_ids=["{experiment}", "{experiment}"]),
    "runs of an unknown experiment": runs(experiment_ids=["999999"]),
    "runs of an unknown and a known one": runs(experiment_ids=["999999", "{experiment}"]),
    "runs of no experiment": runs(experiment_ids=[]),
    "runs without experiments": runs(experiment_ids=...),
    "runs of null": runs(experiment_ids=None),
    "runs of a text": runs(experiment_ids="{experiment}"),
    "runs of a number": runs(experiment_ids=[0]),
    "runs of a null in a list": runs(experiment_ids=[None]),
    "runs of an empty text": runs(experiment_ids=[""]),
    "runs of a deleted experiment": [DELETE_EXPERIMENT, runs(), runs(run_view_type="ALL")],
    "runs by GET": get("runs/search", {"experiment_ids": "{experiment}"}),
    "runs at /ajax-api": post(
        "/ajax-api/2.0/mlflow/runs/search", {"experiment_ids": ["{experiment}"]}, show="runs"
    ),
    "runs with an empty filter": runs(filter="", order_by=[]),
    "runs with a filter that is a number": runs(filter=5),
    "runs with an order that is a text": runs(order_by="a"),
    "runs with an order of numbers": runs(order_by=[5]),
    "runs after their data changed": [
        post("runs/set-tag", {"run_id": "{r1}", "key": "a", "value": "1"}),
        post("runs/log-metric", {"run_id": "{r1}", "key": "m", "value": 2, "timestamp": 3}),
        post("runs/log-parameter", {"run_id": "{r1}", "key": "p", "value": "q"}),
        post("runs/update", {"run_id": "{r1}", "status": "FINISHED", "end_time": 99}),
        runs(show="body", max_results=50),
    ],
    **{f"runs by {name}": runs(max_results=size) for name, size in BAD_SIZES.items()},
    **{f"runs in view {name}": runs(run_view_type=view) for name, view in VIEWS.items()},
    **{
        f"runs from a token of {name}": runs(page_token=token) for name, token in BAD_TOKENS.items()
    },
    "runs from a token that is a number": runs(page_token=5),
    "runs by 0 of a bad experiment": runs(max_results=0, experiment_ids=["abc"]),
    "runs by 50001 from a bad token": runs(max_results=50_001, page_token="!!!"),
    "runs by 0 from a bad token": runs(max_results=0, page_token="!!!"),
    "runs of a bad experiment from a bad token": runs(experiment_ids=["abc"], page_token="!!!"),
}
TIED = Scenario(
    [runs(show="ties"), runs(show="ties", max_results=20), runs(show="ties", run_view_type="ALL")],
    [EXPERIMENT, *(run(f"r{number}", number // 4) for number in range(24))],
)
# The order of keys within a run and an experiment, in each call that answers them.
MESSY = [
    EXPERIMENT,
    run("z", 1, tags=[{"key": "y", "value": "1"}, {"key": "b", "value": "1"}]),
    *(post("runs/set-tag", {"run_id": "{z}", "key": key, "value": "1"}) for key in "xAc"),
    *(post("runs/log-parameter", {"run_id": "{z}", "key": key, "value": "1"}) for key in "xAcb"),
    *(
        post("runs/log-metric", {"run_id": "{z}", "key": key, "value": 1, "timestamp": 1})
        for key in "xAcb"
    ),
    post("runs/set-tag", {"run_id": "{z}", "key": "x", "value": "2"}),
    post("runs/delete-tag", {"run_id": "{z}", "key": "y"}),
    post("runs/set-tag", {"run_id": "{z}", "key": "y", "value": "2"}),
    post("runs/log-metric", {"run_id": "{z}", "key": "x", "value": 1, "timestamp": 2}),
    *(
        post(
            "experiments/set-experiment-tag",
            {"experiment_id": "{experiment}", "key": key, "value": "1"},
        )
        for key in "xAcb"
    ),
    post(
        "experiments/set-experiment-tag",
        {"experiment_id": "{experiment}", "key": "x", "value": "2"},
    ),
]
ORDERED: dict[str, Step | list[Step]] = {
    "the order of keys in runs/get": get("runs/get", {"run_id": "{z}"}, show="order"),
    "the order of keys in runs/search": runs(show="order"),
    "the order of keys in experiments/get": get(
        "experiments/get", {"experiment_id": "{experiment}"}, show="order"
    ),
}
MANY_RUNS = Scenario(
    [runs(show="ends", max_results=1_000), runs(show="ends")],
    [EXPERIMENT, run("first", 1)],
)

SCENARIOS: Scenarios = {
    "experiments": Scenario(LISTED),
    **table(EXPERIMENT_FAULTS),
    **table(FOUND, RUNS),
    "runs that started together": TIED,
    **table(ORDERED, MESSY),
    "runs of an experiment with one": MANY_RUNS,
    **table({"runs of 101 experiments": runs(experiment_ids=each(101, "99#"))}, [EXPERIMENT]),
}
