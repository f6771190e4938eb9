"""The way through a funnel, as pure functions over the steps of the settings and those somebody took.

Where somebody stands is the furthest step they took that still exists. So a step that is taken out of the
settings holds nobody up and sends nobody back, and one that is put in behind somebody is not asked of them.
"""

from collections.abc import Collection, Sequence

from peergroup.organizations.schemas import FunnelStep


def named(steps: Sequence[FunnelStep], key: str) -> FunnelStep | None:
    """The step of this key, if the settings have one."""
    return next((step for step in steps if step.key == key), None)


def ahead(steps: Sequence[FunnelStep], taken: Collection[str]) -> Sequence[FunnelStep]:
    """The steps that are still to come, in order."""
    reached = [place for place, step in enumerate(steps) if step.key in taken]
    return steps[max(reached, default=-1) + 1 :]


def following(steps: Sequence[FunnelStep], taken: Collection[str], spent: Collection[str] = ()) -> list[str]:
    """The keys of the steps that may come next: up to the first one that cannot be skipped.

    `spent` are the entitlements that this person has used up: who had the free call before need not have another.
    """
    keys = []
    for step in ahead(steps, taken):
        keys.append(step.key)
        if not _may_be_skipped(step, spent):
            break
    return keys


def missing(steps: Sequence[FunnelStep], taken: Collection[str], spent: Collection[str] = ()) -> list[str]:
    """The keys of the steps without which the way is not finished."""
    return [step.key for step in ahead(steps, taken) if not _may_be_skipped(step, spent)]


def _may_be_skipped(step: FunnelStep, spent: Collection[str]) -> bool:
    return step.optional or step.uses in spent
