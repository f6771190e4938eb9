"""The client is light, stands for itself, and gives what it names."""

import ast
import json
import subprocess
import sys

import pytest

from peergroup import client
from tests.matrix.source import ROOT, modules


def loaded_by(script: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\nimport sys, json; print(json.dumps(sorted(sys.modules)))"],
        cwd=ROOT / "src",
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


def test_the_package_alone_loads_nothing() -> None:
    loaded = loaded_by("import peergroup.client")
    assert {name for name in loaded if name.startswith("peergroup.client.")} == set()
    assert not loaded & {"httpx", "asyncio", "ssl", "pydantic"}


def test_a_room_is_loaded_when_it_is_first_used() -> None:
    loaded = loaded_by("from peergroup.client import Peergroup; Peergroup('http://localhost').groups")
    rooms = {name for name in loaded if name.startswith("peergroup.client.rooms.")}
    assert rooms == {"peergroup.client.rooms.groups"}
    assert not loaded & {
        "pydantic",
        "sqlalchemy",
        "fastapi",
        "peergroup.client.inputs",
        "peergroup.client.generating",
    }


def test_it_imports_nothing_but_the_standard_library_and_httpx() -> None:
    allowed = {*sys.stdlib_module_names, "httpx"}
    # The package's own version, which stands in it as a word and loads nothing.
    theirs = {"peergroup.__version__"}
    found = [
        f"{module.name}: {name}"
        for module in modules()
        if module.room == "client"
        for name in module.imports()
        if not name.startswith("peergroup.client")
        and name not in theirs
        and name.partition(".")[0] not in allowed
    ]
    assert found == []


def test_only_commands_use_it() -> None:
    users = {
        module.room
        for module in modules()
        for name in module.imports()
        if name.startswith("peergroup.client")
    }
    assert users <= {"client", "cli"}


@pytest.mark.parametrize("name", sorted(client._HOME_OF))
def test_what_the_package_names_is_there(name: str) -> None:
    assert getattr(client, name).__name__ == name if name != "ABSENT" else client.ABSENT is not None
    assert name in dir(client)


def test_type_checkers_see_the_same_names() -> None:
    (source,) = [module for module in modules() if module.name == "client/__init__.py"]
    seen = {
        alias.asname
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert seen - {None} == set(client._HOME_OF)
    with pytest.raises(AttributeError, match="no attribute 'Peergruop'"):
        _ = client.Peergruop
