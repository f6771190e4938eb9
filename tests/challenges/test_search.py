"""Searching: the same verdict on both databases, whatever people type."""

import ast

import pytest

from peergroup.search.excerpts import excerpt
from peergroup.search.models import CREATED, WORDS_TABLE
from peergroup.search.words import asked, words_of
from peergroup.worker import Worker
from tests.challenges.factories import a_challenge, a_run
from tests.groups.factories import GroupOf, a_group
from tests.matrix.source import ROOT
from tests.world import Actor, World


async def found(who: Actor, group: GroupOf, question: str, kinds: str = "") -> list[str]:
    answer = await who.get(
        f"/groups/{group.id}/search", params={"q": question} | ({"kinds": kinds} if kinds else {})
    )
    assert answer.status_code == 200, answer.text
    return [one["excerpt"] for one in answer.json()["items"]]


@pytest.mark.parametrize(
    ("question", "hits"),
    [
        ("straße", 1),
        ("STRASSE", 1),
        ("Uber", 1),
        ("über Müllers", 1),
        ("mull", 1),
        ("müllers gasse", 0),
        ("ull", 0),
        ("naïve café", 1),
        ("cafe", 1),
        ("e-mail", 1),
        ("mail@example.com", 1),
        ("12,5", 1),
        ("東京", 1),
        ("привет", 1),
        ("ΣΊΣΥΦΟΣ", 1),
        ("the and of", 0),
    ],
)
async def test_words_are_found_whatever_their_case_and_accents(
    world: World, question: str, hits: int
) -> None:
    group = await a_group(world, members=1)
    text = "Über Müllers Straße, naïve Café; e-mail to mail@example.com costs 12,5. 東京都 Привет Σίσυφος"
    await a_challenge(group.members[0], group, context=text)
    assert len(await found(group.members[0], group, question)) == hits


@pytest.mark.parametrize(
    "question",
    ['"', "a OR b", "NOT sales", "sales*", "(", "sales:*", "'", "a' | 'b", "\\", "sales AND", "NEAR(sales)", "^sales",
     "{sales}", "-sales", "%", "_", "sales & !x", "col:sales", "🙂", "e\u0301", "x" * 200],
)  # fmt: skip
async def test_nothing_in_a_question_is_an_operator(world: World, question: str) -> None:
    group = await a_group(world, members=1)
    await a_challenge(group.members[0], group)
    answer = await group.members[0].get(f"/groups/{group.id}/search", params={"q": question})
    assert answer.status_code == 200, answer.text


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%20", "q=%CC%81", "q=a%00b", "q=" + "x" * 201, "q=a&kinds=secret", "q=a&kinds="]
)
async def test_malformed_questions_are_refused(world: World, query: str) -> None:
    group = await a_group(world, members=1)
    assert (await group.members[0].get(f"/groups/{group.id}/search?{query}")).status_code == 422


async def test_what_is_wrong_with_a_question_is_said_in_plain_words(world: World) -> None:
    group = await a_group(world, members=1)
    path = f"/groups/{group.id}/search?q=a"
    (kinds,) = (await group.members[0].get(f"{path}&kinds=xx")).json()["errors"]
    named = "challenge, outcome, contribution, commitment"
    assert kinds == {"pointer": "kinds", "detail": f"Use some of {named}, separated by commas."}
    unknown = await group.members[0].get(f"{path}&canary=1")
    assert unknown.json()["errors"][0]["pointer"] == "query"
    assert "kinds" in unknown.text
    assert "canary" not in unknown.json()["errors"][0]["detail"]


async def test_what_is_said_is_found_from_the_moment_it_may_be_read(world: World) -> None:
    run = await a_run(world, live=False)
    group, reader = run.group, run.brains[2]
    await run.advance()
    question = await run.said(run.brains[0], "question", "Which aardvark?")
    assert await found(reader, group, "aardvark") == ["Which aardvark?"]
    await run.advance()
    idea = await run.said(run.brains[0], "idea", "A blind bandicoot.")
    for who in (reader, run.owner, group.moderator):
        assert await found(who, group, "bandicoot") == []
    await run.to_phase("build")
    assert await found(reader, group, "bandicoot", "contribution") == ["A blind bandicoot."]
    assert await found(reader, group, "bandicoot", "challenge,outcome") == []
    edited = await run.brains[0].patch(f"/contributions/{idea['id']}", {"body": "A sighted capybara."})
    assert edited.status_code == 200, edited.text
    assert await found(reader, group, "bandicoot") == []
    assert await found(reader, group, "capy") == ["A sighted capybara."]
    assert (await run.brains[0].delete(f"/contributions/{idea['id']}")).status_code == 204
    assert await found(reader, group, "capy") == []
    assert question


async def test_what_was_renamed_is_found_by_its_new_words_only(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    parked = await a_challenge(ada, group)
    await ada.patch(f"/challenges/{parked['id']}", {"question": "How do I train a walrus?"})
    assert await found(ada, group, "walrus") == ["How do I train a walrus?"]
    assert await found(ada, group, "head sales") == []


async def test_the_latest_comes_first_and_pages_do_not_repeat(world: World) -> None:
    group = await a_group(world, members=1)
    ada = group.members[0]
    made = [(await a_challenge(ada, group, question=f"Number {place}?"))["id"] for place in range(5)]
    ids, cursor = [], ""
    while True:
        page = (await ada.get(f"/groups/{group.id}/search?q=number&limit=2{cursor}")).json()
        ids += [one["id"] for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert ids == made[::-1]


async def test_groups_do_not_find_each_others_words(world: World) -> None:
    group, other = await a_group(world, members=1), await a_group(world, members=1)
    await a_challenge(group.members[0], group)
    assert await found(other.members[0], other, "sales") == []


async def test_erased_words_are_found_no_longer(world: World) -> None:
    group = await a_group(world, members=2)
    ada, bob = group.members
    await a_challenge(ada, group, context="An unforgettable okapi.")
    assert await found(bob, group, "okapi")
    erased = await world.owner.post(f"/people/{ada.person_id}/erase", {"words": "remove"})
    assert erased.status_code == 202, erased.text
    await Worker(world.house).drain()
    assert await found(bob, group, "okapi") == []


def test_the_history_keeps_words_as_the_models_do() -> None:
    tree = ast.parse((ROOT / "migrations" / "words.py").read_text(encoding="utf-8"))
    told = {
        node.targets[0].id: ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert told["_FOUND"] == CREATED
    assert told["TABLE"] == WORDS_TABLE


def test_an_excerpt_shows_the_words_around_the_hit() -> None:
    text = "word " * 100 + "needle" + " word" * 100
    cut = excerpt([None, text], asked("need"))
    assert cut.startswith("… ")
    assert cut.endswith(" …")
    assert "needle" in cut
    assert len(cut) <= 304
    assert excerpt(["short and sweet"], asked("sweet")) == "short and sweet"
    assert excerpt([None], asked("x")) == ""


def test_words_are_bounded() -> None:
    many = " ".join(f"w{number}" for number in range(5_000))
    assert len(words_of(many)) == 1_500
    assert words_of("x" * 500) == ["x" * 60]
    assert asked("a b c d e f g h i j k l") == list("abcdefghij")
