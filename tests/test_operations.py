"""The routes of whoever runs the service, and the pages of whoever develops against it."""

import re

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, delete, text

from peergroup.app import build_house
from peergroup.kit import jobs
from peergroup.kit.context import House
from peergroup.kit.problems import catalogue
from peergroup.kit.settings import Settings
from tests.conftest import Clock
from tests.databases import SECRET
from tests.world import World, application

HTML = {"Accept": "text/html,application/xhtml+xml"}


def elsewhere(house: House) -> httpx.AsyncClient:
    """A client on another machine."""
    transport = httpx.ASGITransport(application(house), client=("203.0.113.7", 4_321))
    return httpx.AsyncClient(transport=transport, base_url="http://peergroup.test")


async def test_anybody_learns_that_it_is_alive_and_which_version_it_is(client: httpx.AsyncClient) -> None:
    assert (await client.get("/livez")).json() == {"status": "alive"}
    assert (await client.get("/version")).json() == {"version": "0.1.0", "api": "v1"}
    assert (await client.head("/livez")).status_code == 200


async def test_it_is_ready_and_tells_when_the_worker_was_last_seen(
    client: httpx.AsyncClient, clock: Clock
) -> None:
    house: House = client._transport.app.state.house  # type: ignore[attr-defined]  # httpx hides it
    await jobs.show_life(house, "worker")
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["status"], ready.json()["worker"]) == (200, "ready", "alive")
    clock.forward(minutes=2)
    later = await client.get("/readyz")
    assert (later.status_code, later.json()["worker"]) == (200, "silent")
    assert later.json()["worker_seen_at"] == ready.json()["worker_seen_at"]


async def test_it_is_not_ready_on_tables_of_another_version(house: House, client: httpx.AsyncClient) -> None:
    async with house.database.engine.begin() as connection:
        names = await connection.run_sync(_versions, "DELETE FROM alembic_version")
        await connection.run_sync(_versions, "INSERT INTO alembic_version VALUES ('future')")
    try:
        refused = await client.get("/readyz")
    finally:
        async with house.database.engine.begin() as connection:
            await connection.run_sync(_versions, "DELETE FROM alembic_version")
            for name in names:
                await connection.run_sync(_versions, f"INSERT INTO alembic_version VALUES ('{name}')")
    assert (refused.status_code, refused.headers["content-type"]) == (503, "application/problem+json")
    assert (refused.json()["code"], refused.json()["tables"]) == ("not_ready", "unknown")
    assert refused.headers["retry-after"] == "5"


def _versions(connection: Connection, statement: str) -> list[str]:
    before = list(connection.scalars(text("SELECT version_num FROM alembic_version")))
    connection.execute(text(statement))
    return before


async def test_it_is_alive_but_not_ready_without_its_database() -> None:
    house = build_house(Settings(database_url="postgresql://127.0.0.1:1/none", secret=SecretStr(SECRET)))
    async with elsewhere(house) as client:
        assert (await client.get("/livez")).status_code == 200
        refused = await client.get("/readyz")
    assert (refused.status_code, refused.json()["database"]) == (503, "unreachable")


async def test_requests_are_counted_by_template_never_by_address(world: World) -> None:
    nobody = "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"
    await world.owner.get(f"/groups/{nobody}")
    await world.client.get(f"/nothing/like/{nobody}")
    await world.client.request("BREW", "/livez")
    figures = (await world.client.get("/metrics")).text
    assert 'peergroup_requests_total{method="GET",route="/v1/groups/{group_id}",status="404"}' in figures
    assert 'peergroup_requests_total{method="GET",route="none",status="404"}' in figures
    assert 'method="other"' in figures
    assert nobody not in figures
    assert "BREW" not in figures
    assert (
        'peergroup_request_seconds_bucket{le="0.005",method="GET",route="/v1/groups/{group_id}"}' in figures
    )


async def test_jobs_are_counted_by_what_they_wait_for(world: World, clock: Clock) -> None:
    before = _jobs(await world.client.get("/metrics"))
    async with world.acting() as ctx:
        await jobs.enqueue(ctx, "test.now")
        await jobs.enqueue(ctx, "test.later", due_at=ctx.now.replace(year=ctx.now.year + 1))
    clock.forward(seconds=1)
    after = _jobs(await world.client.get("/metrics"))
    async with world.acting() as ctx:
        await ctx.db.execute(delete(jobs.Job).where(jobs.Job.kind.like("test.%")))
    assert {state: after[state] - before[state] for state in after} == {
        "waiting": 1,
        "scheduled": 1,
        "dead": 0,
    }


def _jobs(answer: httpx.Response) -> dict[str, float]:
    return {
        state: float(count)
        for state, count in re.findall(r'peergroup_jobs\{state="(\w+)"\} (\S+)', answer.text)
    }


async def test_figures_are_for_the_machine_itself_or_the_token(
    house: House, client: httpx.AsyncClient
) -> None:
    assert (await client.get("/metrics")).status_code == 200
    proxied = await client.get("/metrics", headers={"X-Forwarded-For": "127.0.0.1"})
    assert (proxied.status_code, proxied.json()["code"]) == (401, "unauthenticated")
    house.settings.metrics_token = SecretStr("figures please")
    try:
        async with elsewhere(house) as other:
            said = {
                token: (await other.get("/metrics", headers=_bearer(token))).status_code
                for token in ("figures please", "figures", "")
            }
    finally:
        house.settings.metrics_token = None
    assert said == {"figures please": 200, "figures": 401, "": 401}
    async with elsewhere(house) as other:
        assert (await other.get("/metrics", headers=_bearer("figures please"))).status_code == 401


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"} if token else {}


@pytest.mark.parametrize("code", sorted(catalogue))
async def test_every_problem_has_its_page(code: str, client: httpx.AsyncClient) -> None:
    as_json = await client.get(f"/problems/{code}")
    assert as_json.json()["type"] == f"/problems/{code}"
    page = await client.get(f"/problems/{code}", headers=HTML)
    assert page.headers["content-type"].startswith("text/html")
    assert code in page.text


async def test_the_index_lists_every_problem(client: httpx.AsyncClient) -> None:
    listed = (await client.get("/problems")).json()["items"]
    assert {kind["code"] for kind in listed} == set(catalogue)
    page = (await client.get("/problems", headers=HTML)).text
    assert all(f'href="problems/{code}"' in page for code in catalogue)


async def test_there_is_no_page_for_a_problem_that_does_not_exist(client: httpx.AsyncClient) -> None:
    assert (await client.get("/problems/imagined")).json()["code"] == "not_found"


async def test_the_contract_is_served_once_built(client: httpx.AsyncClient) -> None:
    first = await client.get("/openapi.json")
    assert first.json()["components"]["securitySchemes"].keys() == {"bearer", "client_credentials"}
    again = await client.get("/openapi.json", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/problems"])
async def test_pages_need_nothing_from_elsewhere(path: str, client: httpx.AsyncClient) -> None:
    page = await client.get(path, headers=HTML)
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    named = re.findall(r'(?:src|href|spec-url)="([^"]+)"', page.text)
    assert not [address for address in named if "//" in address]
    for address in named:
        assert (await client.get(f"/{address}")).status_code == 200, address


async def test_only_the_assets_of_the_pages_are_served(client: httpx.AsyncClient) -> None:
    for name in ("..%2Fapp.py", "pages.py", "%2e%2e", "redoc.standalone.js.map"):
        assert (await client.get(f"/docs/{name}")).status_code == 404
