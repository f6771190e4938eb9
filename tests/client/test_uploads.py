"""Uploads go out piece by piece, from whatever they come."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from peergroup.client import AsyncPeergroup, Peergroup
from peergroup.client.transport import CHUNK, async_pieces, pieces
from tests.client.conftest import threaded

LINES = b"Record ID,First Name,Last Name\n" + b"".join(b"%d,Ada,Lovelace\n" % number for number in range(10))


async def slowly() -> AsyncIterator[bytes]:
    for at in range(0, len(LINES), 50):
        yield LINES[at : at + 50]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "people.csv").write_bytes(LINES)
    return tmp_path / "people.csv"


@pytest.mark.parametrize("kind", ["bytes", "path", "file", "iterator", "asynchronous"])
async def test_the_whole_file_arrives(
    asked: AsyncPeergroup, waiting: Peergroup, file: Path, kind: str
) -> None:
    def content() -> Any:
        made = {
            "bytes": LINES,
            "path": file,
            "file": io.BytesIO(LINES),
            "iterator": iter([LINES[:40], LINES[40:]]),
            "asynchronous": slowly(),
        }
        return made[kind]

    run = await asked.synchronization.create_sync_run(source="crm")
    await asked.synchronization.upload_sync_records(run.id, content())
    rehearsed = await asked.synchronization.apply_sync_run(run.id, dry_run=True)
    assert rehearsed.summary is not None
    assert rehearsed.summary.created == 10
    if kind != "asynchronous":
        other = await threaded(waiting.synchronization.create_sync_run, source="crm")
        await threaded(waiting.synchronization.upload_sync_records, other.id, content())
        summary = (await threaded(waiting.synchronization.apply_sync_run, other.id, dry_run=True)).summary
        assert summary is not None
        assert summary.created == 10


async def test_no_more_than_a_piece_is_held_in_memory(tmp_path: Path) -> None:
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * (3 * CHUNK + 1))
    assert [len(piece) for piece in pieces(large)] == [CHUNK, CHUNK, CHUNK, 1]
    assert [len(piece) async for piece in async_pieces(large)] == [CHUNK, CHUNK, CHUNK, 1]
