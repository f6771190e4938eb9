"""How tables are built: the tenant first in every key, references down the floors, nothing behind our back."""

import re
import tomllib
from collections.abc import Iterator

import pytest
from sqlalchemy import Index, String, Table, Text, UniqueConstraint

from peergroup import rooms
from peergroup.kit.model import TENANT, Model, is_tenant_table
from tests.matrix.crossing import without_the_first_wall
from tests.matrix.source import ROOT

assert rooms.ROOMS, "importing them makes every table known"

DIRECTORY = {
    "organization": "the tenant itself",
    "directory": "finds what a token or an address belongs to, before the tenant is known",
    "sign_in_request": "belongs to no organization yet",
    "event_counter": "the last number of each organization",
    "job": "due work, claimed before the tenant is known",
    "webhook_line": "where endpoints wait to be served, claimed before the tenant is known",
    "sign_of_life": "which worker was last seen",
}
"""The tables outside of row-level security: ids, hashes and times, never words (but the tenant's own name)."""
TABLES = sorted(Model.metadata.tables.values(), key=lambda table: table.name)
ROOM_OF = {
    mapper.local_table.name: mapper.class_.__module__.split(".")[1] for mapper in Model.registry.mappers
}
EVERY_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def faults(table: Table) -> Iterator[str]:
    """What is wrong with a tenant table's keys."""
    if next(iter(table.primary_key.columns)).name != TENANT:
        yield "its primary key does not begin with the organization"
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and next(iter(constraint.columns)).name != TENANT:
            yield f"{constraint.name} is unique across organizations"
    for index in table.indexes:
        if index.unique and _first(index) != TENANT:
            yield f"{index.name} is unique across organizations"
    for key in table.foreign_key_constraints:
        ours, theirs = [*key.column_keys], [element.column.name for element in key.elements]
        if (ours[0], theirs[0]) != (TENANT, TENANT):
            yield f"{key.name} may point at another organization: declare it with refers()"
        if key.ondelete is not None or key.onupdate is not None:
            yield f"{key.name} changes rows behind our back: ON DELETE {key.ondelete}"
        if not is_tenant_table(key.referred_table):
            yield f"{key.name} points at the directory table {key.referred_table.name}"


def _first(index: Index) -> str:
    return str(next(iter(index.columns)).name)


@EVERY_TABLE
def test_every_table_belongs_to_a_tenant_or_is_named_here(table: Table) -> None:
    if table.name in DIRECTORY:
        assert not is_tenant_table(table)
        assert not table.foreign_key_constraints
        words = [column.name for column in table.columns if isinstance(column.type, Text)]
        wide = [c.name for c in table.columns if isinstance(c.type, String) and (c.type.length or 999) > 120]
        assert table.name == "organization" or not words + wide
    else:
        assert is_tenant_table(table), (
            "begin with TenantOwned or Entity, or be named in DIRECTORY with the reason"
        )
        assert list(faults(table)) == []


def test_a_table_that_breaks_the_rules_is_found() -> None:
    weak = without_the_first_wall().tables["membership"]
    assert any("may point at another organization" in fault for fault in faults(weak))


def _floors() -> dict[str, int]:
    """The number of each room's floor, counted from the ground."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(one["layers"] for one in contracts if one["type"] == "layers")
    return {room: floor for floor, layer in enumerate(reversed(layers)) for room in re.findall(r"\w+", layer)}


@EVERY_TABLE
def test_foreign_keys_point_down_the_floors(table: Table) -> None:
    floors, here = _floors(), ROOM_OF[table.name]
    for key in table.foreign_key_constraints:
        there = ROOM_OF[key.referred_table.name]
        assert here == there or floors[there] < floors[here], f"{table.name} ({here}) points up at {there}"


def test_no_model_has_relationships() -> None:
    assert [m.class_.__name__ for m in Model.registry.mappers if m.relationships] == []
