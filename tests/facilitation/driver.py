"""A driver from outside: given an address, tokens and a document, it plays any method to its end.

It knows the contract and no method: it reads `accepts`, `marks` and `allowed_actions`, does what they offer, and
goes on. Nothing of the service is imported here.
"""

import datetime as dt
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx

from tests.facilitation.player import Json, Player

MOST_STEPS = 60
TURNS = 2
"""How often everybody is asked in a phase: who answers has to wait for who asks."""
MOST_MARKS = 2
_numbers = count(1)


@dataclass
class Game:
    """One exercise on its way. `seen` is every phase as the moderator saw it; `said` what everybody said."""

    id: str
    moderator: Player
    members: list[Player]
    said: list[Json] = field(default_factory=list)
    seen: list[Json] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/v1/exercises/{self.id}"

    async def look(self, player: Player) -> Json:
        """The exercise as somebody sees it."""
        return await player.must("GET", self.path)

    async def heard(self, player: Player) -> list[Json]:
        """What was said, as far as somebody sees it."""
        return await player.all_of(f"{self.path}/contributions")


Watch = Callable[[Game, Json], Awaitable[None]]


async def _nothing(_game: Game, _seen: Json) -> None:
    """Nobody watches."""


async def play(
    client: httpx.AsyncClient,
    document: Json,
    moderator: str,
    members: list[str],
    *,
    mode: str = "async",
    watch: Watch = _nothing,
) -> Game:
    """Play the document's method in the moderator's first group.

    `watch` looks on twice in each phase: when half of them have spoken for the first time, and before it ends.
    """
    game = await begin(client, document, moderator, members, mode)
    for _ in range(MOST_STEPS):
        seen = await game.look(game.moderator)
        if seen["state"] == "finished":
            return game
        if not game.seen or game.seen[-1]["phase"]["number"] != seen["phase"]["number"]:
            game.seen.append(seen)
        await play_phase(game, seen, watch)
        await watch(game, seen)
        refused = await game.moderator.refused("POST", f"{game.path}/advance")
        if refused is not None:
            await _settle(game, refused)
    raise AssertionError("the exercise does not come to its end")


async def begin(
    client: httpx.AsyncClient, document: Json, moderator: str, members: list[str], mode: str
) -> Game:
    """Start an exercise of the document's method: through a challenge where it is about one."""
    leader, others = Player(client, moderator), [Player(client, token) for token in members]
    group = (await leader.must("GET", "/v1/groups"))["items"][0]["id"]
    if await leader.refused("GET", f"/v1/protocols/{document['key']}") is not None:
        await leader.must("POST", "/v1/protocols", document)
    if document.get("subject", "none") == "challenge":
        return Game(await _challenge(group, document["key"], leader, others[0]), leader, others)
    given = {"protocol": document["key"], "mode": mode}
    made = await leader.must("POST", f"/v1/groups/{group}/exercises", given)
    await leader.must("POST", f"/v1/exercises/{made['id']}/start")
    return Game(made["id"], leader, others)


async def _challenge(group: str, protocol: str, leader: Player, owner: Player) -> str:
    given = {
        "question": "How do I hire well?",
        "context": "We grow.",
        "tried": "Two agencies.",
        "help_wanted": "ideas",
        "protocol": protocol,
    }
    path = f"/v1/challenges/{(await owner.must('POST', f'/v1/groups/{group}/challenges', given))['id']}"
    await owner.must("POST", f"{path}/submit")
    await leader.must("POST", f"{path}/accept")
    return str((await leader.must("POST", f"{path}/start"))["exercise"]["id"])


async def play_phase(game: Game, seen: Json, watch: Watch) -> None:
    """Let everybody use what they are offered, in turn; who has nothing to say passes, and then all mark."""
    done: set[tuple[int, str]] = set()
    for turn in range(TURNS):
        for place, player in enumerate(game.members):
            await _speak(game, place, player, done)
            if turn == 0 and place == len(game.members) // 2:
                await watch(game, seen)
    spoke = {place for place, _ in done}
    for place, player in enumerate(game.members):
        seen = await game.look(player)
        if place not in spoke and "pass" in seen["allowed_actions"]:
            await player.must("POST", f"{game.path}/pass")
        await _mark(game, place, player, seen["marks"])


