"""Methods over HTTP: those of the house, one's own in versions, the schema, and a try on paper."""

import httpx
import jsonschema

from peergroup.facilitation.difference import differences
from tests.facilitation.factories import a_method, a_run
from tests.facilitation.people import a_document
from tests.groups.factories import a_group
from tests.world import Actor, World, a_world


async def test_everybody_sees_the_methods_of_the_house(world: World) -> None:
    member = await world.person()
    listed = (await member.get("/protocols")).json()["items"]
    assert [one["key"] for one in listed if one["builtin"]] == sorted(
        one["key"] for one in listed if one["builtin"]
    )
    brains = (await member.get("/protocols/ten_brains")).json()
    assert (brains["version"], brains["builtin"], len(brains["document"]["phases"])) == (1, True, 6)
    assert (await member.get("/protocols/unknown")).status_code == 404
    assert (await member.get("/protocols/unknown/versions")).status_code == 404
    assert (await member.get("/protocols/ten_brains/versions")).json()["items"] == []


async def test_admins_and_moderators_write_methods_in_versions(world: World) -> None:
    group = await a_group(world, members=1)
    document = a_document("one_two_four_all").model_dump(mode="json")
    assert (await group.members[0].post("/protocols", document)).status_code == 403
    first = await group.moderator.post("/protocols", document)
    assert (first.status_code, first.json()["version"]) == (201, 1)
    assert first.headers["location"] == "/v1/protocols/1-2-4-all"
    assert (await world.owner.post("/protocols", document)).json()["version"] == 1
    assert (await world.owner.post("/protocols", document | {"title": "Else"})).json()["version"] == 2
    versions = (await group.members[0].get("/protocols/1-2-4-all/versions")).json()["items"]
    assert [(one["version"], one["document"]["title"]) for one in versions] == [(2, "Else"), (1, "1-2-4-All")]
    refused = await group.moderator.post("/protocols", document | {"title": "Mine"})
    assert (refused.status_code, refused.json()["code"]) == (409, "conflict"), "an admin wrote the newest one"
    assert (await group.moderator.post("/protocols", document | {"title": "Else"})).status_code == 201
    other = await a_group(world)
    own = document | {"key": "other-way"}
    for title in ("First", "Second"):
        assert (await group.moderator.post("/protocols", own | {"title": title})).status_code == 201
    assert (await other.moderator.post("/protocols", own | {"title": "Third"})).status_code == 409
    taken = await world.owner.post("/protocols", document | {"key": "ten_brains"})
    assert (taken.status_code, taken.json()["code"]) == (409, "conflict")
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    assert (await elsewhere.owner.get("/protocols/1-2-4-all")).status_code == 404


async def test_the_difference_between_versions_goes_by_phases(world: World) -> None:
    first = a_document("one_two_four_all").model_dump(mode="json")
    alone, pairs, fours, plenary = first["phases"]
    longer = plenary | {"minutes": 8, "prompt": None}
    second = first | {"title": "One, two, all", "phases": [alone, pairs, longer]}
    third = first | {"phases": [*second["phases"][:2], fours | {"breakout": "all"}, plenary]}
    for document in (first, second, third):
        assert (await world.owner.post("/protocols", document)).status_code == 201
    path = "/protocols/1-2-4-all/versions"
    member = await world.person()
    changes = (await member.get(f"{path}/2/difference")).json()
    assert (changes["version"], changes["since"]) == (2, 1)
    assert [(one["kind"], one["phase"], one["field"]) for one in changes["changes"]] == [
        ("changed", None, "title"),
        ("changed", "plenary", "minutes"),
        ("removed", "plenary", "prompt"),
        ("removed", "fours", None),
    ]
    assert [(one["before"], one["after"]) for one in changes["changes"]][1] == ("5", "8")
    over_two = (await member.get(f"{path}/3/difference", params={"since": 1})).json()
    assert [(one["kind"], one["phase"], one["field"]) for one in over_two["changes"]] == [
        ("removed", "fours", "breakout")
    ]
    begin = (await member.get(f"{path}/1/difference")).json()
    assert begin["since"] is None
    assert {one["kind"] for one in begin["changes"]} == {"added"}
    for unknown in ("4/difference", "1/difference?since=9", "0/difference"):
        assert (await member.get(f"{path}/{unknown}")).status_code in (404, 422)
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    assert (await elsewhere.owner.get(f"{path}/2/difference")).status_code == 404


def test_a_phase_that_stands_elsewhere_has_moved() -> None:
    before = a_document("one_two_four_all")
    alone, pairs, fours, plenary = before.phases
    turned = before.model_copy(update={"phases": [plenary, alone, pairs, fours]})
    found = [(one.kind, one.phase, one.before, one.after) for one in differences(before, turned)]
    assert ("moved", "plenary", "4", "1") in found
    assert {one[0] for one in found} == {"moved"}


