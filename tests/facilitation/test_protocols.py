"""Methods over HTTP: those of the house, one's own in versions, the schema, and a try on paper."""

import jsonschema

from tests.facilitation.factories import a_method, a_run
from tests.facilitation.people import a_document
from tests.groups.factories import a_group
from tests.world import World, a_world


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
    taken = await world.owner.post("/protocols", document | {"key": "ten_brains"})
    assert (taken.status_code, taken.json()["code"]) == (409, "conflict")
    elsewhere = await a_world(world.house, world.client, "Elsewhere")
    assert (await elsewhere.owner.get("/protocols/1-2-4-all")).status_code == 404


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
