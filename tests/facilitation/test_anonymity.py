"""Anonymity is real: nobody reads a card early, and afterwards nothing anywhere tells whose it was."""

import asyncio
import json
from typing import Any

from sqlalchemy import select

from peergroup.facilitation.ballot_models import SealedMark
from peergroup.facilitation.models import Contribution, Voice
from peergroup.facilitation.sealed_models import ExerciseKey, SealedCard
from peergroup.kit.idempotency import IdempotencyKey
from peergroup.kit.jobs import Job
from peergroup.worker import Worker
from tests.facilitation.factories import Run, a_run, events_of, rows, written
from tests.facilitation.people import a_protocol
from tests.facilitation.retrospective import retrospective_at
from tests.world import Actor, World


async def retried(run: Run, actor: Actor, key: str, kind: str = "support", body: str = "Words.") -> Any:
    return await actor.call(
        "POST",
        f"/exercises/{run.id}/contributions",
        json={"kind": kind, "body": body},
        headers={"Idempotency-Key": key},
    )


async def test_a_sealed_card_is_its_authors_alone(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    ada = run.members[0]
    card = await run.say(ada, "support", "We listen.")
    assert (card["author"], card["mine"], card["created_at"], card["revealed"]) == (None, True, None, False)
    own = await run.said_to(ada, phase="going_well")
    assert [(one["id"], one["body"]) for one in own] == [(card["id"], "We listen.")]
    for other in (run.members[1], run.moderator):
        assert await run.said_to(other, phase="going_well") == []
        assert (await other.get(f"/contributions/{card['id']}")).status_code == 404
        assert (await other.patch(f"/contributions/{card['id']}", {"body": "Mine."})).status_code == 404
        assert (await other.delete(f"/contributions/{card['id']}")).status_code == 404
        assert card["id"] not in (await other.get("/events", params={"limit": 200})).text
    edited = await ada.patch(f"/contributions/{card['id']}", {"body": "We listen well."})
    assert (edited.json()["body"], edited.json()["version"], edited.json()["revisions"]) == (
        "We listen well.",
        2,
        [],
    )
    stale = await ada.patch(f"/contributions/{card['id']}", {"body": "No."}, headers={"If-Match": '"1-0"'})
    assert stale.status_code == 412
    assert (await ada.delete(f"/contributions/{card['id']}")).status_code == 204
    assert await run.said_to(ada, phase="going_well") == []


async def test_progress_says_none_some_or_all_and_the_etag_says_no_more(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    tags, seen = [], []
    for member in run.members:
        answer = await run.moderator.get(f"/exercises/{run.id}")
        seen.append(answer.json()["progress"])
        tags.append(answer.headers["etag"])
        await run.say(member, "support")
    assert [one["overall"] for one in seen] == ["none", "some", "some", "some"]
    assert all((one["people"], one["brains"]) == ([], None) for one in seen)
    assert tags[1] == tags[2] == tags[3]
    assert (await run.seen_by(run.moderator))["progress"]["overall"] == "all"


async def test_taking_people_out_and_in_does_not_tell_who_has_spoken(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    ada, ben, *_ = run.members
    await run.say(ada, "support")
    await run.say(ben, "support")
    for target in run.members:
        for other in run.members:
            if other is not target:
                path = f"/exercises/{run.id}/participants/{other.person_id}"
                assert (await run.moderator.put(path, {"takes_part": False})).status_code == 200
        seen = (await run.seen_by(run.moderator))["progress"]
        assert (seen["overall"], seen["people"]) == ("some", []), "whoever it is about"
        guards = (await run.verb("advance")).json()["guards"]
        assert [one["detail"] for one in guards] == ["Not everyone has posted or passed."]
        for other in run.members:
            path = f"/exercises/{run.id}/participants/{other.person_id}"
            assert (await run.moderator.put(path, {"takes_part": True})).status_code == 200
    leaving = f"/exercises/{run.id}/participants/{run.members[3].person_id}"
    await run.moderator.put(leaving, {"takes_part": False})
    await run.go_to("stop_doing")
    for member in run.members[:3]:
        await run.say(member, "hinder")
    assert (await run.seen_by(run.moderator))["progress"]["overall"] == "all", (
        "who was out before is not waited for"
    )


async def test_while_it_runs_nothing_stored_names_an_author(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    before = len(await events_of(world))
    for number, member in enumerate(run.members[:3]):
        assert (await retried(run, member, f"key-{number}")).status_code == 201
    await run.must("pass", by=run.members[3])
    cards, voices = await rows(world, SealedCard), await rows(world, Voice)
    people = {str(one.person_id) for one in run.members}
    assert len({card.author for card in cards}) == 3
    assert all(card.id.version == 4 for card in cards)
    assert not people & {card.author for card in cards}
    assert not people & {voice.who for voice in voices if voice.phase == "going_well"}
    assert len(await events_of(world)) == before
    kept = [row for row in await rows(world, IdempotencyKey) if row.masked_for]
    assert len(kept) == 3
    for row in kept:
        assert json.loads(row.body).keys() == {"id"}
        assert set(row.headers) <= {"location", "content-type"}
        assert not any(person in str(vars(row)) for person in people)


async def test_a_retried_card_is_one_card_and_its_answer_has_no_words(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    ada, ben = run.members[:2]
    first = await retried(run, ada, "same")
    again = await retried(run, ada, "same")
    assert (again.status_code, again.json()) == (201, {"id": first.json()["id"]})
    assert again.headers["idempotent-replayed"] == "true"
    assert again.headers["location"] == first.headers["location"]
    other = await retried(run, ada, "same", body="Other words.")
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (await retried(run, ben, "same")).json()["id"] != first.json()["id"]
    assert len(await rows(world, SealedCard)) == 2


async def test_the_reveal_shuffles_and_forgets(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    sealed = []
    for number, member in enumerate(run.members):
        sealed.append((await retried(run, member, f"key-{number}", body=f"Card {number}.")).json()["id"])
    await run.must("advance")
    ended = next(one for one in reversed(await events_of(world)) if one.type == "phase.ended")
    assert ended.facts == {"phase": "going_well", "round": 1, "contributions": 4}
    late = await run.members[0].patch(f"/contributions/{sealed[0]}", {"body": "Else."})
    assert (late.status_code, late.json()["code"]) == (409, "not_accepted")
    for member in run.members[:3]:
        await run.say(member, "hinder")
    assert await run.said_to(run.moderator, kind="support") == []
    await run.must("advance", {"override_reason": "Go on."})
    shown = await run.said_to(run.moderator, kind="support")
    assert sorted(one["body"] for one in shown) == [f"Card {number}." for number in range(4)]
    assert not {one["id"] for one in shown} & set(sealed)
    assert all(
        (one["author"], one["mine"]) == (None, False)
        for one in await run.said_to(run.members[0], kind="support")
    )
    assert len({one["created_at"] for one in shown}) == 1
    assert await rows(world, SealedCard) == []
    assert [row for row in await rows(world, IdempotencyKey) if row.masked_for] == []
    assert all(len(voice.who) < 64 for voice in await rows(world, Voice))
    for one in shown:
        assert (
            await run.members[0].patch(f"/contributions/{one['id']}", {"body": "Mine."})
        ).status_code == 403
        assert (await run.members[0].delete(f"/contributions/{one['id']}")).status_code == 403
    stored = [one for one in await rows(world, Contribution) if one.kind == "support"]
    assert all((one.author_id, one.recorded_by_id, one.id.version) == (None, None, 4) for one in stored)


async def test_at_the_end_there_is_no_key_no_ballot_and_no_pseudonym(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    for member in run.members:
        await run.say(member, "support")
    await run.go_to("stop_doing")
    for member in run.members:
        await run.say(member, "hinder")
    await run.go_to("review_vote")
    cards = await run.said_to(run.moderator, kind="support")
    for member in run.members[:3]:
        await member.put(f"/contributions/{cards[0]['id']}/marks/support")
    await run.close_lists()
    await run.must("finish")
    assert await rows(world, ExerciseKey) == []
    for model, name in ((SealedMark, "voter"), (Voice, "who"), (SealedCard, "author")):
        assert not [row for row in await rows(world, model) if len(getattr(row, name)) == 64]
    minutes = await run.members[0].get(f"/exercises/{run.id}/minutes")
    assert minutes.status_code == 200
    assert not any(str(one.person_id) in minutes.text or one.name in minutes.text for one in run.members)
    as_text = await run.members[0].get(f"/exercises/{run.id}/minutes", headers={"Accept": "text/markdown"})
    assert as_text.headers["content-type"].startswith("text/markdown")
    assert "What carries us" in as_text.text
    assert (await Worker(world.house).drain()) >= 1
    async with world.house.database.transaction(None, writes=False) as db:
        waiting = select(Job.kind).where(
            Job.organization_id == world.organization_id, Job.kind == "sweep_sealed"
        )
        assert (await db.scalars(waiting)).all() == []


async def test_a_blind_anonymous_phase_shows_nothing_to_who_has_spoken(world: World) -> None:
    card = "accepts: {everyone: [card]}, visibility: blind, anonymous: true"
    run = await a_run(world, await written(world, a_protocol(card, "accepts: {everyone: [card]}")), members=4)
    for member in run.members[:3]:
        await run.say(member, "card")
    for member in run.members[:3]:
        assert len(await run.said_to(member)) == 1
    retry = await retried(run, run.members[0], "late", kind="card")
    assert retry.status_code == 201
    await run.must("advance")
    assert len(await run.said_to(run.moderator)) == 4
    meant = {"kind": "card", "body": "Words.", "phase": "p1"}
    again = await run.members[0].post(f"/exercises/{run.id}/contributions", meant)
    assert (again.status_code, again.json()["code"]) == (409, "not_accepted")


async def test_a_limit_holds_for_pseudonyms_too(world: World) -> None:
    card = (
        "accepts: {everyone: [card]}, per_person: {card: 2}, visibility: sealed, reveals: p2, anonymous: true"
    )
    run = await a_run(world, await written(world, a_protocol(card, "")), members=3)
    answers = await asyncio.gather(*(run.post(run.members[0], "card") for _ in range(8)))
    assert [one.status_code for one in answers].count(201) == 2
    assert len(await run.said_to(run.members[0])) == 2


async def test_a_card_is_said_by_its_author_alone(world: World) -> None:
    run = await retrospective_at(world, "going_well")
    noted = await run.post(run.moderator, "support", recorded_for=str(run.members[0].person_id))
    assert (noted.status_code, noted.json()["code"]) == (409, "not_accepted")
    assert await rows(world, SealedCard) == []


async def test_a_sealed_phase_with_names_is_read_at_its_reveal(world: World) -> None:
    guess = "accepts: {everyone: [guess]}, visibility: sealed, reveals: p3"
    run = await a_run(world, await written(world, a_protocol(guess, "", "")), members=3)
    ada, ben, cleo = run.members
    said = await run.say(ada, "guess", "Forty.")
    await run.must("pass", by=ben)
    assert await run.said_to(ben) == []
    assert (await run.seen_by(ben))["progress"]["people"] == []
    events = [one for one in await events_of(world) if one.type.startswith(("contribution", "exercise.p"))]
    assert {one.only_for for one in events} == {ada.person_id, ben.person_id}
    await run.must("advance", {"override_reason": "Go on."})
    assert await run.said_to(cleo) == []
    await run.must("advance")
    shown = await run.said_to(cleo)
    assert [(one["id"], one["author"]["id"]) for one in shown] == [(said["id"], str(ada.person_id))]
