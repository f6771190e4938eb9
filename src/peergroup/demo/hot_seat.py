"""One challenge through the six phases, played by people who only do what the service offers them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from peergroup.demo.voices import StoryClock, Voice

HELP = ("experience", "idea", "resource", "introduction", "caution")


@dataclass
class HotSeat:
    """A challenge with the people around it. `told` is its entry in the story."""

    challenge_id: str
    told: dict[str, Any]
    owner: Voice
    moderator: Voice
    brains: Sequence[Voice]
    clock: StoryClock
    said: list[str] = field(default_factory=list)

    async def play(self, *, until: str = "commit") -> str:
        """Start it and go on to the phase `until`; at `commit` the promise is made. The exercise's id."""
        started = await self.moderator.post(f"/challenges/{self.challenge_id}/start")
        exercise = started["exercise"]["id"]
        while True:
            phase = (await self.moderator.get(f"/exercises/{exercise}"))["phase"]["key"]
            await getattr(self, f"_{phase}")(exercise)
            if phase == until:
                return str(exercise)
            self._wait(minutes=5)
            await self.moderator.post(f"/exercises/{exercise}/advance")

    def _wait(self, **step: float) -> None:
        self.clock.at += dt.timedelta(**step)

    async def _present(self, _exercise: str) -> None:
        self._wait(minutes=3)

    async def _clarify(self, exercise: str) -> None:
        for place, pair in enumerate(self.told["clarify"]):
            asked = await self._post(self.brains[place % len(self.brains)], exercise, "question", pair["ask"])
            await self._post(self.owner, exercise, "answer", pair["answer"], parent_id=asked["id"])

    async def _contribute(self, exercise: str) -> None:
        speaking = list(zip(self.brains, self.told["say"], strict=False))
        for brain, words in speaking:
            [(kind, body)] = words.items()
            self.said.append((await self._post(brain, exercise, kind, body))["id"])
            self._wait(seconds=50)
        for brain in self.brains[len(speaking) :]:
            await brain.post(f"/exercises/{exercise}/pass")

    async def _build(self, exercise: str) -> None:
        await self._post(self.brains[-1], exercise, "reply", self.told["build"], parent_id=self.said[0])

    async def _synthesize(self, exercise: str) -> None:
        for contribution in self.said[:3]:
            await self.owner.put(f"/contributions/{contribution}/marks/helped")
        for place, brain in enumerate(self.brains[:5]):
            await brain.put(f"/contributions/{self.said[place % len(self.said)]}/marks/top")

    async def _commit(self, exercise: str) -> None:
        # What has no outcome in the story is still open when it ends.
        days = 14 if self.told.get("outcome") else 60
        day = (self.clock.at + dt.timedelta(days=days)).date().isoformat()
        await self._post(self.owner, exercise, "commitment", self.told["promise"], by_on=day)
        await self.owner.post(f"/challenges/{self.challenge_id}/commit")

    async def _post(self, who: Voice, exercise: str, kind: str, body: str, **more: Any) -> Any:
        return await who.post(f"/exercises/{exercise}/contributions", {"kind": kind, "body": body, **more})
