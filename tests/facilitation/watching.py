"""Looking on while a method is played: what is refused, and what is shown, against the tables and the pure rule."""

from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select

from peergroup.facilitation.models import Contribution, Hearing, Voice
from peergroup.facilitation.protocol import Protocol
from peergroup.facilitation.seats import named
from peergroup.facilitation.visibility import PhaseState, Reader, Said, is_visible
from tests.facilitation.driver import Game
from tests.facilitation.player import Json, Player
from tests.world import World


@dataclass
class Watcher:
    """Looks on in the first round. `people` are the persons behind the players, the moderator first."""

    world: World
    protocol: Protocol
    people: list[UUID]
    looks: dict[str, int] = field(default_factory=dict)
    refusals: int = 0

    async def __call__(self, game: Game, seen: Json) -> None:
        if seen["round"] > 1:
            return
        key = seen["phase"]["key"]
        self.looks[key] = self.looks.get(key, 0) + 1
        stored = await self._stored(game)
        readers = list(zip(self.people, (game.moderator, *game.members), strict=True))
        if self.looks[key] == 1:
            await self._refused(game, key)
            readers = [*readers[:2], readers[-1]]  # who leads, who has spoken, who has not
        for person, player in readers:
            await self._shown(game, player, person, stored)

    async def _refused(self, game: Game, key: str) -> None:
        """Everybody with other roles tries every kind and every list of the method that they are not offered."""
        tried: set[frozenset[str]] = set()
        for player in (game.moderator, *game.members):
            seen = await game.look(player)
            roles = frozenset(seen["roles"])
            if roles not in tried:
                tried.add(roles)
                await self._kinds(game, player, seen, key)
                await self._lists(game, player, seen)
        for verb in ("advance", "back", "pause", "finish", "abandon"):
            answer = await game.members[0].ask("POST", f"{game.path}/{verb}")
            assert answer.status_code == 403, (key, verb, answer.text)

    async def _kinds(self, game: Game, player: Player, seen: Json, key: str) -> None:
        offered = {(one["kind"], one["parent_kind"]) for one in seen["accepts"]}
        every = {kind for phase in self.protocol.phases for kind in phase.kinds} | {"volunteer", "nonsense"}
        for kind in sorted(every):
            if (kind, None) in offered:
                continue
            given = {"kind": kind, "body": "Not now."}
            refused = await player.refused("POST", f"{game.path}/contributions", given)
            assert refused is not None, (key, kind, seen["roles"])
            assert (refused["code"], refused["phase"]) == ("not_accepted", key), refused
            assert "Not now." not in str(refused)
            listed = {(one["kind"], one["parent_kind"]) for one in refused["accepts"]}
            assert listed == offered, (key, kind, refused)
            self.refusals += 1

    async def _lists(self, game: Game, player: Player, seen: Json) -> None:
        offered = {one["list"]: one["on"] for one in seen["marks"]}
        heard = await game.heard(player)
        for marks in (one for phase in self.protocol.phases for one in phase.marks):
            others = [one for one in heard if one["kind"] not in offered.get(marks.list, [])]
            for one in others[:1]:
                path = f"/v1/contributions/{one['id']}/marks/{marks.list}"
                refused = await player.refused("PUT", path)
                assert refused is not None, (marks.list, one["kind"])
                assert refused["code"] in ("not_accepted", "not_found"), refused
                self.refusals += 1

    async def _stored(self, game: Game) -> "Stored":
        there = UUID(game.id)
        async with self.world.acting() as ctx:
            said = await ctx.db.scalars(select(Contribution).where(Contribution.exercise_id == there))
            voices = await ctx.db.scalars(select(Voice).where(Voice.exercise_id == there))
            heard = await ctx.db.scalars(select(Hearing).where(Hearing.exercise_id == there))
            standing = [one for one in said.all() if one.deleted_at is None]
            return Stored(standing, list(voices.all()), list(heard.all()))

    async def _shown(self, game: Game, player: Player, person: UUID, stored: "Stored") -> None:
        """What somebody reads is what the pure rule lets them read, in the list, alone, and in events."""
        may = {str(one.id) for one in stored.said if stored.may_read(one, person, self.protocol)}
        heard = await game.heard(player)
        cards = {one["id"] for one in heard if not one["revealed"] and one["author"] is None}
        assert {one["id"] for one in heard} - cards == may
        assert all(one["mine"] for one in heard if one["id"] in cards)
        hidden = sorted({str(one.id) for one in stored.said} - may)
        for one in hidden[-1:]:
            assert (await player.ask("GET", f"/v1/contributions/{one}")).status_code == 404
            assert (await player.ask("PUT", f"/v1/contributions/{one}/marks/top")).status_code == 404
            said = await player.ask("PATCH", f"/v1/contributions/{one}", {"body": "Mine."})
            assert said.status_code == 404
            events = await player.ask("GET", "/v1/events?limit=200&types=contribution.*")
            assert not any(card in events.text for card in hidden)


@dataclass(frozen=True)
class Stored:
    """Everything that the database holds of what was said in an exercise."""

    said: list[Contribution]
    voices: list[Voice]
    heard: list[Hearing]

    def may_read(self, one: Contribution, person: UUID, protocol: Protocol) -> bool:
        """Whether the pure rule lets somebody read this."""
        reach = frozenset(named(row.breakout) for row in self.heard if row.person_id == person)
        spoke = frozenset(
            UUID(voice.who)
            for voice in self.voices
            if (voice.round, voice.phase) == (one.round, one.phase) and len(voice.who) == 36
        )
        breakout = named(one.breakout) if one.breakout else None
        words = Said(one.author_id, one.revealed_at is not None, breakout)
        return is_visible(words, Reader(person, reach), PhaseState(protocol.phase(one.phase), spoke))
