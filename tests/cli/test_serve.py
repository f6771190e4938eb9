"""`peergroup serve`: starts only where it is safe, survives its children, ends gracefully."""

import os
import signal
import socket
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from peergroup.app import create_app
from peergroup.kit.migrating import run
from tests.cli.serving import eventually, serving
from tests.databases import settings_for
from tests.installed import Installed


async def change(here: Installed, *statements: str) -> None:
    """Do something to the database behind the service's back."""

    def work(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    await run(settings_for(here.environment["PEERGROUP_DATABASE_URL"]), work)


async def test_it_serves_works_and_ends_gracefully(on_either: Installed) -> None:
    if "postgresql" in on_either.environment["PEERGROUP_DATABASE_URL"]:
        assert on_either.run("migrate").returncode == 0
    with serving(on_either) as service:
        assert service.get("/livez").json() == {"status": "alive"}
        assert eventually(lambda: service.get("/readyz").json()["worker"] == "alive")
        assert service.get("/readyz").json()["status"] == "ready"
        assert "server" not in service.get("/version").headers
        assert service.stop() == 0


def test_without_a_worker_none_gives_a_sign_of_life(founded: Installed) -> None:
    with serving(founded, "--no-worker") as service:
        assert f"{service.address}/v1/sign-in/redeem" in service.get("/sign-in").text
        ready = service.get("/readyz").json()
        assert (ready["status"], ready["worker"], ready["worker_seen_at"]) == ("ready", "silent", None)
        assert service.stop(signal.SIGINT) == 0


def test_people_reach_it_where_the_operator_says(founded: Installed) -> None:
    founded.environment["PEERGROUP_PUBLIC_URL"] = "https://peers.example/"
    with serving(founded, "--no-worker", "--host", "0.0.0.0") as service:
        assert "https://peers.example/v1/sign-in/redeem" in service.get("/sign-in").text
    del founded.environment["PEERGROUP_PUBLIC_URL"]
    with serving(founded, "--no-worker", "--host", "0.0.0.0") as service:
        port = service.address.rpartition(":")[2]
        assert f"http://localhost:{port}/v1/sign-in/redeem" in service.get("/sign-in").text


def test_several_processes_count_together_and_whichever_dies_is_replaced(founded: Installed) -> None:
    with serving(founded, "--workers", "2") as service:
        assert eventually(lambda: service.get("/readyz").json()["worker"] == "alive")
        before = service.children()
        assert len(before) == 3, "two that serve, one that works"
        assert f"{service.address}/v1/sign-in/redeem" in service.get("/sign-in").text
        for _ in range(20):
            service.get("/version")
        counted = 'peergroup_requests_total{method="GET",route="/version",status="200"} 20.0'
        assert eventually(lambda: counted in service.get("/metrics").text)
        for child in before:
            os.kill(child, signal.SIGKILL)
        assert eventually(lambda: len(set(service.children()) - set(before)) == 3)
        assert service.get("/livez").status_code == 200
        assert counted in service.get("/metrics").text
        after = service.children()
        assert service.stop() == 0
    assert not any(Path(f"/proc/{child}").exists() for child in after)


def test_children_do_not_outlive_a_parent_that_was_killed(founded: Installed) -> None:
    with serving(founded, "--workers", "2") as service:
        assert eventually(lambda: service.get("/readyz").json()["worker"] == "alive")
        children = service.children()
        service.stop(signal.SIGKILL)
        assert eventually(lambda: not any(_is_alive(child) for child in children))


def _is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] != "Z"


async def test_an_empty_postgresql_is_refused_with_what_to_do(on_postgresql: Installed) -> None:
    for command in (("serve", "--port", "0"), ("work",)):
        refused = on_postgresql.run(*command)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "peergroup migrate" in refused.stderr


async def test_a_database_that_a_newer_version_has_changed_is_left_alone(founded: Installed) -> None:
    await change(founded, "UPDATE alembic_version SET version_num = 'future'")
    for command in (("serve", "--port", "0"), ("migrate",)):
        refused = founded.run(*command)
        assert (refused.returncode, "newer version" in refused.stderr) == (1, True)


async def test_it_does_not_start_where_a_wall_has_a_gap(on_postgresql: Installed) -> None:
    assert on_postgresql.run("migrate").returncode == 0
    await change(on_postgresql, "ALTER TABLE person NO FORCE ROW LEVEL SECURITY")
    for command in (("serve", "--port", "0"), ("work",)):
        refused = on_postgresql.run(*command)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert "table person does not force row-level security" in refused.stderr
    application = create_app(settings_for(on_postgresql.environment["PEERGROUP_DATABASE_URL"]))
    with pytest.raises(RuntimeError, match="does not force row-level security"):
        async with application.router.lifespan_context(application):
            """Whoever starts it without our command line."""
    await change(on_postgresql, "ALTER TABLE person FORCE ROW LEVEL SECURITY")
    with serving(on_postgresql) as service:
        assert service.get("/livez").status_code == 200


def test_a_port_that_is_taken_is_told_in_one_line(founded: Installed) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = founded.run("serve", "--port", str(taken.getsockname()[1]))
    assert (refused.returncode, refused.stderr.count("\n")) == (1, 1)
    assert "--port" in refused.stderr


def test_a_signal_ends_it_however_early_it_comes(founded: Installed) -> None:
    with serving(founded, "--no-worker") as service:
        assert service.stop() == 0
    working = founded.start("work")
    assert working.stdout is not None
    assert working.stdout.readline().startswith("Working")
    working.terminate()
    assert working.wait(timeout=60) == 0