async def test_an_exercise_keeps_the_version_it_started_with(world: World) -> None:
    key = await a_method(world, "one_two_four_all")
    run = await a_run(world, key, members=4)
    await a_method(world, "one_two_four_all", title="Else")
    assert (await run.seen_by(run.moderator))["protocol"] == {"key": key, "version": 1, "title": "1-2-4-All"}
    second = await a_run(world, key, group=run.group)
    assert (await second.seen_by(run.moderator))["protocol"]["version"] == 2


async def test_a_document_that_contradicts_itself_is_refused(world: World) -> None:
    document = a_document("one_two_four_all").model_dump(mode="json")
    document["phases"][0]["accepts"] = {"nobody": ["idea"]}
    refused = await world.owner.post("/protocols", document)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert "/phases/0/accepts/nobody" in refused.text


async def test_the_schema_is_published_and_fits(world: World) -> None:
    answer = await world.owner.get("/schemas/protocol")
    assert answer.headers["content-type"].startswith("application/schema+json")
    document = (await world.owner.get("/protocols/ten_brains")).json()["document"]
    jsonschema.validate(document, answer.json())


async def test_a_method_is_tried_on_paper(world: World) -> None:
    fits = await world.owner.post("/protocols/simulate", {"protocol": "ten_brains", "people": 10})
    assert (fits.json()["fits"], fits.json()["total_minutes"]) == (True, 45)
    late = {"protocol": "ten_brains", "people": 10, "minutes": 30}
    assert [
        one["code"] for one in (await world.owner.post("/protocols/simulate", late)).json()["misfits"]
    ] == ["too_long"]
    own = {"document": a_document("troika").model_dump(mode="json"), "people": 7}
    assert (await world.owner.post("/protocols/simulate", own)).json()["rounds"] == 4
    for body in ({"people": 3}, {"protocol": "x", "document": own["document"], "people": 3}):
        assert (await world.owner.post("/protocols/simulate", body)).status_code == 422
    assert (await world.owner.post("/protocols/simulate", {"protocol": "x", "people": 3})).status_code == 404


async def in_yaml(
    actor: Actor, text: str | bytes, kind: str = "application/yaml", **headers: str
) -> httpx.Response:
    """A method sent as somebody wrote it."""
    raw = text.encode() if isinstance(text, str) else text
    headers = {"Authorization": f"Bearer {actor.token}", "Content-Type": kind, **headers}
    return await actor.client.post("/v1/protocols", content=raw, headers=headers)


WRITTEN = """\
key: check_out
title: Check-out
phases:
  - key: round
    title: One word each
    minutes: 5
    accepts: {everyone: [word]}   # nobody comments on it
    exit: [everyone_posted_or_passed]
"""


async def test_a_method_may_be_written_in_yaml(world: World) -> None:
    made = await in_yaml(world.owner, WRITTEN, "application/yaml; charset=utf-8")
    assert (made.status_code, made.json()["version"]) == (201, 1), made.text
    same = made.json()["document"]
    again = await world.owner.post("/protocols", same)
    assert again.json()["version"] == 1, "the same method in another writing is no new version"
    key = {"Idempotency-Key": "the-first"}
    first = await in_yaml(world.owner, WRITTEN.replace("Check-out", "Check out"), **key)
    replayed = await in_yaml(world.owner, WRITTEN.replace("Check-out", "Check out"), **key)
    assert (first.json()["version"], replayed.headers["idempotent-replayed"]) == (2, "true")
    assert (await in_yaml(world.owner, WRITTEN, **key)).status_code == 422
    assert (await in_yaml(await world.person(), WRITTEN)).status_code == 403


async def test_what_is_wrong_in_yaml_is_named_by_its_line(world: World) -> None:
    for text, pointer, place in (
        (WRITTEN.replace("minutes: 5", "minuts: 5"), "/phases/0/minuts", "line 6, column 5: "),
        (WRITTEN + "extra: 1\n", "/extra", "line 9, column 1: "),
        (WRITTEN.replace("title: Check-out", "title: [Check-out"), "", "line 3, column "),
        (WRITTEN.replace("title: Check-out", "title: &a Check-out"), "", "line 2, column 8: "),
        (
            WRITTEN.replace("everyone: [word]", "nobody: [word]"),
            "/phases/0/accepts/nobody",
            "line 7, column ",
        ),
    ):
        refused = await in_yaml(world.owner, text)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid"), refused.text
        said = {wrong["pointer"]: wrong["detail"] for wrong in refused.json()["errors"]}
        assert said[pointer].startswith(place), refused.text
    assert (await in_yaml(world.owner, b"key: \xff")).status_code == 400
    assert (await in_yaml(world.owner, b"")).status_code == 422
    assert (await in_yaml(world.owner, WRITTEN, "text/plain")).status_code == 415
    assert (await in_yaml(world.owner, "[" * 40_000)).status_code == 422
    headers = {"Authorization": f"Bearer {world.owner.token}", "Content-Type": "application/yaml"}
    elsewhere = await world.client.post("/v1/protocols/simulate", content=b"people: 3", headers=headers)
    assert elsewhere.status_code == 415
