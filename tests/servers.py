"""Real processes for tests that need them: API servers and workers on one database, started and killed by pid."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.databases import SECRET, started_postgres


def free_port() -> int:
    """A port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(url: str) -> dict[str, str]:
    """What a process of the service needs to work on this database."""
    return os.environ | {
        "PEERGROUP_DATABASE_URL": url,
        "PEERGROUP_SECRET": SECRET,
        "PEERGROUP_RATE_LIMIT": "off",
        "PEERGROUP_SIGN_IN_LIMIT": "off",
        "PEERGROUP_LOG_LEVEL": "error",
        "PEERGROUP_OUTGOING_ALLOW": '["127.0.0.0/8"]',
        "PYTHONPATH": "src",
    }


@dataclass
class Server:
    """One API process. `kill` is SIGKILL: nothing in it gets a chance to tidy up."""

    url: str
    port: int = field(default_factory=free_port)
    process: Any = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Server":
        command = [
            sys.executable,
            "-m",
            "uvicorn",
            "peergroup.app:create_app",
            "--factory",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--log-level",
            "error",
        ]
        self.process = subprocess.Popen(command, env=environment(self.url))
        return self

    def wait(self, seconds: float = 120) -> "Server":
        """Until it answers, which takes a busy machine its time; one that has ended is not waited for."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if httpx.get(f"{self.address}/livez", timeout=2).status_code < 500:
                    return self
            except httpx.TransportError:
                time.sleep(0.05)
        raise TimeoutError(f"no server on port {self.port}; its exit code: {self.process.poll()}")

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, as an operator would."""
        self.process.terminate()
        self.process.wait(20)


@dataclass
class WorkerProcess:
    """One worker process."""

    url: str
    process: Any = None

    def start(self) -> "WorkerProcess":
        code = (
            "import asyncio; from peergroup.app import build_house; from peergroup.kit.settings import Settings;"
            " from peergroup.worker import Worker; asyncio.run(Worker(build_house(Settings())).run(asyncio.Event()))"
        )
        self.process = subprocess.Popen([sys.executable, "-c", code], env=environment(self.url))
        return self

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@dataclass
class Postgres:
    """A database server of one test's own, which may be killed; `start` brings it back with what it had stored."""

    folder: Path
    server: Any = None

    @property
    def url(self) -> str:
        return str(self.server.get_uri())

    def start(self) -> "Postgres":
        if self.server is None:
            self.server = started_postgres(self.folder)
            return self
        for _ in range(3):  # it waits ten seconds for the recovery, which a busy machine may need twice
            with contextlib.suppress(subprocess.SubprocessError):
                self.server.ensure_postgres_running()
                return self
        raise TimeoutError("the database did not come back")

    def kill(self) -> None:
        """SIGKILL for all of its processes: nothing is written any more, nobody says goodbye."""
        first = psutil.Process(self.server.get_pid())
        everyone = [first, *first.children(recursive=True)]
        for process in everyone:
            process.kill()
        psutil.wait_procs(everyone, timeout=10)

    def stop(self) -> None:
        """Ask it to end, and remove what it stored."""
        self.server.cleanup()
