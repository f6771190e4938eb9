"""Every example of the guides is carried out, in the order in which a reader would."""

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from peergroup.demo.seeding import seed
from peergroup.facilitation.library import builtin
from peergroup.kit import time
from peergroup.kit.context import House
from peergroup.kit.yaml_text import read_yaml
from tests.guides.shell import Shell, commands_of
from tests.matrix.source import ROOT
from tests.world import World

DOCS = ROOT / "docs"
Reader = Callable[[dict[str, Any]], dict[str, str]]
READERS: dict[str, Reader] = {
    "frontends.md": lambda made: {
        "TOKEN": made["tokens"]["members"][1],
        "OWNER": made["tokens"]["members"][2],
        "THIRD": made["tokens"]["members"][0],
        "LEAD": made["tokens"]["moderator"],
        "DAY": (time.now() + dt.timedelta(days=14)).date().isoformat(),
        "GROUP": made["group_id"],
        "CHALLENGE": made["challenge_id"],
    },
    "moderators.md": lambda made: {
        "TOKEN": made["tokens"]["moderator"],
        "PEERGROUP_TOKEN": made["tokens"]["moderator"],
        "GROUP": made["group_id"],
        "SESSION": made["session_id"],
        "CHALLENGE": made["challenge_id"],
        "MEMBER": made["people"]["members"][2],
        "HERS": made["tokens"]["members"][2],
    },
    "methods.md": lambda made: {
        "TOKEN": made["tokens"]["moderator"],
        "GROUP": made["group_id"],
    },
    "integrators.md": lambda made: {
        "TOKEN": made["tokens"]["integrator"],
        "OWNER": made["tokens"]["admin"],
        "PEERGROUP_TOKEN": made["tokens"]["integrator"],
        "SCIM": made["tokens"]["scim"],
    },
    "operators.md": lambda _: {"PEERGROUP_DATABASE_URL": "postgresql://…", "PEERGROUP_SECRET": "…"},
}
"""What each reader has in hand: `peergroup seed` prints it."""
FOR_BUILDERS = "house.md"
"""Its commands run tests: they are not carried out inside one."""


def documents_of(guide: Path) -> dict[str, str]:
    """Every method that a guide writes down, by its key; a season by that word."""
    text = guide.read_text(encoding="utf-8")
    blocks = re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return {str(read_yaml(block)[0].get("key", "season")): block for block in blocks}


def test_every_guide_with_examples_has_a_reader() -> None:
    guides = {guide.name for guide in DOCS.glob("*.md") if commands_of(guide)}
    assert guides - {FOR_BUILDERS} == set(READERS)


def test_the_tests_that_builders_are_told_to_run_are_there() -> None:
    named = re.findall(r"tests/\S+\.py", "\n".join(commands_of(DOCS / FOR_BUILDERS)))
    assert named
    assert all((ROOT / path).exists() for path in named)


@pytest.mark.parametrize("name", READERS)
async def test_the_examples_do_what_they_say(
    house: House, client: httpx.AsyncClient, name: str, tmp_path: Path
) -> None:
    made = await seed(house, client)
    (tmp_path / "contacts.csv").write_bytes((ROOT / "tests/data/hubspot-contacts.csv").read_bytes())
    commands = commands_of(DOCS / name)
    for key, document in documents_of(DOCS / name).items():
        file = f"{key}.yaml"
        assert any(file in command for command in commands), "every document of a guide is sent"
        # The reader's group is called otherwise.
        written = document.replace("name: Founders North", "name: Seeded Group")
        written = written.replace("ada@example.com]", f"{made['people']['moderator']}]")
        (tmp_path / file).write_text(written, encoding="utf-8")
    shell = Shell(client, READERS[name](made), tmp_path)
    assert commands
    for command in commands:
        await shell.carry_out(command)


async def test_a_newcomer_sets_up_a_season_from_nothing(world: World) -> None:
    """The file of the guide as it stands, by an admin of an organization in which there is nothing else."""
    ada = await world.person("Ada", role="admin", email="ada@example.com", email_folded="ada@example.com")
    season, _ = read_yaml(documents_of(DOCS / "moderators.md")["season"])
    for wanted in ("created", "unchanged"):
        answer = await ada.post("/seasons", season)
        assert answer.status_code == 200, answer.text
        summary = answer.json()["summary"]
        assert sum(summary.values()) == summary[wanted] + (wanted == "created")  # she came with the group
    (group,) = (await ada.get("/groups")).json()["items"]
    assert len((await ada.get(f"/groups/{group['id']}/sessions?limit=50")).json()["items"]) == 3 + 8


def test_the_picture_of_the_readme_has_the_phases_of_the_method() -> None:
    drawn = (
        (ROOT / "README.md")
        .read_text(encoding="utf-8")
        .partition("subgraph session")[2]
        .partition("end\n")[0]
    )
    arrows = drawn.strip().splitlines()[-1]
    assert re.findall(r"(?:^|--> )(\w+)", arrows.strip()) == [
        phase.key for phase in builtin("ten_brains").phases
    ]
