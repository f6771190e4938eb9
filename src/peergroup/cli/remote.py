"""Speaking to a service over HTTP, with `PEERGROUP_URL` and `PEERGROUP_TOKEN`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from peergroup.cli.refusals import REJECTED, UNREACHABLE, USAGE, Refusal


class Remote:
    """One service, and one token. Every refusal becomes a `Refusal` in words."""

    def __init__(self, client: httpx.Client) -> None:
        self._client = client

    def call(self, method: str, path: str, **given: Any) -> Any:
        """The body of the answer."""
        try:
            answer = self._client.request(method, f"/v1{path}", **given)
        except httpx.TransportError as error:
            raise Refusal(
                f"{self._client.base_url} does not answer ({type(error).__name__}).",
                "Is the service running, and PEERGROUP_URL right?",
                code=UNREACHABLE,
            ) from error
        if answer.status_code >= 400:
            raise _refusal(answer)
        return answer.json()

    def pages(self, path: str) -> Iterator[Any]:
        """Every entry of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.call("GET", path, params={"limit": 200} | ({"cursor": cursor} if cursor else {}))
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return


def _refusal(answer: httpx.Response) -> Refusal:
    try:
        problem = answer.json()
        said = " ".join([problem["detail"], *(one["detail"] for one in problem.get("errors", []))])
    except (ValueError, KeyError, TypeError):
        return Refusal(f"The server answered {answer.status_code} without saying why.", code=UNREACHABLE)
    if answer.status_code == 401:
        return Refusal(
            said, "Make a key with 'peergroup keys make' and put it into PEERGROUP_TOKEN.", code=USAGE
        )
    return Refusal(said, code=UNREACHABLE if answer.status_code >= 500 else REJECTED)


@contextmanager
def service() -> Iterator[Remote]:
    """The service that the environment names."""
    token = os.environ.get("PEERGROUP_TOKEN")
    if not token:
        raise Refusal(
            "PEERGROUP_TOKEN is not set.",
            "Make a key with 'peergroup keys make' and put it there.",
            code=USAGE,
        )
    address = os.environ.get("PEERGROUP_URL", "http://localhost:8000")
    with httpx.Client(
        base_url=address, headers={"Authorization": f"Bearer {token}"}, timeout=httpx.Timeout(600, connect=10)
    ) as client:
        yield Remote(client)
