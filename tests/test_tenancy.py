"""Every route, with every identifier it takes, asked by everybody who is no part of it: never content.

Each refused probe has its twin, the same request by somebody entitled, which succeeds: a route that refused
everybody would prove nothing.
"""

import pytest

from tests.matrix.budgets import over_budget
from tests.matrix.examples import examples_of, known, left_out, made_for
from tests.matrix.probes import REFUSED, alike, intruders, leaks, names_something, send, sent_ids, swapped
from tests.matrix.routes import Operation, operations
from tests.matrix.stage import Stage
from tests.sessions.test_cost import statements

EVERY = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.name)
WITH_IDS = pytest.mark.parametrize(
    "operation",
    [one for one in operations() if one.parameters or one.body_ids() or one.query_ids()],
    ids=lambda operation: operation.name,
)


@EVERY
def test_every_route_has_an_example(operation: Operation) -> None:
    assert examples_of(operation)


@EVERY
async def test_nobody_gets_what_is_not_theirs(operation: Operation, stage: Stage) -> None:
    for make in made_for(operation):
        call = await make(stage)
        client = stage.world.client
        if not operation.meta.is_public:
            for intruder in intruders(operation, call, stage):
                answer = await send(client, operation, call, intruder.actor)
                said = f"{operation.said} answers {intruder.name}: {answer.status_code} {answer.text[:300]}"
                assert not leaks(answer, intruder, stage), said
                if names_something(call) or intruder.actor is None:
                    assert answer.status_code in REFUSED, said
                assert answer.status_code < 500, said
        with statements(stage.world) as asked:
            twin = await send(client, operation, call, call.by)
        assert twin.status_code < 400, (
            f"{operation.said}: the example in tests/<room>/examples.py is refused, although its `by` should "
            f"be entitled: {twin.status_code} {twin.text[:500]}"
        )
        if over_budget(operation, asked):
            # The first request of a process also reads what is kept from then on.
            again = await make(stage)
            with statements(stage.world) as asked:
                await send(client, operation, again, again.by)
            assert not over_budget(operation, asked), over_budget(operation, asked)


@WITH_IDS
async def test_what_belongs_to_another_organization_is_as_unknown_as_what_does_not_exist(
    operation: Operation, stage: Stage
) -> None:
    if operation.meta.is_public:
        return
    for make in made_for(operation):
        call, foreign = await make(stage), await make(stage.elsewhere)
        for name, theirs, unknown in swapped(call, foreign):
            answer = await send(stage.world.client, operation, theirs, call.by)
            said = f"{operation.said} with another organization's {name}: {answer.status_code} {answer.text[:300]}"
            assert 400 <= answer.status_code < 500 or name.startswith("query"), said
            assert stage.elsewhere.mark not in answer.text, said
            nothing = await send(stage.world.client, operation, unknown, call.by)
            assert alike(answer, nothing), f"{said}\nbut where there is none: {nothing.text[:300]}"
        twin = await send(stage.world.client, operation, call, call.by)
        assert twin.status_code < 400, f"{operation.said}: the twin is refused: {twin.text[:300]}"


@WITH_IDS
async def test_the_examples_send_every_identifier_that_a_route_takes(
    operation: Operation, stage: Stage
) -> None:
    sent = [sent_ids(await make(stage)) for make in made_for(operation)]
    missing = (operation.body_ids() | operation.query_ids()) - set().union(*sent) - left_out(operation)
    assert not sent or not missing, (
        f"No example of {operation.said} sends {sorted(missing)}. Send it, in a further example if need be:\n\n"
        f"    @example_of({operation.name!r})\n    async def …(stage: Stage) -> Call: …\n\n"
        f"or say leaves_out({operation.name!r}, {min(missing)!r}, because=…)."
    )


def test_every_example_has_its_route() -> None:
    stray = known() - {operation.name for operation in operations()}
    assert not stray, f"examples for routes that do not exist: {sorted(stray)}"
