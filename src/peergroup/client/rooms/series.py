"""Sessions that recur: by a rule, in local time.

Generated from openapi/openapi.json by `python -m peergroup.client.generating`: do not edit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, overload

from peergroup.client import answers
from peergroup.client.asking import ABSENT, Ask, given, segment
from peergroup.client.course import nothing

if TYPE_CHECKING:
    from peergroup.client import inputs
    from peergroup.client.asking import Absent, Id, Match
    from peergroup.client.asynchronous import AsyncPeergroup
    from peergroup.client.pages import Listing, Page
    from peergroup.client.records import NotChanged, Record
    from peergroup.client.synchronous import Peergroup


class Series:
    """Sessions that recur: by a rule, in local time."""

    def __init__(self, speaker: Peergroup) -> None:
        self._speaker = speaker

    def list(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Page[answers.SeriesBrief]:
        """The series of a group, the oldest first.

        `GET /v1/groups/{group_id}/series`, operation `list_series`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/series",
                answers.SeriesBrief,
                query={"limit": limit, "cursor": cursor},
            )
        )

    def create(
        self,
        group_id: Id,
        *,
        rule: str,
        local_start: str,
        time_zone: str | Absent | None = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent | None = ABSENT,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentPlan] | Absent | None = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SeriesOut:
        """Make a series and schedule all its sessions; a dry run shows them.

        `POST /v1/groups/{group_id}/series`, operation `create_series`.

        Args:
            group_id: Identifier of the resource.
            rule: When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY),
                INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an
                end it goes on for as long as a series may be: 200 occurrences or 5 years, whichever
                comes first.
            local_start: When the first one begins, on a day of the rule: what the clock on the wall
                shows, as it does on every further day.
            time_zone: Zone of `local_start`; the group's if left out.
            dst_policy: What to do where the clocks skip the time on a day: refuse the series, or
                begin later there.
            minutes: How long each takes, in minutes; as long as the agenda, else 120, if left out.
            title: Name of each meeting.
            theme_id: Their theme, from the library.
            place: Where they are.
            agenda: The segments of each, in order.
            agenda_template_id: Template of the agenda; the group's if neither this nor `agenda` is
                sent.
            dry_run: Show what would come of it, and change nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/series",
                answers.SeriesOut,
                query={"dry_run": dry_run},
                body=given(
                    rule=rule,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    capacity=capacity,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    def get(self, series_id: Id, *, if_none_match: None = None) -> answers.SeriesOut: ...
    @overload
    def get(self, series_id: Id, *, if_none_match: str | Record) -> answers.SeriesOut | NotChanged: ...
    def get(self, series_id: Id, *, if_none_match: Match = None) -> answers.SeriesOut | NotChanged:
        """One series with its sessions that are to come.

        `GET /v1/series/{series_id}`, operation `get_series`.

        Args:
            series_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return self._speaker.send(
            Ask("GET", f"/v1/series/{segment(series_id)}", answers.SeriesOut, if_none_match=if_none_match)
        )

    def update(
        self,
        series_id: Id,
        *,
        rule: str | Absent = ABSENT,
        local_start: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent = ABSENT,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentPlan] | Absent = ABSENT,
        agenda_template_id: Id | Absent = ABSENT,
        dry_run: bool | None = None,
        if_match: Match = None,
    ) -> answers.SeriesOut:
        """Change a series and all its sessions that are to come, but for what was changed by hand
        there.

        Sessions are recognized by their day: those on days that the rule keeps stay the same
        sessions, with all that hangs on them. Those on other days go, or are cancelled where
        something hangs on them.

        `PATCH /v1/series/{series_id}`, operation `update_series`.

        Args:
            series_id: Identifier of the resource.
            rule: When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY),
                INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an
                end it goes on for as long as a series may be: 200 occurrences or 5 years, whichever
                comes first.
            local_start: When the first one begins; as before, or on the first day of the new rule,
                if left out.
            time_zone: New zone of `local_start`.
            dst_policy: What to do where the clocks skip the time.
            minutes: How long it takes, in minutes.
            title: New name; null clears it.
            theme_id: New theme; null clears it.
            place: New place; null clears it.
            agenda: The new segments, in order.
            agenda_template_id: Template of the new agenda.
            dry_run: Show what would come of it, and change nothing.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/series/{segment(series_id)}",
                answers.SeriesOut,
                query={"dry_run": dry_run},
                body=given(
                    rule=rule,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    capacity=capacity,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    def delete(self, series_id: Id, *, if_match: Match = None) -> None:
        """Take a series back: what is to come of it goes, or is cancelled where something hangs on
        it.

        `DELETE /v1/series/{series_id}`, operation `delete_series`.

        Args:
            series_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return self._speaker.send(
            Ask("DELETE", f"/v1/series/{segment(series_id)}", nothing, if_match=if_match)
        )


