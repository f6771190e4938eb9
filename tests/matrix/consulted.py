"""Whether each route consults the policy it declares: watched over the whole test run."""

from collections.abc import Iterator
from typing import Any

import pytest

from peergroup.kit import answers

_render = answers.render
forgotten: set[str] = set()
"""Operations that answered without having asked their policy."""
ASK_THEMSELVES = {
    "POST /v1/sync-runs/{run_id}/records": "reads its body outside of any transaction, and asks before that",
    "POST /v1/me/identities": "asks the issuer outside of any transaction, and its own policy before and after that",
}
"""Routes without the kit's transaction, each with the reason."""


def _watch(result: Any, meta: Any, ctx: Any) -> Any:
    """Look at every answer that is no refusal before it is rendered."""
    name = f"{meta.method} {meta.path}"
    exempt = meta.is_public or name in ASK_THEMSELVES
    if not exempt and (ctx is None or meta.policy not in ctx.consulted):
        forgotten.add(name)
        consulted = ctx.consulted if ctx is not None else ()
        asked = ", ".join(sorted(policy.name for policy in consulted)) or "none"
        raise AssertionError(
            f"{name} declares the policy {meta.policy.name!r} and never asks it (asked: {asked}). "
            f"Call ctx.require(<that policy>, standing, subject) in its action or query."
        )
    return _render(result, meta, ctx)


@pytest.fixture(scope="session", autouse=True)
def every_policy_is_consulted() -> Iterator[None]:
    """Every answer of every test: the declared policy was asked. What forgets it answers 500 and fails."""
    answers.render = _watch
    yield
    answers.render = _render
    assert not forgotten, f"routes that never ask the policy they declare: {sorted(forgotten)}"
