"""Every method is played from start to finish by a driver outside, which knows none: only what is offered."""

import ast
from pathlib import Path
from typing import Any

import pytest

from peergroup.facilitation.library import builtin_keys
from tests.facilitation import driver, player
from tests.facilitation.crowds import a_crowd
from tests.facilitation.driver import Game, is_open, play
from tests.facilitation.people import a_document
from tests.facilitation.watching import Watcher
from tests.world import World

WRITTEN_LATER = ("one_two_four_all", "odd_market", "odd_table")
PEOPLE = {"odd_market": 6, "troika": 5, "kollegiale_beratung": 4, "odd_table": 4, "one_two_four_all": 5}


async def played(world: World, name: str, mode: str = "async") -> tuple[Game, Watcher]:
    group = await a_crowd(world, PEOPLE.get(name, 4))
    document = a_document(name)
    people = [one.person_id for one in (group.moderator, *group.members) if one.person_id is not None]
    watcher = Watcher(world, document, people)
    tokens = [member.token for member in group.members]
    plain = document.model_dump(mode="json")
    game = await play(world.client, plain, group.moderator.token, tokens, mode=mode, watch=watcher)
    return game, watcher


@pytest.mark.parametrize("name", [*builtin_keys(), *WRITTEN_LATER])
async def test_a_method_is_played_to_its_end_by_what_it_offers(world: World, name: str) -> None:
    game, watcher = await played(world, name)
    document = a_document(name)
    assert set(watcher.looks) == {phase.key for phase in document.phases}
    assert watcher.refusals >= len(document.phases)
    rounds = game.seen[0]["rounds"]
    assert [one["phase"]["key"] for one in game.seen] == [phase.key for phase in document.phases] * rounds
    kinds = {kind for phase in document.phases for kind in phase.kinds}
    kinds |= {"volunteer"} if "volunteer" in document.roles.values() else set()
    assert {one["kind"] for one in game.said} == kinds, "every kind of the method was said"
    seen = await game.look(game.members[0])
    assert (seen["phase"], seen["accepts"], seen["marks"], seen["allowed_actions"]) == (None, [], [], [])
    for player_ in (game.moderator, *game.members):
        await _everything_open_is_heard(game, player_, document)


async def _everything_open_is_heard(game: Game, who: player.Player, document: Any) -> None:
    """Once it is over, everybody reads what was said to all; of cards the words are there, and no name."""
    heard = {one["id"]: one for one in await game.heard(who)}
    for one in game.said:
        phase = document.phase(one["phase"])
        if phase.anonymous:
            assert one["id"] not in heard
        elif one["breakout"] is None:
            assert is_open(heard[one["id"]]) or heard[one["id"]]["dropped"]
            assert heard[one["id"]]["author"]
    cards = [one for one in heard.values() if document.phase(one["phase"]).anonymous]
    assert all(one["author"] is None and not one["mine"] for one in cards)


async def test_it_is_played_together_as_well(world: World) -> None:
    game, _ = await played(world, "icebreaker_round", mode="live")
    assert (await game.look(game.moderator))["state"] == "finished"


def test_the_driver_knows_nothing_of_the_service() -> None:
    own = {"tests.facilitation.player", "httpx"}
    for module in (driver, player):
        tree = ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))
        named = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named |= {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
        assert not {name for name in named if name and name.startswith(("peergroup", "tests"))} - own
