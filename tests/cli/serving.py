"""A service that runs beside the test, and what the test may ask of it."""

import contextlib
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx

from tests.installed import Installed


class Running:
    """A `peergroup serve` that has said where it listens."""

    def __init__(self, process: subprocess.Popen[str], address: str) -> None:
        self.process, self.address = process, address

    def get(self, path: str, **given: Any) -> httpx.Response:
        return httpx.get(self.address + path, timeout=20, **given)

    def children(self) -> list[int]:
        """Its processes besides the one that looks after them, without Python's resource tracker."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        commands = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in listed}
        return [pid for pid, command in commands.items() if b"spawn_main" in command]

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal and wait for the end; gives the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=60)


@contextlib.contextmanager
def serving(installed: Installed, *words: str) -> Iterator[Running]:
    """A service on a free port; it is stopped at the end, if the test has not done so."""
    process = installed.start("serve", "--port", "0", *words)
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+?:\d+", said)
        assert found is not None, said + process.stdout.read()
        yield Running(process, found[0])
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=60)


def eventually(holds: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether something comes true within this time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with contextlib.suppress(httpx.HTTPError, OSError):
            if holds():
                return True
        time.sleep(0.05)
    return False
