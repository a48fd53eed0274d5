"""The code and contract/ say the same: messages, routes, permissions, handlers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from milepost.api.table import HANDLERS
from milepost.server.routes import PERMISSIONS, Routes, RouteTableError
from milepost.wire import messages
from milepost.wire.endpoints import ENDPOINTS, NOT_BUILT, Endpoint
from milepost.wire.messages import FIELDS

CONTRACT = Path(__file__).resolve().parents[2] / "contract"
FACTS = json.loads((CONTRACT / "endpoints.json").read_text())
OWN = json.loads((CONTRACT / "milepost.json").read_text())
OFFICIAL = {
    message["full_name"]: message
    for message in json.loads((CONTRACT / "messages.json").read_text())["messages"]
}


def built_facts() -> list[dict]:
    return [
        fact
        for fact in FACTS["endpoints"]
        if fact["area"] in OWN["built_areas"] and fact["implemented_in_server"]
    ]


def test_every_endpoint_of_the_built_areas_is_served_at_every_path_of_the_facts() -> None:
    served = {(e.method, path) for e in ENDPOINTS for path in e.paths}
    for fact in built_facts():
        for path in fact["paths"]:
            assert (fact["method"], path) in served


def test_every_legacy_path_is_served_or_known_as_not_built() -> None:
    known = {(e.method, path) for e in ENDPOINTS for path in e.paths} | set(NOT_BUILT)
    for fact in FACTS["legacy_endpoints_0x_1x"]:
        for path in fact["paths"]:
            if "registered-models" not in path:
                assert (fact["method"], path) in known, path


def test_messages_have_the_fields_of_the_contract_in_the_order_of_their_numbers() -> None:
    for full_name, message in OFFICIAL.items():
        name = full_name.removeprefix("mlflow.").replace(".", "")
        if name not in FIELDS or not full_name.startswith("mlflow."):
            continue
        struct = getattr(messages, name)
        fields = message["fields"] + OWN["extension_fields"].get(full_name, [])
        wanted = [field["name"] for field in fields]
        assert list(struct.__struct_fields__) == wanted
        assert list(FIELDS[name]) == wanted


def test_every_rpc_has_a_handler_and_a_permission_and_no_handler_is_left_over() -> None:
    rpcs = {endpoint.rpc for endpoint in ENDPOINTS}
    assert rpcs == set(HANDLERS)
    assert rpcs == set(OWN["permissions"])
    assert {endpoint.permission for endpoint in ENDPOINTS} <= PERMISSIONS


@pytest.mark.parametrize("permission", [None, "", "everyone"])
def test_a_route_without_a_permission_class_stops_the_server_from_starting(
    permission: str | None,
) -> None:
    endpoint = Endpoint("get_run", "GET", ("/x",), "GetRun", {}, permission)
    with pytest.raises(RouteTableError, match="permission class"):
        Routes([endpoint], HANDLERS, [])


def test_a_route_without_a_handler_stops_the_server_from_starting() -> None:
    endpoint = Endpoint("fly_to_the_moon", "GET", ("/x",), "GetRun", {}, "read")
    with pytest.raises(RouteTableError, match="handler"):
        Routes([endpoint], HANDLERS, [])