class AsyncSeries:
    """Sessions that recur: by a rule, in local time."""

    def __init__(self, speaker: AsyncPeergroup) -> None:
        self._speaker = speaker

    def list(
        self, group_id: Id, *, limit: int | None = None, cursor: str | None = None
    ) -> Listing[answers.SeriesBrief]:
        """The series of a group, the oldest first.

        `GET /v1/groups/{group_id}/series`, operation `list_series`.

        Args:
            group_id: Identifier of the resource.
            limit: How many entries at most.
            cursor: `next_cursor` of the previous page.
        """
        return self._speaker.pages(
            Ask(
                "GET",
                f"/v1/groups/{segment(group_id)}/series",
                answers.SeriesBrief,
                query={"limit": limit, "cursor": cursor},
            )
        )

    async def create(
        self,
        group_id: Id,
        *,
        rule: str,
        local_start: str,
        time_zone: str | Absent | None = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent | None = ABSENT,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentPlan] | Absent | None = ABSENT,
        agenda_template_id: Id | Absent | None = ABSENT,
        dry_run: bool | None = None,
        idempotency_key: str | None = None,
    ) -> answers.SeriesOut:
        """Make a series and schedule all its sessions; a dry run shows them.

        `POST /v1/groups/{group_id}/series`, operation `create_series`.

        Args:
            group_id: Identifier of the resource.
            rule: When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY),
                INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an
                end it goes on for as long as a series may be: 200 occurrences or 5 years, whichever
                comes first.
            local_start: When the first one begins, on a day of the rule: what the clock on the wall
                shows, as it does on every further day.
            time_zone: Zone of `local_start`; the group's if left out.
            dst_policy: What to do where the clocks skip the time on a day: refuse the series, or
                begin later there.
            minutes: How long each takes, in minutes; as long as the agenda, else 120, if left out.
            title: Name of each meeting.
            theme_id: Their theme, from the library.
            place: Where they are.
            agenda: The segments of each, in order.
            agenda_template_id: Template of the agenda; the group's if neither this nor `agenda` is
                sent.
            dry_run: Show what would come of it, and change nothing.
            idempotency_key: A name for this call, if it is to be repeated by a later run; made for
                you otherwise.
        """
        return await self._speaker.send(
            Ask(
                "POST",
                f"/v1/groups/{segment(group_id)}/series",
                answers.SeriesOut,
                query={"dry_run": dry_run},
                body=given(
                    rule=rule,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    capacity=capacity,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                keyed=True,
                idempotency_key=idempotency_key,
            )
        )

    @overload
    async def get(self, series_id: Id, *, if_none_match: None = None) -> answers.SeriesOut: ...
    @overload
    async def get(self, series_id: Id, *, if_none_match: str | Record) -> answers.SeriesOut | NotChanged: ...
    async def get(self, series_id: Id, *, if_none_match: Match = None) -> answers.SeriesOut | NotChanged:
        """One series with its sessions that are to come.

        `GET /v1/series/{series_id}`, operation `get_series`.

        Args:
            series_id: Identifier of the resource.
            if_none_match: The resource as you have it, or its ETag: answers `NotChanged` if it is
                still so.
        """
        return await self._speaker.send(
            Ask("GET", f"/v1/series/{segment(series_id)}", answers.SeriesOut, if_none_match=if_none_match)
        )

    async def update(
        self,
        series_id: Id,
        *,
        rule: str | Absent = ABSENT,
        local_start: str | Absent = ABSENT,
        time_zone: str | Absent = ABSENT,
        dst_policy: Literal["refuse", "shift_forward"] | Absent = ABSENT,
        minutes: int | Absent = ABSENT,
        title: str | Absent | None = ABSENT,
        theme_id: Id | Absent | None = ABSENT,
        place: str | Absent | None = ABSENT,
        capacity: int | Absent | None = ABSENT,
        agenda: Sequence[inputs.SegmentPlan] | Absent = ABSENT,
        agenda_template_id: Id | Absent = ABSENT,
        dry_run: bool | None = None,
        if_match: Match = None,
    ) -> answers.SeriesOut:
        """Change a series and all its sessions that are to come, but for what was changed by hand
        there.

        Sessions are recognized by their day: those on days that the rule keeps stay the same
        sessions, with all that hangs on them. Those on other days go, or are cancelled where
        something hangs on them.

        `PATCH /v1/series/{series_id}`, operation `update_series`.

        Args:
            series_id: Identifier of the resource.
            rule: When it recurs, as an RFC 5545 RRULE: FREQ (YEARLY, MONTHLY, WEEKLY, DAILY),
                INTERVAL, BYMONTH, BYMONTHDAY, BYDAY, BYSETPOS, WKST, and COUNT or UNTIL. Without an
                end it goes on for as long as a series may be: 200 occurrences or 5 years, whichever
                comes first.
            local_start: When the first one begins; as before, or on the first day of the new rule,
                if left out.
            time_zone: New zone of `local_start`.
            dst_policy: What to do where the clocks skip the time.
            minutes: How long it takes, in minutes.
            title: New name; null clears it.
            theme_id: New theme; null clears it.
            place: New place; null clears it.
            agenda: The new segments, in order.
            agenda_template_id: Template of the new agenda.
            dry_run: Show what would come of it, and change nothing.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask(
                "PATCH",
                f"/v1/series/{segment(series_id)}",
                answers.SeriesOut,
                query={"dry_run": dry_run},
                body=given(
                    rule=rule,
                    local_start=local_start,
                    time_zone=time_zone,
                    dst_policy=dst_policy,
                    minutes=minutes,
                    title=title,
                    theme_id=theme_id,
                    place=place,
                    capacity=capacity,
                    agenda=agenda,
                    agenda_template_id=agenda_template_id,
                ),
                is_patch=True,
                if_match=if_match,
            )
        )

    async def delete(self, series_id: Id, *, if_match: Match = None) -> None:
        """Take a series back: what is to come of it goes, or is cancelled where something hangs on
        it.

        `DELETE /v1/series/{series_id}`, operation `delete_series`.

        Args:
            series_id: Identifier of the resource.
            if_match: The resource as you read it, or its ETag: refused with `Stale` if it has
                changed since.
        """
        return await self._speaker.send(
            Ask("DELETE", f"/v1/series/{segment(series_id)}", nothing, if_match=if_match)
        )
