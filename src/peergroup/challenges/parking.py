"""Parking a challenge, and changing what it says, who reads it, and where it goes."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from peergroup.challenges import policy
from peergroup.challenges.facts import tell
from peergroup.challenges.finding import Beside, find_challenge
from peergroup.challenges.models import Challenge, Credit
from peergroup.challenges.schemas import ChallengeIn, ChallengePatch
from peergroup.commitments.models import Commitment
from peergroup.facilitation.library import builtin, builtin_keys
from peergroup.facilitation.models import Exercise, Minutes
from peergroup.facilitation.narrowing import narrow_what_was_told
from peergroup.facilitation.shelf import latest
from peergroup.groups.standing import Standing, words_standing
from peergroup.kit.context import Context, get
from peergroup.kit.problems import CONFLICT, Problem, invalid
from peergroup.people.models import Person
from peergroup.sessions.models import HELD, Session

WIDTH = {"session_only": 0, "chatham": 1, "group": 2, "shareable": 3}
"""The classes of confidentiality, the narrowest first."""
_PLACE = ("session_id", "position")
_EDITABLE = ("parked", "submitted", "returned", "accepted")


async def park(ctx: Context, group_id: UUID, given: ChallengeIn) -> tuple[Challenge, Standing]:
    """Put a problem into the parking lot of a group, or begin a draft of one."""
    standing = await words_standing(ctx, group_id)
    ctx.require(policy.PARK, standing)
    if standing.group_state == "archived":
        raise Problem(CONFLICT, "The group is archived.")
    await _judge_protocol(ctx, given.protocol)
    challenge = Challenge(
        group_id=group_id, owner_id=ctx.me, times_asked=1, created_at=ctx.now, **given.model_dump()
    )
    ctx.db.add(challenge)
    await ctx.db.flush()
    name = await ctx.db.scalar(select(Person.name).where(Person.id == ctx.me))
    ctx.memory[Beside, challenge.id] = Beside(name or "", False, None)
    tell(ctx, "challenge.drafted" if challenge.draft else "challenge.parked", challenge, to="parked")
    return challenge, standing


async def change(ctx: Context, challenge_id: UUID, patch: ChallengePatch) -> tuple[Challenge, Standing]:
    """Change a challenge: its words are the owner's, its place is the moderator's."""
    challenge, standing = await find_challenge(ctx, challenge_id, lock=True)
    ctx.require(policy.EDIT, standing, challenge)
    ctx.expect(challenge)
    sent = {name: getattr(patch, name) for name in sorted(patch.model_fields_set)}
    words = [name for name in sent if name not in (*_PLACE, "confidentiality")]
    if words:
        await _reword(ctx, challenge, standing, {name: sent[name] for name in words})
    if "confidentiality" in sent:
        await _classify(ctx, challenge, standing, sent["confidentiality"])
    if any(name in sent for name in _PLACE):
        await _place(ctx, challenge, standing, sent)
    if sent:
        tell(ctx, "challenge.updated", challenge, changed=list(sent))
    await ctx.db.flush()
    return challenge, standing


async def _reword(ctx: Context, challenge: Challenge, standing: Standing, words: dict[str, Any]) -> None:
    ctx.require(policy.WORD, standing, challenge)
    if challenge.state not in _EDITABLE:
        raise Problem(CONFLICT, f"It is {challenge.state}: what was worked on stays as it was.")
    if "protocol" in words:
        await _judge_protocol(ctx, words["protocol"])
    was_draft = challenge.draft
    for name, value in words.items():
        setattr(challenge, name, value)
    if was_draft and not challenge.draft:
        tell(ctx, "challenge.parked", challenge, to="parked")


async def _judge_protocol(ctx: Context, key: str | None) -> None:
    if key is None:
        return
    subject: str | None = None
    if key in builtin_keys():
        subject = builtin(key).subject
    elif (stored := await latest(ctx, key)) is not None:
        subject = stored.document.get("subject")
    if subject != "challenge":
        raise invalid("/protocol", "is no method that works on a challenge")


async def _classify(ctx: Context, challenge: Challenge, standing: Standing, wanted: str) -> None:
    """Narrowing works at once, for everything said and told so far too. Only the owner widens."""
    before = challenge.confidentiality
    if wanted == before:
        return
    if WIDTH[wanted] > WIDTH[before]:
        ctx.require(policy.WORD, standing, challenge)
    if before == "chatham" and challenge.started_at is not None:
        # Not for a narrower class either: from there its owner could widen it to one with names.
        raise Problem(CONFLICT, "Others spoke here without their names: that is not taken back.")
    challenge.confidentiality = wanted
    if challenge.exercise_id is not None:
        await _classify_work(ctx, challenge, challenge.exercise_id)
    tell(ctx, "challenge.classified", challenge, moved=(before, wanted))


async def _classify_work(ctx: Context, challenge: Challenge, exercise_id: UUID) -> None:
    exercise = await get(ctx, Exercise, exercise_id, lock=True)
    exercise.confidentiality = wanted = challenge.confidentiality
    changes: list[Any] = [
        update(Commitment).where(Commitment.exercise_id == exercise_id).values(confidentiality=wanted)
    ]
    if wanted == "session_only":
        # What was for those present is in no minutes: these were written when it was not so yet.
        changes.append(delete(Minutes).where(Minutes.exercise_id == exercise_id))
    if wanted == "chatham":
        # Where no name is shown, nobody is credited.
        changes.append(delete(Credit).where(Credit.challenge_id == challenge.id))
    for change in changes:
        await ctx.db.execute(change.execution_options(synchronize_session=False))
    await narrow_what_was_told(ctx, exercise)


async def _place(ctx: Context, challenge: Challenge, standing: Standing, sent: dict[str, Any]) -> None:
    ctx.require(policy.PLACE, standing, challenge)
    if challenge.state not in _EDITABLE:
        raise Problem(CONFLICT, f"It is {challenge.state}: it needs no place any more.")
    if sent.get("session_id") is not None:
        await _judge_session(ctx, challenge, sent["session_id"])
    # A place is one of its session: whoever goes to another one leaves it behind.
    session_id = sent.get("session_id", challenge.session_id)
    kept = challenge.position if session_id == challenge.session_id else None
    challenge.session_id = session_id
    challenge.position = None if session_id is None else sent.get("position", kept)
    await _take_place(ctx, challenge)
    tell(ctx, "challenge.placed", challenge, session_id=challenge.session_id, position=challenge.position)


async def _take_place(ctx: Context, challenge: Challenge) -> None:
    """The database knows whether the place is free: of two who give it away at once, one is refused."""
    position = challenge.position
    try:
        await ctx.db.flush()
    except IntegrityError as error:
        detail = f"Place {position} of that session is taken: give the challenge there another one first."
        raise Problem(CONFLICT, detail) from error


async def _judge_session(ctx: Context, challenge: Challenge, session_id: UUID) -> None:
    query = select(Session.state).where(Session.id == session_id, Session.group_id == challenge.group_id)
    state = await ctx.db.scalar(query)
    if state is None:
        raise invalid("/session_id", "is no session of this group")
    if state not in ("draft", *HELD):
        raise Problem(CONFLICT, f"That session is {state}.")
