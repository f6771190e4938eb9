"""One trial: rounds are played on a database of its own, and the adversary gets what is left of it."""

from pathlib import Path
from uuid import uuid4

from peergroup.app import build_house
from tests.adversary.game import play
from tests.adversary.remains import LOG, files_of, lines_of
from tests.adversary.strategies import Evidence
from tests.adversary.verdict import Verdict, judge
from tests.databases import built_database
from tests.world import a_client

IN_THE_LOG = f" with {LOG}"


async def tried(kind: str, folder: Path, rounds: int) -> dict[str, Verdict]:
    """Play so many rounds and let the adversary guess: cards and marks, without and with PostgreSQL's log."""
    async with built_database(kind, folder, f"adversary_{uuid4().hex[-8:]}") as settings:
        house = build_house(settings)
        async with a_client(house) as client:
            game = await play(house, client, rounds)
            rows, files = await lines_of(settings.database_url), await files_of(settings.database_url)
        await house.database.close()
    found = {}
    for suffix in ("", IN_THE_LOG) if any(file.name == LOG for file in files) else ("",):
        evidence = Evidence(game, rows, [file for file in files if file.name != LOG or suffix])
        for what in ("card", "mark"):
            found[what + suffix] = judge(evidence, [one for one in game.rounds if one.what == what])
    return found
