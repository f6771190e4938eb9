"""Server-sent events: how a fact, a sign of life and the end of a stream look on the wire."""

from starlette.types import Message

from peergroup.feed.schemas import EventOut
from peergroup.kit.answers import dump


def part(chunk: bytes) -> Message:
    """Bytes as a part of an answer that goes on; one message serves everybody who gets the same."""
    return {"type": "http.response.body", "body": chunk, "more_body": True}


PING = part(b": still here\n\n")


def encoded(event: EventOut) -> bytes:
    """A fact as a server-sent event; its id is what `Last-Event-ID` resumes with."""
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (event.id.encode(), event.type.encode(), dump(event))


def opening(cursor: str) -> Message:
    """How a stream begins: how long to wait before coming back, and the id to come back with."""
    return part(b"retry: 2000\nid: %s\n: listening\n\n" % cursor.encode())


def closed(reason: str) -> Message:
    """The last word of a stream. Coming back at once makes sense for `too_slow` and `interrupted`."""
    chunk = b'event: closed\ndata: {"reason":"%s"}\n\n' % reason.encode()
    return {"type": "http.response.body", "body": chunk, "more_body": False}
