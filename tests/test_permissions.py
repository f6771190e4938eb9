"""Every route × everybody of the cast, against the roles of the policy it declares.

Whoever fits gets through to whatever else the request meets; whoever does not is refused, with 403 where they
may know of the thing and 404 where they may not. A key without the scope is refused, whoever holds it.
"""

import pytest

from peergroup.kit.policy import EVERYBODY
from tests.matrix.examples import Call, made_for
from tests.matrix.probes import send
from tests.matrix.roles import CAST, depends_on_the_subject, who_fits
from tests.matrix.routes import Operation, operations
from tests.matrix.stage import Stage

GUARDED = [operation for operation in operations() if not operation.meta.is_public]
EVERY = pytest.mark.parametrize("operation", GUARDED, ids=lambda operation: operation.name)
REFUSED = (403, 404)


def entitled(operation: Operation, call: Call) -> set[str]:
    """Who of the cast fits a role of the route's policy, and finds what the request is about."""
    roles = {name for role in operation.meta.policy.roles for name in who_fits(role.name)}
    if operation.is_left_to_the_lookup and call.found_by is None:
        pytest.fail(
            f"{operation.said} admits everybody, so the lookup decides: say in its example who of the cast finds "
            f"the thing, found_by=…; tests/matrix/roles.py has IN_THE_GROUP, ON_THE_ROSTER, ADMINS, ACTIVE, NOBODY.",
            pytrace=False,
        )
    return roles if call.found_by is None else roles & set(call.found_by)


@EVERY
async def test_who_may(operation: Operation, stage: Stage) -> None:
    if not (makes := made_for(operation)):
        return
    make, client = makes[0], stage.world.client
    call = await make(stage)
    may = entitled(operation, call)
    for name in sorted(CAST, key=lambda name: name in may):
        answer = await send(client, operation, call, stage.cast[name])
        said = f"{operation.said} answers {name}: {answer.status_code} {answer.text[:300]}"
        if name in may:
            assert answer.status_code not in (401, *REFUSED), f"{said}\nalthough the policy admits them"
            assert answer.status_code < 500, said
            call = await make(stage) if operation.meta.writes else call
        else:
            assert answer.status_code in REFUSED, f"{said}\nalthough no role of the policy fits them"


@EVERY
async def test_the_person_concerned_may_where_the_policy_says_so(operation: Operation, stage: Stage) -> None:
    own = [role.name for role in operation.meta.policy.roles if depends_on_the_subject(role.name)]
    if not own or not (makes := made_for(operation)):
        return
    call = await makes[0](stage)
    assert call.concerned is not None, (
        f"{operation.said} is also for {own}: say in its example who that is, concerned=<actor>"
    )
    answer = await send(stage.world.client, operation, call, call.concerned)
    assert answer.status_code < 400, f"{operation.said} refuses {own}: {answer.text[:300]}"


@EVERY
async def test_a_key_without_the_scope_is_refused_whoever_holds_it(
    operation: Operation, stage: Stage
) -> None:
    scope = operation.meta.policy.scope
    if not (makes := made_for(operation)):
        return
    call = await makes[0](stage)
    assert call.by is not None, f"{operation.said} is not public: its example needs somebody who says it"
    if scope is None:
        assert operation.name in WITHOUT_SCOPE or operation.meta.policy.roles == EVERYBODY.roles, (
            f"{operation.said} has a policy without a scope: any key may do it. Give the policy a scope, or name "
            f"the route in WITHOUT_SCOPE with the reason."
        )
        return
    held = [await stage.service_without(scope)]
    if call.by.person_id is not None:
        held.append(await stage.cut_down(call.by, scope))
    for actor in held:
        answer = await send(stage.world.client, operation, call, actor)
        said = f"{operation.said} answers a key without {scope}: {answer.status_code} {answer.text[:200]}"
        # What people say does not even exist for a key without a person.
        hidden = actor.person_id is None and operation.meta.policy.is_about_words
        expected = (404, "not_found") if hidden else (403, "forbidden")
        assert (answer.status_code, _code(answer.json())) == expected, said


def _code(refusal: dict[str, str]) -> str:
    """The code of a refusal; SCIM's errors have their status alone."""
    return refusal["code"] if "schemas" not in refusal else {"403": "forbidden"}[refusal["status"]]


WITHOUT_SCOPE = {
    "sign_out": "ends the credential in use",
    "list_my_keys": "a key may always see its person's keys",
    "create_my_key": "never more than the credential in use may",
    "revoke_my_key": "giving up is always possible",
    "list_my_identities": "a key may always see its person's identities",
    "link_my_identity": "for signed-in devices only, and those are not cut down",
    "unlink_my_identity": "refused to whatever is cut down at all",
}