async def _speak(game: Game, place: int, player: Player, done: set[tuple[int, str]]) -> None:
    """Say one thing of each kind that is offered and was not said yet."""
    offers = [one for one in (await game.look(player))["accepts"] if (place, one["kind"]) not in done]
    around = await game.heard(player) if any(one["parent_kind"] for one in offers) else []
    for offer in offers:
        given = _words(offer, around, place)
        if given is None or (place, offer["kind"]) in done:
            continue
        answer = await player.ask("POST", f"{game.path}/contributions", given)
        if answer.status_code == 409:
            continue  # somebody took the role meanwhile, or the last one that all may say together
        assert answer.status_code == 201, f"{given}\n{answer.text}"
        done.add((place, offer["kind"]))
        game.said.append(answer.json() | {"by": place})


def _words(offer: Json, around: list[Json], place: int) -> Json | None:
    """A contribution as it is offered; None where there is nothing yet to answer to."""
    given: dict[str, Any] = {"kind": offer["kind"], "body": f"Words number {next(_numbers)}."}
    if offer["parent_kind"] is not None:
        open_ones = [one for one in around if one["kind"] == offer["parent_kind"] and is_open(one)]
        if not open_ones:
            return None
        given["parent_id"] = open_ones[place % len(open_ones)]["id"]
    if offer["by_on"]:
        given["by_on"] = (dt.datetime.now(dt.UTC) + dt.timedelta(days=14)).date().isoformat()
    return given


def is_open(one: Json) -> bool:
    """Whether a contribution still stands: not taken back, merged or dropped."""
    return not one["deleted"] and one["merged_into_id"] is None and one["dropped"] is None


async def _mark(game: Game, place: int, player: Player, offers: list[Json]) -> None:
    """Mark a few in every list that is offered, not everybody the same."""
    around = await game.heard(player) if offers else []
    for offer in offers:
        cards = [one["id"] for one in around if one["kind"] in offer["on"] and is_open(one)]
        chosen = [*cards[place % 3 :], *cards[: place % 3]][: min(offer["left"], MOST_MARKS)]
        for card in chosen:
            refused = await player.refused("PUT", f"/v1/contributions/{card}/marks/{offer['list']}")
            assert refused is None or refused["status"] == 409  # a second vote is about the tied ones alone


async def _settle(game: Game, problem: Json) -> None:
    """What stands in the way: ties are decided, what nobody takes is dropped, the rest overridden with a reason."""
    guards = {guard["code"] for guard in problem["guards"]}
    if "top_selected" in guards:
        await _decide(game)
    elif "untaken" in guards:
        await _drop(game)
    else:
        given = {"override_reason": "Nobody has more to say."}
        await game.moderator.must("POST", f"{game.path}/advance", given)


async def _decide(game: Game) -> None:
    """Choose among the tied; where somebody has not marked, nobody knows who is tied before the list is closed."""
    seen = await game.look(game.moderator)
    results = await game.moderator.must("GET", f"{game.path}/results")
    here = [one for one in results["lists"] if one["phase"] == seen["phase"]["key"]]
    here = [one for one in here if one["round"] == seen["round"]]
    if not any(one["places"] for one in here):
        for hidden in (one for one in here if one["state"] == "hidden"):
            over = {"list": hidden["list"], "close": True, "reason": "Nobody else marks."}
            await game.moderator.must("POST", f"{game.path}/decisions", over)
        return
    for tied in (one for one in here if one["places"]):
        undecided = [item["contribution_id"] for item in tied["items"] if item["top"] is None]
        keep = undecided[: tied["places"]]
        decision = {"list": tied["list"], "keep": keep, "reason": "The first ones will do."}
        await game.moderator.must("POST", f"{game.path}/decisions", decision)


async def _drop(game: Game) -> None:
    heard = await game.heard(game.moderator)
    taken = {one["parent_id"] for one in heard if one["kind"] == "volunteer"}
    for one in heard:
        if "drop" in one["allowed_actions"] and one["id"] not in taken:
            reason = {"reason": "Nobody takes it."}
            await game.moderator.must("POST", f"/v1/contributions/{one['id']}/drop", reason)
