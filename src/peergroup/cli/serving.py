"""Serving requests: one process with its worker inside, or several on one socket."""

import os
import signal
import socket
import tempfile
from ipaddress import ip_address

import uvicorn
from fastapi import FastAPI

from peergroup import __version__
from peergroup.app import create_app
from peergroup.cli.fleet import Fleet, follow_the_parent
from peergroup.cli.refusals import Refusal
from peergroup.kit.logs import start_logging
from peergroup.kit.meter import FOLDER
from peergroup.kit.settings import Settings

PATIENCE_SECONDS = 8
BACKLOG = 2_048


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to this address; port 0 becomes a free one."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)  # from now on callers wait instead of being turned away
    except OSError as error:
        why = error.strerror or "unknown address"
        raise Refusal(
            f"Cannot listen on {host} port {port}: {why}.", "Choose another --host or --port."
        ) from error
    listening.set_inheritable(True)
    return listening


def address_of(listening: socket.socket) -> str:
    """Where a socket is reached over HTTP."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}"


def reached_at(listening: socket.socket, settings: Settings) -> Settings:
    """Let mails name the address that is listened on, unless another one is configured."""
    if "public_url" in settings.model_fields_set:
        return settings
    host, port = listening.getsockname()[:2]
    address = f"http://localhost:{port}" if ip_address(host).is_unspecified else address_of(listening)
    os.environ["PEERGROUP_PUBLIC_URL"] = address  # for the processes that this one starts
    return settings.model_copy(update={"public_url": address})


def greeting(listening: socket.socket, settings: Settings, workers: int, *, works: bool) -> str:
    """The line that tells the operator what runs where."""
    address = address_of(listening)
    kind = "SQLite" if settings.is_sqlite else "PostgreSQL"
    crew = f"{workers} process{'es' if workers > 1 else ''}, {'with' if works else 'without'} a worker"
    return f"Peergroup {__version__} serves {address}, docs at {address}/docs ({kind}; {crew})."


def configuration(app: FastAPI | str, workers: int = 1) -> uvicorn.Config:
    """How requests are served. No access log: it costs more than many a request, and /metrics counts them."""
    return uvicorn.Config(
        app,
        factory=isinstance(app, str),
        workers=workers,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )


def application() -> FastAPI:
    """The application of one process among several; due jobs are somebody else's."""
    follow_the_parent()
    settings = Settings()
    start_logging(settings.log_level)
    return create_app(settings)


def alone(listening: socket.socket, settings: Settings, *, works: bool, hello: str) -> None:
    """Serve from this process until a signal says to stop."""
    start_logging(settings.log_level)
    server = uvicorn.Server(configuration(create_app(settings, work=works)))
    # From the first moment on: the server listens to signals only while it runs, and repeats them afterwards.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)
    print(hello, flush=True)
    try:
        server.run(sockets=[listening])
    except SystemExit as end:
        raise Refusal("The service could not start.", "The log above says why.") from end


def together(listening: socket.socket, workers: int, *, works: bool, hello: str) -> None:
    """Serve from several processes, and look after them until a signal says to stop."""
    start_logging(Settings().log_level)
    with tempfile.TemporaryDirectory(prefix="peergroup-metrics-") as folder:
        os.environ.setdefault(FOLDER, folder)
        fleet = Fleet(configuration("peergroup.cli.serving:application", workers), [listening], works=works)
        print(hello, flush=True)
        fleet.run()
    if fleet.failed:
        raise Refusal("The service could not start.", "The log above says why.")
