"""One member's problem: parked, worked on by everybody else, and what came of it.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client.asking import Absent, Id, Match, Time
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Challenges:
    """One member's problem: parked, worked on by everybody else, and what came of it."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        state: Literal[
            "parked",
            "submitted",
            "returned",
            "accepted",
            "in_progress",
            "committed",
            "follow_up_due",
            "resolved",
            "withdrawn",
            "dropped",
        ]
        | None = None,
        owner: Literal["me"] | Id | None = None,
        session_id: Id | None = None,
    ) -> Page[answers.ChallengeBrief]:
        """The challenges of a group that you may see, the newest first.

        `GET /v1/groups/{group_id}/challenges`, operation `list_challenges`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
            state: Only challenges in this state.
            owner: Only challenges that you see to be this person's; `me`: your own, drafts
                included.
            session_id: Only challenges of this session.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/challenges",
                answers.ChallengeBrief,
                query={
                    "limit": limit,
                    "cursor": cursor,
                    "state": state,
                    "owner": owner,
                    "session_id": session_id,
                },
            )
        )

    def create(
        self,
        group_id: Id,
        *,
        question: str,
        context: str | Absent | None = ABSENT,
        tried: str | Absent | None = ABSENT,
        help_wanted: Literal["experience", "ideas", "introductions", "challenge_me"] | Absent | None = ABSENT,
        importance: int | Absent = ABSENT,
        urgency: int | Absent = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        draft: bool | Absent = ABSENT,
        protocol: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Put a problem into the parking lot.

        `POST /v1/groups/{group_id}/challenges`, operation `create_challenge`.

        Args:
            group_id: Identifier of the resource.
            question: The problem as a question: 'How do I …?'
            context: What one needs to know.
            tried: What was tried already.
            help_wanted: What would help most.
            importance: How much depends on it, from 1 to 5.
            urgency: How soon it is needed, from 1 to 5.
            confidentiality: Who reads it.
            draft: Whether only you see it for now.
            protocol: The method to work on it with; `ten_brains` if left out.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/challenges",
                answers.ChallengeOut,
                body=given(
                    question=question,
                    context=context,
                    tried=tried,
                    help_wanted=help_wanted,
                    importance=importance,
                    urgency=urgency,
                    confidentiality=confidentiality,
                    draft=draft,
                    protocol=protocol,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def get_parking_lot(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.ParkedOut]:
        """What waits for a hot seat, in the order in which it should get one, each with the reason.

        `GET /v1/groups/{group_id}/parking-lot`, operation `get_parking_lot`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/parking-lot",
                answers.ParkedOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def get_hot_seat_rotation(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.TurnOut]:
        """Whose turn it is: the members in the order in which they should get a hot seat, each with
        the reason.

        `GET /v1/groups/{group_id}/hot-seat-rotation`, operation `get_hot_seat_rotation`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/hot-seat-rotation",
                answers.TurnOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    def get(self, challenge_id: Id, *, if_none_match: None = None) -> answers.ChallengeOut: ...
    @overload
    def get(self, challenge_id: Id, *, if_none_match: str | Record) -> answers.ChallengeOut | NotChanged: ...
    def get(self, challenge_id: Id, *, if_none_match: Match = None) -> answers.ChallengeOut | NotChanged:
        """One challenge with its whole thread: exercise, contributions, marks and promises.

        `GET /v1/challenges/{challenge_id}`, operation `get_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask(
                "GET",
                f"/v1/challenges/{segment(challenge_id)}",
                answers.ChallengeOut,
                if_none_match=if_none_match,
            )
        )

    def update(
        self,
        challenge_id: Id,
        *,
        question: str | Absent = ABSENT,
        context: str | Absent | None = ABSENT,
        tried: str | Absent | None = ABSENT,
        help_wanted: Literal["experience", "ideas", "introductions", "challenge_me"] | Absent | None = ABSENT,
        importance: int | Absent = ABSENT,
        urgency: int | Absent = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        draft: Literal[False] | Absent = ABSENT,
        protocol: str | Absent | None = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        position: int | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ChallengeOut:
        """Change what a challenge says, who reads it, or where it goes.

        `PATCH /v1/challenges/{challenge_id}`, operation `update_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            question: The problem as a question.
            context: What one needs to know; null clears it.
            tried: What was tried already; null clears it.
            help_wanted: What would help most.
            importance: How much depends on it.
            urgency: How soon it is needed.
            confidentiality: Who reads it. Narrowing works at once, for owner and moderator; only
                the owner widens.
            draft: False shows it to the group; there is no way back.
            protocol: The method; null for `ten_brains`.
            session_id: The session it gets; null takes it out of one.
            position: Its place among the challenges of that session, each held by one of them; a
                challenge that goes to another session without one has none there.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/challenges/{segment(challenge_id)}",
                answers.ChallengeOut,
                body=given(
                    question=question,
                    context=context,
                    tried=tried,
                    help_wanted=help_wanted,
                    importance=importance,
                    urgency=urgency,
                    confidentiality=confidentiality,
                    draft=draft,
                    protocol=protocol,
                    session_id=session_id,
                    position=position,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def submit(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Ask for a hot seat with your problem.

        `POST /v1/challenges/{challenge_id}/submit`, operation `submit_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/submit",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def accept(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take a problem for a hot seat.

        `POST /v1/challenges/{challenge_id}/accept`, operation `accept_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/accept",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def send_back(
        self, challenge_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Give a problem back to its owner, with a reason they will read.

        `POST /v1/challenges/{challenge_id}/send_back`, operation `send_back_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/send_back",
                answers.ChallengeOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def start(
        self,
        challenge_id: Id,
        *,
        mode: Literal["live", "async"] | Absent | None = ABSENT,
        deadlines: Mapping[str, Time] | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Begin to work on a problem: the exercise is made and started, and a running session moves
        to its hot seat.

        `POST /v1/challenges/{challenge_id}/start`, operation `start_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            mode: `live` or `async`. Left out: `live` where the challenge has a session that is
                neither completed nor cancelled, and that has to be in progress then; `async` where
                it has none.
            deadlines: When the phases of an asynchronous run end, by phase key.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/start",
                answers.ChallengeOut,
                body=given(mode=mode, deadlines=deadlines) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def commit(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Close the work on your problem with what you promised; the exercise ends.

        `POST /v1/challenges/{challenge_id}/commit`, operation `commit_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/commit",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def resolve(
        self,
        challenge_id: Id,
        *,
        outcome: Literal["worked", "partly", "not"],
        learned: str,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Tell whether it worked, and what you learned.

        `POST /v1/challenges/{challenge_id}/resolve`, operation `resolve_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            outcome: Whether it worked.
            learned: What was learned, for those who come after.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/resolve",
                answers.ChallengeOut,
                body=given(outcome=outcome, learned=learned),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def withdraw(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take your problem back; if it is being worked on, that ends.

        `POST /v1/challenges/{challenge_id}/withdraw`, operation `withdraw_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/withdraw",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def drop(
        self, challenge_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take a problem off the list, with a reason its owner will read.

        `POST /v1/challenges/{challenge_id}/drop`, operation `drop_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/drop",
                answers.ChallengeOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def list_actions(self, challenge_id: Id) -> answers.ActionsOut:
        """Which verbs this challenge admits now, with what stands in their way.

        `GET /v1/challenges/{challenge_id}/actions`, operation `list_challenge_actions`.

        Args:
            challenge_id: Identifier of the resource.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/challenges/{segment(challenge_id)}/actions", answers.ActionsOut)
        )

    def second(self, challenge_id: Id, *, if_match: Match = None) -> answers.SecondOut:
        """Say that it is your problem too.

        `PUT /v1/challenges/{challenge_id}/second`, operation `second_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("PUT", f"/v1/challenges/{segment(challenge_id)}/second", answers.SecondOut, if_match=if_match)
        )

    def take_back_second(self, challenge_id: Id, *, if_match: Match = None) -> None:
        """Say no longer that it is your problem too.

        `DELETE /v1/challenges/{challenge_id}/second`, operation `take_back_second`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/challenges/{segment(challenge_id)}/second", nothing, if_match=if_match)
        )

    def open(
        self, challenge_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ChallengeOut:
        """Let newcomers read a challenge that was worked on before their time.

        `PUT /v1/challenges/{challenge_id}/opened`, operation `open_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            opened: False closes it again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PUT",
                f"/v1/challenges/{segment(challenge_id)}/opened",
                answers.ChallengeOut,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )

    def release(
        self, challenge_id: Id, *, text: str, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Let the whole organization read what you learned, without names.

        `POST /v1/challenges/{challenge_id}/release`, operation `release_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            text: What was learned, without names: it is shown as it is.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/release",
                answers.ChallengeOut,
                body=given(text=text),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )


class AsyncChallenges:
    """One member's problem: parked, worked on by everybody else, and what came of it."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self,
        group_id: Id,
        *,
        limit: int | None = None,
        cursor: str | None = None,
        state: Literal[
            "parked",
            "submitted",
            "returned",
            "accepted",
            "in_progress",
            "committed",
            "follow_up_due",
            "resolved",
            "withdrawn",
            "dropped",
        ]
        | None = None,
        owner: Literal["me"] | Id | None = None,
        session_id: Id | None = None,
    ) -> Listing[answers.ChallengeBrief]:
        """The challenges of a group that you may see, the newest first.

        `GET /v1/groups/{group_id}/challenges`, operation `list_challenges`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
            state: Only challenges in this state.
            owner: Only challenges that you see to be this person's; `me`: your own, drafts
                included.
            session_id: Only challenges of this session.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/challenges",
                answers.ChallengeBrief,
                query={
                    "limit": limit,
                    "cursor": cursor,
                    "state": state,
                    "owner": owner,
                    "session_id": session_id,
                },
            )
        )

    async def create(
        self,
        group_id: Id,
        *,
        question: str,
        context: str | Absent | None = ABSENT,
        tried: str | Absent | None = ABSENT,
        help_wanted: Literal["experience", "ideas", "introductions", "challenge_me"] | Absent | None = ABSENT,
        importance: int | Absent = ABSENT,
        urgency: int | Absent = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        draft: bool | Absent = ABSENT,
        protocol: str | Absent | None = ABSENT,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Put a problem into the parking lot.

        `POST /v1/groups/{group_id}/challenges`, operation `create_challenge`.

        Args:
            group_id: Identifier of the resource.
            question: The problem as a question: 'How do I …?'
            context: What one needs to know.
            tried: What was tried already.
            help_wanted: What would help most.
            importance: How much depends on it, from 1 to 5.
            urgency: How soon it is needed, from 1 to 5.
            confidentiality: Who reads it.
            draft: Whether only you see it for now.
            protocol: The method to work on it with; `ten_brains` if left out.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/challenges",
                answers.ChallengeOut,
                body=given(
                    question=question,
                    context=context,
                    tried=tried,
                    help_wanted=help_wanted,
                    importance=importance,
                    urgency=urgency,
                    confidentiality=confidentiality,
                    draft=draft,
                    protocol=protocol,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    def get_parking_lot(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.ParkedOut]:
        """What waits for a hot seat, in the order in which it should get one, each with the reason.

        `GET /v1/groups/{group_id}/parking-lot`, operation `get_parking_lot`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/parking-lot",
                answers.ParkedOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def get_hot_seat_rotation(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.TurnOut]:
        """Whose turn it is: the members in the order in which they should get a hot seat, each with
        the reason.

        `GET /v1/groups/{group_id}/hot-seat-rotation`, operation `get_hot_seat_rotation`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/hot-seat-rotation",
                answers.TurnOut,
                query={"limit": limit, "cursor": cursor},
            )
        )

    @overload
    async def get(self, challenge_id: Id, *, if_none_match: None = None) -> answers.ChallengeOut: ...
    @overload
    async def get(
        self, challenge_id: Id, *, if_none_match: str | Record
    ) -> answers.ChallengeOut | NotChanged: ...
    async def get(
        self, challenge_id: Id, *, if_none_match: Match = None
    ) -> answers.ChallengeOut | NotChanged:
        """One challenge with its whole thread: exercise, contributions, marks and promises.

        `GET /v1/challenges/{challenge_id}`, operation `get_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask(
                "GET",
                f"/v1/challenges/{segment(challenge_id)}",
                answers.ChallengeOut,
                if_none_match=if_none_match,
            )
        )

    async def update(
        self,
        challenge_id: Id,
        *,
        question: str | Absent = ABSENT,
        context: str | Absent | None = ABSENT,
        tried: str | Absent | None = ABSENT,
        help_wanted: Literal["experience", "ideas", "introductions", "challenge_me"] | Absent | None = ABSENT,
        importance: int | Absent = ABSENT,
        urgency: int | Absent = ABSENT,
        confidentiality: Literal["group", "session_only", "chatham", "shareable"] | Absent = ABSENT,
        draft: Literal[False] | Absent = ABSENT,
        protocol: str | Absent | None = ABSENT,
        session_id: Id | Absent | None = ABSENT,
        position: int | Absent | None = ABSENT,
        if_match: Match = None,
    ) -> answers.ChallengeOut:
        """Change what a challenge says, who reads it, or where it goes.

        `PATCH /v1/challenges/{challenge_id}`, operation `update_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            question: The problem as a question.
            context: What one needs to know; null clears it.
            tried: What was tried already; null clears it.
            help_wanted: What would help most.
            importance: How much depends on it.
            urgency: How soon it is needed.
            confidentiality: Who reads it. Narrowing works at once, for owner and moderator; only
                the owner widens.
            draft: False shows it to the group; there is no way back.
            protocol: The method; null for `ten_brains`.
            session_id: The session it gets; null takes it out of one.
            position: Its place among the challenges of that session, each held by one of them; a
                challenge that goes to another session without one has none there.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/challenges/{segment(challenge_id)}",
                answers.ChallengeOut,
                body=given(
                    question=question,
                    context=context,
                    tried=tried,
                    help_wanted=help_wanted,
                    importance=importance,
                    urgency=urgency,
                    confidentiality=confidentiality,
                    draft=draft,
                    protocol=protocol,
                    session_id=session_id,
                    position=position,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def submit(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Ask for a hot seat with your problem.

        `POST /v1/challenges/{challenge_id}/submit`, operation `submit_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/submit",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def accept(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take a problem for a hot seat.

        `POST /v1/challenges/{challenge_id}/accept`, operation `accept_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/accept",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def send_back(
        self, challenge_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Give a problem back to its owner, with a reason they will read.

        `POST /v1/challenges/{challenge_id}/send_back`, operation `send_back_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/send_back",
                answers.ChallengeOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def start(
        self,
        challenge_id: Id,
        *,
        mode: Literal["live", "async"] | Absent | None = ABSENT,
        deadlines: Mapping[str, Time] | Absent | None = ABSENT,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Begin to work on a problem: the exercise is made and started, and a running session moves
        to its hot seat.

        `POST /v1/challenges/{challenge_id}/start`, operation `start_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            mode: `live` or `async`. Left out: `live` where the challenge has a session that is
                neither completed nor cancelled, and that has to be in progress then; `async` where
                it has none.
            deadlines: When the phases of an asynchronous run end, by phase key.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/start",
                answers.ChallengeOut,
                body=given(mode=mode, deadlines=deadlines) or ABSENT,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def commit(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Close the work on your problem with what you promised; the exercise ends.

        `POST /v1/challenges/{challenge_id}/commit`, operation `commit_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/commit",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def resolve(
        self,
        challenge_id: Id,
        *,
        outcome: Literal["worked", "partly", "not"],
        learned: str,
        if_match: Match = None,
        idempotency_key: str | None = None,
    ) -> answers.ChallengeOut:
        """Tell whether it worked, and what you learned.

        `POST /v1/challenges/{challenge_id}/resolve`, operation `resolve_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            outcome: Whether it worked.
            learned: What was learned, for those who come after.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/resolve",
                answers.ChallengeOut,
                body=given(outcome=outcome, learned=learned),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def withdraw(
        self, challenge_id: Id, *, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take your problem back; if it is being worked on, that ends.

        `POST /v1/challenges/{challenge_id}/withdraw`, operation `withdraw_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/withdraw",
                answers.ChallengeOut,
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def drop(
        self, challenge_id: Id, *, reason: str, if_match: Match = None, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Take a problem off the list, with a reason its owner will read.

        `POST /v1/challenges/{challenge_id}/drop`, operation `drop_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            reason: Why, in a sentence.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/drop",
                answers.ChallengeOut,
                body=given(reason=reason),
                if_match=if_match,
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    async def list_actions(self, challenge_id: Id) -> answers.ActionsOut:
        """Which verbs this challenge admits now, with what stands in their way.

        `GET /v1/challenges/{challenge_id}/actions`, operation `list_challenge_actions`.

        Args:
            challenge_id: Identifier of the resource.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/challenges/{segment(challenge_id)}/actions", answers.ActionsOut)
        )

    async def second(self, challenge_id: Id, *, if_match: Match = None) -> answers.SecondOut:
        """Say that it is your problem too.

        `PUT /v1/challenges/{challenge_id}/second`, operation `second_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("PUT", f"/v1/challenges/{segment(challenge_id)}/second", answers.SecondOut, if_match=if_match)
        )

    async def take_back_second(self, challenge_id: Id, *, if_match: Match = None) -> None:
        """Say no longer that it is your problem too.

        `DELETE /v1/challenges/{challenge_id}/second`, operation `take_back_second`.

        Args:
            challenge_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/challenges/{segment(challenge_id)}/second", nothing, if_match=if_match)
        )

    async def open(
        self, challenge_id: Id, *, opened: bool | Absent = ABSENT, if_match: Match = None
    ) -> answers.ChallengeOut:
        """Let newcomers read a challenge that was worked on before their time.

        `PUT /v1/challenges/{challenge_id}/opened`, operation `open_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            opened: False closes it again.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PUT",
                f"/v1/challenges/{segment(challenge_id)}/opened",
                answers.ChallengeOut,
                body=given(opened=opened) or ABSENT,
                if_match=if_match,
            )
        )

    async def release(
        self, challenge_id: Id, *, text: str, idempotency_key: str | None = None
    ) -> answers.ChallengeOut:
        """Let the whole organization read what you learned, without names.

        `POST /v1/challenges/{challenge_id}/release`, operation `release_challenge`.

        Args:
            challenge_id: Identifier of the resource.
            text: What was learned, without names: it is shown as it is.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/challenges/{segment(challenge_id)}/release",
                answers.ChallengeOut,
                body=given(text=text),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )
