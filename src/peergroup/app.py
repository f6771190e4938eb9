"""The composition: one house per process, its rooms, its rings, and the application that serves them."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import lru_cache
from typing import Any
from uuid import UUID

from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

from peergroup import __version__, contract, operations, reference
from peergroup.access.identity import WHO, identify
from peergroup.access.oidc.issuers import Issuers
from peergroup.access.tokens import TokenFinder
from peergroup.access.validity import VALID
from peergroup.feed.lasting import Lasting
from peergroup.feed.live import Live
from peergroup.groups.standing import reach_of
from peergroup.kit import migrating, time, walls
from peergroup.kit.context import House
from peergroup.kit.database import Database
from peergroup.kit.finding import Finder
from peergroup.kit.limits import Ring
from peergroup.kit.mail import mailer_for
from peergroup.kit.meter import Meter
from peergroup.kit.mount import mount
from peergroup.kit.ratelimit import RateLimits
from peergroup.kit.reads.lane import Lanes, compiled_lanes
from peergroup.kit.refusals import answer_all_errors
from peergroup.kit.secrets import Vault
from peergroup.kit.settings import Settings
from peergroup.kit.strict import StrictRoute
from peergroup.rooms import ROOMS
from peergroup.webhooks.describing import describe
from peergroup.worker import Worker

log = logging.getLogger("peergroup")
EXPOSED = [
    "ETag",
    "Link",
    "Location",
    "Retry-After",
    "RateLimit",
    "RateLimit-Policy",
    "X-Request-Id",
    "Idempotent-Replayed",
    "Date",
]


def build_house(settings: Settings) -> House:
    """What this process works with. Nothing is connected yet."""
    return House(
        settings=settings,
        database=Database(settings),
        vault=Vault(settings.key),
        clock=time.now,
        find_token=TokenFinder(),
        identify=identify,
        who=WHO,
        valid=VALID,
        issuers=Issuers(),
        mailer=mailer_for(settings),
        reach_of=reach_of,
    )


def assemble(work: bool = False) -> FastAPI:
    """Every route, connected to nothing yet: enough to write the contract down."""
    app = FastAPI(
        title="Peergroup",
        version=__version__,
        lifespan=_lifespan(work),
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False},
    )
    app.router.route_class = StrictRoute
    rooms = [*ROOMS, operations.room, reference.room]
    for room in rooms:
        mount(app, room)
    describe(app)
    app.state.contract = lru_cache(maxsize=1)(lambda: contract.written(contract.build(app, rooms)).encode())
    return app


def create_app(
    settings: Settings | None = None, *, house: House | None = None, work: bool = False, hot: bool = True
) -> FastAPI:
    """The application. `work` starts a worker beside it; without `hot`, every route takes the ordinary way."""
    house = house or build_house(settings or Settings())
    app = assemble(work)
    app.state.house, app.state.live = house, Live(house)
    answer_all_errors(app)
    app.router.middleware_stack = Finder(app.router.routes, app.router.lifespan)
    app.add_middleware(Lanes, lanes=compiled_lanes(app, house) if hot else [])
    # Refreshing is not among them: its tokens cannot be guessed, and a whole office may share one address.
    strict = dict.fromkeys(("/v1/sign-in", "/v1/sign-in/redeem"), house.settings.sign_in_limit)
    app.add_middleware(RateLimits, limit=house.settings.rate_limit, strict=strict)
    if house.settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=house.settings.cors_origins,
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=600,
        )
    app.add_middleware(Ring)
    app.add_middleware(Meter)
    app.add_middleware(Lasting)
    return app


def _lifespan(work: bool) -> Any:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        house: House = app.state.house
        await _refuse_gaps(house)
        # What is there now stays: looking through it again and again would stop every request for 0.3 s at a time.
        gc.collect()
        gc.freeze()
        stop = asyncio.Event()
        worker = Worker(house)
        live: Live = app.state.live
        live.end_with_the_process()

        def wake(organization: UUID) -> None:
            worker.wake()
            live.wake(organization)

        house.wake = wake
        task = asyncio.create_task(worker.run(stop)) if work else None
        yield
        stop.set()
        if task is not None:
            await task
        await house.database.close()

    return lifespan


async def _refuse_gaps(house: House) -> None:
    """Serve nothing where a wall has a gap, however the server was started.

    A database that does not answer yet, or has an outdated schema, is for `/readyz` to tell.
    """
    if house.settings.is_sqlite:
        return
    with suppress(OSError):
        gaps = await migrating.ask(
            house.settings, lambda one: walls.gaps(one) if migrating.schema_state(one) == "current" else []
        )
        if gaps:
            raise RuntimeError(f"One organization could see another's data: {'; '.join(gaps)}.")
