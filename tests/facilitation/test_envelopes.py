"""Sealed words: stored so that bytes which a database forgets to forget say nothing, and tell no lengths apart."""

import secrets

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import text

from peergroup.facilitation.envelopes import seal, seal_once, unseal, unseal_once
from tests.facilitation.factories import a_method, a_run
from tests.world import World

KEY, OTHER = secrets.token_bytes(32), secrets.token_bytes(32)
CARD = "0190b8a4-7c1e-4d53-9f1a-2b6c8d0e4f6a"


@pytest.mark.parametrize("words", ["", "Yes.", "Ünïcödé ✂ " * 40, "x" * 1_020, "x" * 1_021, "é" * 10_000])
def test_what_is_sealed_opens_again(words: str) -> None:
    assert unseal(KEY, seal(KEY, words)) == words


def test_short_and_long_words_look_alike_and_the_same_words_differ() -> None:
    assert len({len(seal(KEY, "x" * length)) for length in (1, 100, 1_020)}) == 1
    assert len(seal(KEY, "x" * 1_021)) == len(seal(KEY, "x" * 2_000)) > len(seal(KEY, "x"))
    assert seal(KEY, "Yes.") != seal(KEY, "Yes.")


def test_another_key_does_not_open_it() -> None:
    with pytest.raises(InvalidTag):
        unseal(OTHER, seal(KEY, "We listen to each other."))


async def test_the_database_never_sees_the_words_of_a_sealed_card(world: World) -> None:
    run = await a_run(world, await a_method(world, "value_exchange"), members=3)
    await run.go_to("going_well")
    ada = run.members[0]
    card = await run.say(ada, "support", "We listen.")
    assert await _bodies(world) == [len(seal(KEY, ""))]
    edited = await ada.patch(f"/contributions/{card['id']}", {"body": "We listen well."})
    assert (edited.json()["body"], edited.json()["version"]) == ("We listen well.", 2)
    same = await ada.patch(f"/contributions/{card['id']}", {"body": "We listen well."})
    assert (same.json()["body"], same.json()["version"]) == ("We listen well.", 2)
    assert await _bodies(world) == [len(seal(KEY, ""))]
    read = await ada.get(f"/contributions/{card['id']}")
    assert read.json()["body"] == "We listen well."


async def _bodies(world: World) -> list[int]:
    """The lengths of what is stored for sealed cards, none of which says what the author said."""
    async with world.acting() as ctx:
        rows = await ctx.db.execute(
            text("SELECT body FROM sealed_card WHERE organization_id = :id").bindparams(
                id=str(world.organization_id) if world.house.database.is_sqlite else world.organization_id
            )
        )
        bodies = [row[0] for row in rows]
    assert not any("listen" in body for body in bodies)
    return [len(body) for body in bodies]


def test_what_is_sealed_once_looks_the_same_each_time_and_otherwise_about_another_thing() -> None:
    ada, ben = seal_once(KEY, CARD, "top/ada"), seal_once(KEY, CARD, "top/ben")
    assert ada == seal_once(KEY, CARD, "top/ada")
    assert len({ada, ben, seal_once(OTHER, CARD, "top/ada"), seal_once(KEY, CARD[::-1], "top/ada")}) == 4
    assert unseal_once(KEY, ada, "top/ada") == CARD
    for key, about in ((OTHER, "top/ada"), (KEY, "top/ben")):
        with pytest.raises(InvalidTag):
            unseal_once(key, ada, about)
