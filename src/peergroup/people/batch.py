"""A batch on the wire: every record judged by itself, so that a malformed one never harms the others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal

from pydantic import ValidationError

from peergroup.kit.context import Context
from peergroup.kit.problems import INVALID, ProblemType, unacceptable
from peergroup.kit.time import zone_names
from peergroup.people import policy
from peergroup.people.outcomes import Outcome, Warned
from peergroup.people.problems import REFERENCE_CONFLICT
from peergroup.people.schemas import (
    BatchOut,
    BatchRecord,
    BatchSummary,
    ItemError,
    ItemProblem,
    ItemResult,
    ItemWarning,
    PersonRecord,
)
from peergroup.people.upsert import Incoming, upsert

OnConflict = Literal["report", "link"]
CONFLICT_DETAIL = "Somebody known under another reference, or none, has this e-mail address."
_UNKNOWN_ZONE = Warned("unknown_time_zone", "time_zone", "This time zone is not known; it was left out.")


async def take(ctx: Context, given: Sequence[Any], on_conflict: OnConflict) -> BatchOut:
    """Take over a batch, with one result for each record."""
    ctx.require(policy.KEEP, ctx.principal)
    judged = [_judge(item) for item in given]
    good = [one for one in judged if isinstance(one, Incoming)]
    outcomes = iter(await upsert(ctx, good, on_conflict=on_conflict))
    results = [
        _result(index, next(outcomes)) if isinstance(one, Incoming) else _rejected(index, one)
        for index, one in enumerate(judged)
    ]
    return BatchOut(results=results, summary=summary([one.status for one in results]))


def summary(statuses: Sequence[str], footer_rows: int = 0) -> BatchSummary:
    """The outcomes, counted."""
    count = Counter(statuses)
    return BatchSummary(
        created=count["created"],
        updated=count["updated"],
        unchanged=count["unchanged"],
        conflict=count["conflict"],
        rejected=count["rejected"],
        footer_rows=footer_rows,
    )


def incoming(source: str, external_id: str, record: PersonRecord) -> Incoming:
    """A validated record as `upsert` takes it: an unknown time zone is left out, with a warning."""
    values = {
        name: value
        for name, value in record.__dict__.items()
        if name in record.model_fields_set and name not in ("source", "external_id")
    }
    zone = values.get("time_zone")
    if zone is not None and zone not in zone_names():
        return Incoming(source, external_id, values | {"time_zone": None}, (_UNKNOWN_ZONE,))
    return Incoming(source, external_id, values)


def _judge(item: Any) -> Incoming | ValidationError:
    try:
        record = BatchRecord.model_validate(item)
    except ValidationError as error:
        return error
    return incoming(record.source, record.external_id, record)


def _result(index: int, outcome: Outcome) -> ItemResult:
    problem = None
    if outcome.status == "conflict":
        problem = _problem(REFERENCE_CONFLICT, CONFLICT_DETAIL, candidate_id=outcome.candidate_id)
    warnings = [ItemWarning(code=one.code, field=one.field, detail=one.detail) for one in outcome.warnings]
    return ItemResult(index=index, status=outcome.status, id=outcome.id, problem=problem, warnings=warnings)


def _rejected(index: int, error: ValidationError) -> ItemResult:
    # Only Pydantic's template is repeated, never what was sent.
    errors = [
        ItemError(pointer=_pointer(item["loc"]), detail=item["msg"].removeprefix("Value error, ")[:300])
        for item in error.errors(include_input=False, include_context=False, include_url=False)[:100]
    ]
    problem = _problem(INVALID, unacceptable(len(errors)), errors=errors)
    return ItemResult(index=index, status="rejected", id=None, problem=problem, warnings=[])


def _pointer(location: tuple[int | str, ...]) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1")[:100] for part in location)
    return "".join(f"/{part}" for part in parts).encode("utf-8", "replace").decode()


def _problem(kind: ProblemType, detail: str, **more: Any) -> ItemProblem:
    return ItemProblem(
        type=f"/problems/{kind.code}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        code=kind.code,
        **({"errors": [], "candidate_id": None} | more),
    )
