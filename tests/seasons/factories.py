"""What tests of seasons begin with."""

from typing import Any

from tests.world import Actor, World

YEAR = 2031
RUN_OF_SHOW = [
    {"title": "Welcome", "kind": "opening", "minutes": 10},
    {"title": "Hot seat", "kind": "hot_seat", "minutes": 45},
    {"title": "Hot seat again", "kind": "hot_seat", "minutes": 45},
]


def a_season(*groups: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A season with its library."""
    return {
        "season": YEAR,
        "themes": [{"title": "Hiring well"}, {"title": "Money"}],
        "agenda_templates": [{"title": "Two hot seats", "segments": RUN_OF_SHOW}],
        "groups": list(groups),
    } | more


def a_group(name: str = "Founders North", **more: Any) -> dict[str, Any]:
    """A group that meets on every third Tuesday."""
    return {
        "name": name,
        "time_zone": "Europe/Oslo",
        "covenant": "What is said here stays here.",
        "usual": {
            "rule": "FREQ=MONTHLY;BYDAY=3TU",
            "local_time": "18:00",
            "minutes": 120,
            "agenda_template": "Two hot seats",
        },
        "sessions": [{"key": f"{YEAR}-{month:02}"} for month in range(1, 13)],
    } | more


async def somebody(world: World, name: str) -> Actor:
    """A person with an address."""
    email = f"{name.lower()}@example.com"
    return await world.person(name, email=email, email_folded=email)


async def applied(who: Actor, season: dict[str, Any], **query: Any) -> dict[str, Any]:
    """Apply a season, which has to work."""
    answer = await who.post("/seasons", season, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def counted(answer: dict[str, Any]) -> dict[str, int]:
    """The outcomes that there were."""
    return {name: count for name, count in answer["summary"].items() if count}


def became(answer: dict[str, Any], kind: str) -> dict[str, str]:
    """What became of each thing of a kind."""
    return {one["name"]: one["change"] for one in answer["changes"] if one["kind"] == kind}
