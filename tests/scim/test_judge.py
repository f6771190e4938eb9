"""The outside judge: scim2-cli against the running service. Every check it knows has to succeed, on both databases."""

import subprocess
import sys
from pathlib import Path

import pytest

from peergroup.app import build_house
from tests.databases import built_database
from tests.servers import Server
from tests.world import a_client, a_world


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_every_check_of_the_judge_succeeds(kind: str, folder: Path) -> None:
    async with built_database(kind, folder, f"judged_{kind}") as settings:
        house = build_house(settings)
        async with a_client(house) as client:
            world = await a_world(house, client)
            directory = await world.service("scim")
        await house.database.close()
        server = Server(settings.database_url).start().wait()
        try:
            verdict = _judged(server.address, directory.token)
        finally:
            server.stop()
    checks = [line for line in verdict.stdout.splitlines() if line[:1].isalpha() and line == line.strip()][1:]
    failed = [line for line in checks if not line.startswith("SUCCESS")]
    assert not failed, verdict.stdout
    assert verdict.returncode == 0, verdict.stdout + verdict.stderr
    assert len(checks) > 30, verdict.stdout


def _judged(address: str, token: str) -> "subprocess.CompletedProcess[str]":
    judge = "from scim2_cli import cli; cli()"
    command = [sys.executable, "-c", judge, "--url", f"{address}/scim/v2"]
    header = ["--header", f"Authorization: Bearer {token}", "test", "-v"]
    return subprocess.run([*command, *header], capture_output=True, text=True, timeout=120, check=False)
