"""Runs as tests need them: opened, filled with a few lines, applied."""

from typing import Any

from httpx import Response

from tests.world import Actor

CSV = {"Content-Type": "text/csv"}


def lines(*rows: str, header: str = "id,name,email") -> bytes:
    """A small export."""
    return "\n".join([header, *rows]).encode() + b"\n"


async def staged(who: Actor, source: str, content: bytes, **more: Any) -> str:
    """The id of a run that waits to be applied."""
    made = await who.post("/sync-runs", {"source": source, **more})
    assert made.status_code == 201, made.text
    run_id: str = made.json()["id"]
    sent = await who.call("POST", f"/sync-runs/{run_id}/records", content=content, headers=CSV)
    assert (sent.status_code, sent.json()["state"]) == (200, "staged"), sent.text
    return run_id


async def applied(
    who: Actor, source: str, content: bytes, confirm: int | None = None, **more: Any
) -> dict[str, Any]:
    """The applied run with its results."""
    run_id = await staged(who, source, content, **more)
    answer = await apply(who, run_id, confirm)
    assert answer.status_code == 200, answer.text
    results = await who.get(f"/sync-runs/{run_id}/results?limit=200")
    return answer.json() | {"results": results.json()["items"]}


async def apply(who: Actor, run_id: str, confirm: int | None = None) -> Response:
    """What applying a run is answered with."""
    query = "" if confirm is None else f"?confirm_removals={confirm}"
    return await who.post(f"/sync-runs/{run_id}/apply{query}")


async def person(who: Actor, source: str, external_id: str) -> dict[str, Any]:
    """Who is known under a reference."""
    answer = await who.get(f"/people/by-reference/{source}/{external_id}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found
