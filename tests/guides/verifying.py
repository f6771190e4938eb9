"""The guide's code that verifies webhooks, and messages to try it on: `python -m tests.guides.verifying FOLDER`.

Writes `verified.ts`, the guide's TypeScript as it stands, and `messages.json` into the folder.
"""

import base64
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

from peergroup.kit import time
from peergroup.webhooks import signing
from tests.matrix.source import ROOT

GUIDE = ROOT / "docs" / "integrators.md"
KEY, OTHER = bytes(range(32)), bytes(range(32, 64))


def code(language: str) -> str:
    """The one block of the guide in this language."""
    (block,) = re.findall(rf"^```{language}\n(.*?)^```$", GUIDE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    return str(block)


def messages() -> list[dict[str, Any]]:
    """Messages as the service signs them, and what can be wrong with them: each with `right`, the verdict."""
    secret = signing.PREFIX + base64.b64encode(KEY).decode()
    body, now = '{"type":"person.created","data":{"name":"Østergård"}}', time.now()

    def signed(*keys: bytes, at: dt.datetime = now) -> dict[str, str]:
        return signing.headers(list(keys), uuid4(), at, body.encode())

    def one(headers: dict[str, str], right: bool, said: str = body) -> dict[str, Any]:
        return {"secret": secret, "headers": headers, "body": said, "right": right}

    whole = signed(KEY)
    signature = whole["webhook-signature"]
    wrong = [
        one(signed(OTHER), False),
        one(whole, False, body.replace("created", "deleted")),
        one(signed(KEY, at=now - dt.timedelta(minutes=6)), False),
        one(signed(KEY, at=now + dt.timedelta(minutes=6)), False),
    ]
    for name, value in (
        ("webhook-id", "msg_other"),
        ("webhook-timestamp", str(int(whole["webhook-timestamp"]) + 1)),
        ("webhook-timestamp", "NaN"),
        ("webhook-timestamp", ""),
        ("webhook-signature", ""),
        ("webhook-signature", "v1,"),
        ("webhook-signature", "v1,not base64"),
        ("webhook-signature", signature.replace("v1,", "v2,")),
        ("webhook-signature", signature[:-4] + "AAA="),
    ):
        wrong.append(one(whole | {name: value}, False))
    for name in ("webhook-id", "webhook-timestamp", "webhook-signature"):
        wrong.append(one({key: value for key, value in whole.items() if key != name}, False))
    right = [one(whole, True), one(signed(KEY, OTHER), True), one(signed(OTHER, KEY), True)]
    return right + wrong


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    (folder / "verified.ts").write_text(code("typescript"), "utf-8")
    (folder / "messages.json").write_text(json.dumps(messages()), "utf-8")
