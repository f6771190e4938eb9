"""Somebody with an address and a token. Nothing of the service is imported here."""

from dataclasses import dataclass
from typing import Any

import httpx

Json = dict[str, Any]


@dataclass(frozen=True)
class Player:
    """Speaks HTTP in somebody's name."""

    client: httpx.AsyncClient
    token: str

    async def ask(self, method: str, path: str, body: Json | None = None) -> httpx.Response:
        """The bare answer."""
        headers = {"Authorization": f"Bearer {self.token}"}
        given = {} if body is None else {"json": body}
        return await self.client.request(method, path, headers=headers, **given)

    async def must(self, method: str, path: str, body: Json | None = None) -> Json:
        """The body of an answer that has to be a success."""
        answer = await self.ask(method, path, body)
        assert answer.is_success, f"{method} {path} {body}\n{answer.status_code} {answer.text}"
        return dict(answer.json()) if answer.content else {}

    async def refused(self, method: str, path: str, body: Json | None = None) -> Json | None:
        """The problem of a refusal, None where there was none; anything but a 4xx fails."""
        answer = await self.ask(method, path, body)
        if answer.is_success:
            return None
        assert 400 <= answer.status_code < 500, f"{method} {path} {body}\n{answer.status_code} {answer.text}"
        return dict(answer.json())

    async def all_of(self, path: str) -> list[Json]:
        """Every entry of a list, page by page."""
        found, cursor = [], ""
        while True:
            page = await self.must("GET", f"{path}?limit=200{cursor}")
            found += page["items"]
            if page["next_cursor"] is None:
                return found
            cursor = f"&cursor={page['next_cursor']}"
