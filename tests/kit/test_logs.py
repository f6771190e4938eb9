"""What is logged: our own lines, as JSON, and nobody's addresses."""

import subprocess
import sys

from tests.matrix.source import ROOT

ASK = """
import logging, threading
from http.server import BaseHTTPRequestHandler, HTTPServer
import httpx
from peergroup.kit.logs import start_logging

start_logging("debug")
server = HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
threading.Thread(target=server.handle_request, daemon=True).start()
answer = httpx.get(f"http://127.0.0.1:{server.server_port}/hooks/a-secret-in-the-path", trust_env=False)
logging.getLogger("peergroup").info("it answered %s", answer.status_code)
"""


def test_an_address_that_is_asked_is_not_written_down() -> None:
    asked = subprocess.run(
        [sys.executable, "-c", ASK],
        check=True,
        cwd=ROOT,
        env={"PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    ours = [line for line in asked.stderr.splitlines() if '"logger": "peergroup"' in line]
    assert len(ours) == 1, asked.stderr
    assert "it answered 501" in ours[0]
    assert not [line for line in asked.stderr.splitlines() if "a-secret" in line and '"logger"' in line]
