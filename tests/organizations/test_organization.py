"""The organization: read by everybody in it, changed by its admins."""

from tests.world import World, a_world


async def test_everybody_reads_the_organization_of_their_token(world: World) -> None:
    member = await world.person()
    answer = await member.get("/organization")
    assert answer.status_code == 200
    assert answer.json()["id"] == str(world.organization_id)


async def test_an_admin_changes_the_name_and_the_version_counts(world: World) -> None:
    answer = await world.owner.patch("/organization", {"name": "Harbour Circle"})
    assert answer.status_code == 200, answer.text
    assert (answer.json()["name"], answer.json()["version"]) == ("Harbour Circle", 2)


async def test_a_member_may_not_change_the_organization(world: World) -> None:
    member = await world.person()
    answer = await member.patch("/organization", {"name": "Mine now"})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_a_stale_change_is_refused(world: World) -> None:
    tag = (await world.owner.get("/organization")).headers["etag"]
    await world.owner.patch("/organization", {"name": "First"})
    late = await world.owner.patch("/organization", {"name": "Second"}, headers={"If-Match": tag})
    assert (late.status_code, late.json()["code"]) == (412, "stale")


async def test_settings_merge_and_null_gives_the_default_back(world: World) -> None:
    await world.owner.patch("/organization", {"settings": {"leave_keeps_seat": False}})
    kept = await world.owner.patch("/organization", {"settings": {"misses_before_review": 4}})
    assert kept.json()["settings"]["leave_keeps_seat"] is False
    cleared = await world.owner.patch("/organization", {"settings": None})
    assert cleared.json()["settings"]["leave_keeps_seat"] is True


async def test_another_organizations_token_reads_another_organization(world: World) -> None:
    other = await a_world(world.house, world.client, "Elsewhere")
    assert (await other.owner.get("/organization")).json()["name"] == "Elsewhere"
