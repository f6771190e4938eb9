"""Seasons written down: applied, they change nothing."""

from typing import Any

from tests.seasons.factories import RUN_OF_SHOW, YEAR, a_group, a_season, applied, counted, somebody
from tests.world import Actor, World


async def exported(who: Actor, group_id: str, year: int = YEAR) -> dict[str, Any]:
    """The season of a group, written down."""
    answer = await who.get(f"/groups/{group_id}/seasons/{year}")
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def id_of(answer: dict[str, Any]) -> str:
    """The group that a season made."""
    return str(next(one["id"] for one in answer["changes"] if one["kind"] == "group"))


async def a_rich_season(world: World) -> str:
    """A group with everything that a season knows."""
    for name in ("Mona", "Ada"):
        await somebody(world, name)
    sessions = [
        {
            "key": f"{YEAR}-01",
            "theme": "Money",
            "host": "mona@example.com",
            "hot_seats": ["mona@example.com"],
        },
        {"key": f"{YEAR}-02", "title": "Outside", "place": None, "minutes": 300, "capacity": 5},
        {"key": "retreat", "local_start": f"{YEAR}-05-02T10:00", "agenda": RUN_OF_SHOW[:1]},
        {"key": f"{YEAR}-06", "agenda_template": None},
        {"local_start": f"{YEAR}-03-30T02:30", "dst_policy": "shift_forward", "time_zone": "Europe/Berlin"},
    ]
    usual = a_group()["usual"] | {"place": "Hotel Nord"}
    group = a_group(
        moderators=["mona@example.com"],
        members=["ada@example.com", {"name": "Bea", "email": "bea@example.com"}],
        focus="Growing past twenty",
        cadence="third Tuesday",
        sessions=sessions,
        usual=usual,
    )
    return id_of(await applied(world.owner, a_season(group)))


async def test_what_was_exported_applies_as_unchanged(world: World) -> None:
    group_id = await a_rich_season(world)
    written = await exported(world.owner, group_id)
    again = await applied(world.owner, written)
    assert set(counted(again)) == {"unchanged"}, again
    assert await exported(world.owner, group_id) == written


async def test_an_export_says_only_what_is_not_usual(world: World) -> None:
    written = await exported(world.owner, await a_rich_season(world))
    (group,) = written["groups"]
    assert group["moderators"] == ["mona@example.com"]
    assert group["members"] == ["ada@example.com", "bea@example.com"]
    assert group["sessions"][0] == {
        "key": f"{YEAR}-01",
        "local_start": f"{YEAR}-01-21T18:00",
        "theme": "Money",
        "host": "mona@example.com",
        "hot_seats": ["mona@example.com"],
    }
    assert group["sessions"][1]["place"] is None
    assert [one["title"] for one in written["themes"]] == ["Money"]
    assert [one["title"] for one in written["agenda_templates"]] == ["Two hot seats"]


async def test_a_season_moves_to_another_organization(world: World) -> None:
    written = await exported(world.owner, await a_rich_season(world))
    del written["groups"][0]["id"]
    written["groups"][0] |= {"name": "Founders West", "covenant": "What is said here stays here."}
    copied = await applied(world.owner, written)
    again = await exported(world.owner, id_of(copied))
    for name in ("sessions", "usual", "members", "focus"):
        assert again["groups"][0][name] == written["groups"][0][name]


async def test_a_group_without_a_plan_has_a_season_too(world: World) -> None:
    made = await applied(world.owner, a_season(a_group(active=False, sessions=None)))
    written = await exported(world.owner, id_of(made))
    assert "sessions" not in written["groups"][0]
    assert set(counted(await applied(world.owner, written))) == {"unchanged"}


async def test_who_plans_a_group_exports_it(world: World) -> None:
    group_id = await a_rich_season(world)
    outsider = await somebody(world, "Olaf")
    assert (await outsider.get(f"/groups/{group_id}/seasons/{YEAR}")).status_code == 403
    await applied(world.owner, a_season(a_group("Elsewhere", moderators=["olaf@example.com"], sessions=None)))
    assert (await outsider.get(f"/groups/{group_id}/seasons/{YEAR}")).status_code == 404
