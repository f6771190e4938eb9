"""`peergroup serve`: the API and its worker, in one process or several."""

import asyncio
from typing import Annotated

from cyclopts import Parameter

from peergroup.cli.refusals import USAGE, Refusal


def serve(
    *,
    host: Annotated[str, Parameter(help="Address to listen on; 0.0.0.0 for everybody.")] = "127.0.0.1",
    port: Annotated[int, Parameter(help="Port to listen on; 0 picks a free one.")] = 8000,
    workers: Annotated[int, Parameter(help="Processes that answer requests on this port.")] = 1,
    worker: Annotated[bool, Parameter(help="Perform due jobs beside the API.")] = True,
) -> None:
    """Serve the API, with a worker beside it, until SIGTERM or Ctrl-C.

    SQLite is migrated first; on PostgreSQL run 'peergroup migrate' before a new version.
    """
    if workers < 1 or not 0 <= port <= 65_535:
        raise Refusal("--workers must be at least 1, and --port between 0 and 65535.", code=USAGE)
    from peergroup.cli import serving, starting

    settings = starting.settings()
    asyncio.run(starting.make_ready(settings))
    listening = serving.listen(host, port)
    settings = serving.reached_at(listening, settings)
    hello = serving.greeting(listening, settings, workers, works=worker)
    if workers == 1:
        serving.alone(listening, settings, works=worker, hello=hello)
    else:
        serving.together(listening, workers, works=worker, hello=hello)
