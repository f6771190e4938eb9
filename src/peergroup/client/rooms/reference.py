"""What the refusals mean.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from peergroup.client import answers
from peergroup.client.asking import Ask, segment

if TYPE_CHECKING:
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.synchronous import Peergroup


class Reference:
    """What the refusals mean."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list_problems(self) -> Page[answers.ProblemKind]:
        """Every kind of refusal there is.

        A page for browsers, JSON for everybody else.

        `GET /problems`, operation `list_problems`.
        """
        return self._speaker.pages(Ask("GET", "/problems", answers.ProblemKind))

    def get_problem(self, code: str) -> answers.ProblemKind:
        """What one kind of refusal means, and what to do about it.

        A page for browsers, JSON for everybody else.

        `GET /problems/{code}`, operation `get_problem`.

        Args:
            code: Code of a problem.
        """
        return self._speaker.send(Ask("GET", f"/problems/{segment(code)}", answers.ProblemKind))


class AsyncReference:
    """What the refusals mean."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list_problems(self) -> Listing[answers.ProblemKind]:
        """Every kind of refusal there is.

        A page for browsers, JSON for everybody else.

        `GET /problems`, operation `list_problems`.
        """
        return self._speaker.pages(Ask("GET", "/problems", answers.ProblemKind))

    async def get_problem(self, code: str) -> answers.ProblemKind:
        """What one kind of refusal means, and what to do about it.

        A page for browsers, JSON for everybody else.

        `GET /problems/{code}`, operation `get_problem`.

        Args:
            code: Code of a problem.
        """
        return await self._speaker.send(Ask("GET", f"/problems/{segment(code)}", answers.ProblemKind))
