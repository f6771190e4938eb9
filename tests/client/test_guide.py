"""Every example of docs/client.md is carried out, in the order in which a reader would."""

import asyncio
import re
from functools import reduce
from typing import Any

import anyio.to_thread
import pytest

from peergroup.client import AsyncPeergroup, Peergroup, Tokens
from peergroup.client.rooms import METHODS
from peergroup.demo.seeding import seed
from peergroup.kit.context import House
from tests.access.conftest import postbox
from tests.access.factories import Postbox, mailed
from tests.client.conftest import in_process
from tests.matrix.source import ROOT
from tests.world import World

__all__ = ["postbox"]
GUIDE = ROOT / "docs" / "client.md"
BLOCKS = re.findall(r"^```python\n(.*?)^```$", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


class Store:
    """Where a reader keeps the tokens."""

    def write(self, tokens: Tokens) -> None:
        self.tokens = tokens

    def read(self) -> Tokens:
        return self.tokens


async def carry_out(source: str, names: dict[str, Any], client: AsyncPeergroup, group: str) -> None:
    """One example, in a thread; whoever listens in it hears something."""
    done = asyncio.create_task(anyio.to_thread.run_sync(exec, compile(source, str(GUIDE), "exec"), names))
    for number in range(100):
        if "events.stream" not in source or (await asyncio.wait([done], timeout=0.1))[0]:
            break
        await client.groups.update(group, focus=f"Focus {number}")
    await asyncio.wait_for(done, 30)


@pytest.mark.parametrize(
    "house", ["sqlite"], indirect=True
)  # what differs between databases is below the wire
async def test_the_examples_do_what_they_say(
    house: House, address: str, world: World, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    made = await seed(house, world.client)
    (tmp_path / "contacts.csv").write_bytes((ROOT / "tests/data/hubspot-contacts.csv").read_bytes())
    monkeypatch.chdir(tmp_path)
    loop = asyncio.get_running_loop()

    def read_the_mail(_prompt: str) -> str:
        return asyncio.run_coroutine_threadsafe(mailed(house, postbox), loop).result(20).codes[0]

    async with in_process(house, token=made["tokens"]["moderator"]) as lead:
        member = made["people"]["members"][2]
        await lead.sessions.start(made["session_id"])
        await lead.sessions.mark_attendance(made["session_id"], member, mark="present")
        await lead.sessions.complete(made["session_id"])
        async with in_process(house, token=made["tokens"]["admin"]) as admin:
            email = (await admin.people.get(member)).email
        said = {
            "https://peergroup.example": address,
            "pgk_…": made["tokens"]["members"][2],
            "ada@example.com": str(email),
        }
        names: dict[str, Any] = {
            "GROUP": made["group_id"],
            "SESSION": made["session_id"],
            "crm": Peergroup(address, token=made["tokens"]["integrator"]),
            "store": Store(),
            "input": read_the_mail,
            "print": lambda *_: None,
        }
        assert BLOCKS
        for block in BLOCKS:
            filled = reduce(lambda text, word: text.replace(word, said[word]), said, block)
            await carry_out(filled, names, lead, made["group_id"])
    assert names["challenge"].tried == "Yes."
    assert names["fresh"] is not names["group"], "the group was read before, and has not changed"
    assert names["later"].access_token is None
    assert len(names["remember"]) == 22


def test_the_guide_says_how_it_is_made() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for operation, method in re.findall(r"`(\w+_\w+)` is `client\.([\w.]+)`", text):
        assert METHODS[operation] == method
    assert len(text.splitlines()) < 160
