"""Every refusal is an exception that says what is the matter."""

import copy
import pickle
from typing import Any
from uuid import uuid4

import httpx
import pytest

from peergroup.client import (
    AsyncPeergroup,
    Conflict,
    Forbidden,
    GuardFailed,
    Invalid,
    InvalidTransition,
    NotFound,
    Peergroup,
    PreconditionRequired,
    Problem,
    ServiceFailed,
    Unauthenticated,
    problems,
)
from tests.client.conftest import Both
from tests.groups.factories import a_group
from tests.world import World


async def raised(both: Both, kind: type[Problem], ask: Any) -> Problem:
    with pytest.raises(kind) as caught:
        await both(ask)
    assert type(caught.value) is kind
    return caught.value


async def test_what_is_not_found(both: Both) -> None:
    problem = await raised(both, NotFound, lambda client: client.groups.get(uuid4()))
    assert (problem.status, problem.code, problem.raw["type"]) == (404, "not_found", "/problems/not_found")
    assert problem.detail in str(problem)
    assert problem.request_id is not None
    assert problem.request_id in str(problem)


async def test_wrong_values_are_pointed_at(both: Both) -> None:
    problem = await raised(both, Invalid, lambda client: client.companies.create(name=""))
    assert [one.pointer for one in problem.errors] == ["/name"]
    assert problem.errors[0].detail in str(problem)


async def test_a_verb_that_does_not_fit_names_those_that_do(both: Both, asked: AsyncPeergroup) -> None:
    person = await asked.people.create(name="Ada Adler")
    problem = await raised(both, InvalidTransition, lambda client: client.people.reactivate(person.id))
    assert "deactivate" in problem.allowed
    assert "Possible now" in str(problem)
    assert isinstance(problem, Conflict)


async def test_what_stands_in_the_way_is_told(both: Both, asked: AsyncPeergroup) -> None:
    group = await asked.groups.create(name=f"Empty {uuid4()}")
    problem = await raised(both, GuardFailed, lambda client: client.groups.activate(group.id))
    assert problem.guards
    assert all(one.code and one.detail in str(problem) for one in problem.guards)


async def test_rights_and_credentials(both: Both, world: World) -> None:
    token = (await world.person()).token
    await raised(both, Forbidden, lambda client: client.with_token(token).companies.create(name="Fjord"))
    await raised(both, Unauthenticated, lambda client: client.with_token(None).me.get())


async def test_a_version_has_to_be_named_where_the_contract_says_so(both: Both, world: World) -> None:
    group = await a_group(world, members=1)
    made = await group.moderator.post(
        f"/groups/{group.id}/sessions", {"local_start": "2030-01-15T18:00", "minutes": 90, "title": "January"}
    )
    if made.status_code != 201:
        pytest.fail(made.text)
    with pytest.raises(PreconditionRequired):
        await both(
            lambda client: client.with_token(group.moderator.token).sessions.replace_agenda(
                made.json()["id"], segments=[]
            )
        )


def test_an_answer_of_somebody_in_between_is_told_by_its_status() -> None:
    problem = problems.problem_of(502, {"x-request-id": "r1"}, b"<html>Bad gateway</html>")
    assert (type(problem), problem.code, problem.request_id) == (ServiceFailed, "unknown", "r1")
    assert "answered 502 without saying why" in str(problem)
    strange = problems.problem_of(418, {}, b'["tea"]')
    assert (type(strange), strange.errors, strange.allowed) == (Problem, [], [])


def test_a_problem_can_be_copied_and_sent_to_another_process() -> None:
    problem = problems.problem_of(409, {}, b'{"code": "guard_failed", "detail": "No.", "guards": []}')
    for other in (copy.copy(problem), pickle.loads(pickle.dumps(problem))):
        assert (type(other), str(other)) == (GuardFailed, str(problem))


def test_developers_are_told_what_will_go() -> None:
    headers = {"Deprecation": "@1767225600", "Sunset": "Fri, 01 Jan 2027 00:00:00 GMT"}
    answering = httpx.MockTransport(lambda _: httpx.Response(200, headers=headers, json={"version": "1"}))
    with httpx.Client(transport=answering) as http:
        client = Peergroup("http://peergroup.test", http=http)
        with pytest.warns(
            DeprecationWarning, match=r"^GET /version is deprecated, and ends on Fri, 01 Jan 2027"
        ):
            client.operations.get_version()
