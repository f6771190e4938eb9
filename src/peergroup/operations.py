"""Routes for whoever runs the service: is it alive, is it ready, what does it do, which version is it."""

import datetime as dt
import hmac
import ipaddress
import math
from typing import Annotated, Literal

from fastapi import Depends, Request, Response
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from pydantic import Field
from sqlalchemy import case, func, select
from sqlalchemy.exc import SQLAlchemyError

from peergroup import __version__
from peergroup.kit import meter
from peergroup.kit.context import House
from peergroup.kit.entrance import bearer, house_of
from peergroup.kit.jobs import Job, Sign
from peergroup.kit.migrating import State, schema_state
from peergroup.kit.policy import PUBLIC
from peergroup.kit.problems import UNAUTHENTICATED, Problem, problem_type
from peergroup.kit.refusals import rendered
from peergroup.kit.routing import Room
from peergroup.kit.time import Instant
from peergroup.kit.wire import Out

room = Room("operations", "For whoever runs the service: probes, figures, version.", prefix="")
NOT_READY = problem_type(
    "not_ready",
    503,
    "The service is not ready",
    "Its operator reads in the detail what is missing; everybody else repeats the request later.",
)
WORKER_ALIVE = dt.timedelta(seconds=60)
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
HouseOf = Annotated[House, Depends(house_of)]


class Alive(Out):
    """The process answers."""

    status: Literal["alive"] = Field(description="Always `alive`.", examples=["alive"])


class Readiness(Out):
    """Whether requests can be served, and what that depends on."""

    status: Literal["ready", "not_ready"] = Field(description="The verdict.", examples=["ready"])
    database: Literal["reachable", "unreachable"] = Field(description="The database.", examples=["reachable"])
    tables: State | None = Field(
        description="How the tables stand to this version; null where the database is not reachable.",
        examples=["current"],
    )
    worker: Literal["alive", "silent"] = Field(
        description="Whether a worker gave a sign of life in the last minute; requests do not wait for it.",
        examples=["alive"],
    )
    worker_seen_at: Instant | None = Field(
        description="The last sign of life of any worker; null before the first."
    )


class Version(Out):
    """What runs here."""

    version: str = Field(description="Version of the service.", max_length=40, examples=["0.1.0"])
    api: Literal["v1"] = Field(description="Version of the contract.", examples=["v1"])


@room.get("/livez", PUBLIC)
async def check_liveness() -> Alive:
    """Is the process alive."""
    return Alive(status="alive")


@room.get("/version", PUBLIC)
async def get_version() -> Version:
    """Which version runs here."""
    return Version(version=__version__, api="v1")


@room.get("/readyz", PUBLIC)
async def check_readiness(request: Request, house: HouseOf) -> Readiness:
    """Is the service ready.

    503 with the same members while the database is not reachable or its tables are not those of this version.
    """
    tables, seen_at = await _look(house)
    alive = seen_at is not None and house.clock() - seen_at < WORKER_ALIVE
    found = Readiness(
        status="ready" if tables == "current" else "not_ready",
        database="unreachable" if tables is None else "reachable",
        tables=tables,
        worker="alive" if alive else "silent",
        worker_seen_at=seen_at,
    )
    if found.status == "ready":
        return found
    refusal = found.model_dump(mode="json", exclude={"status"})
    return rendered(NOT_READY, _why(tables), request, retry_after=5, **refusal)  # type: ignore[return-value]  # a refusal


def _why(tables: State | None) -> str:
    if tables is None:
        return "The database is not reachable."
    return f"The tables are not those of this version ({tables}): run 'peergroup migrate'."


async def _look(house: House) -> tuple[State | None, dt.datetime | None]:
    try:
        async with house.database.engine.connect() as connection:
            tables = await connection.run_sync(schema_state)
            if tables != "current":
                return tables, None
            return tables, await connection.scalar(select(func.max(Sign.seen_at)))
    except (SQLAlchemyError, OSError):
        return None, None


@room.get("/metrics", PUBLIC, errors=(401,), answers_with=("text/plain",))
async def read_metrics(request: Request, house: HouseOf) -> Response:
    """Figures for Prometheus.

    With the operator's metrics token as bearer, or from the machine itself without a proxy in between.
    """
    if not _is_local(request):
        _require_token(request, house)
    return Response(
        meter.exposed(await _jobs(house)), headers={"Cache-Control": "no-store"}, media_type=meter.MEDIA_TYPE
    )


def _is_local(request: Request) -> bool:
    # Behind a proxy on the same machine everybody seems to come from here.
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


def _require_token(request: Request, house: House) -> None:
    expected = house.settings.metrics_token
    said = bearer(request).encode()
    if expected is None or not hmac.compare_digest(said, expected.get_secret_value().encode()):
        raise Problem(UNAUTHENTICATED, "Send the metrics token that the operator has set.")


async def _jobs(house: House) -> CollectorRegistry:
    """Due work as it stands in the database: the same whichever process is asked."""
    now = house.clock()
    state = case((Job.dead_at.is_not(None), "dead"), (Job.due_at <= now, "waiting"), else_="scheduled")
    async with house.database.transaction(None, writes=False) as db:
        rows = await db.execute(select(state, func.count()).group_by(state))
        counts = {row[0]: row[1] for row in rows}
        seen_at = await db.scalar(select(func.max(Sign.seen_at)))
    jobs = GaugeMetricFamily("peergroup_jobs", "Jobs by what they wait for.", labels=["state"])
    for name in ("waiting", "scheduled", "dead"):
        jobs.add_metric([name], counts.get(name, 0))
    silence = (now - seen_at).total_seconds() if seen_at else math.inf
    since = GaugeMetricFamily(
        "peergroup_worker_silence_seconds", "Since a worker's last sign of life.", silence
    )
    registry = CollectorRegistry()
    registry.register(meter.Found([jobs, since]))
    return registry
