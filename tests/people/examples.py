"""A valid request for every route of people and companies."""

from typing import Any

from tests.matrix.examples import Call, call, example, example_of
from tests.matrix.roles import ADMINS, ON_THE_ROSTER
from tests.matrix.stage import Stage

READ_EVERYBODY = (*ADMINS, "moderator", "co_moderator", "service")
"""Who reads the whole directory: whoever moderates any group, too."""


async def _company(stage: Stage) -> str:
    made = await stage.admin.post("/companies", {"name": f"Works {stage.number()}"})
    assert made.status_code == 201, made.text
    company_id: str = made.json()["id"]
    return company_id


async def _referred(stage: Stage) -> dict[str, Any]:
    source, external_id = f"crm-{stage.mark.lower()}", f"n{stage.number()}"
    made = await stage.admin.put(f"/people/by-reference/{source}/{external_id}", {"name": "Ada Lovelace"})
    assert made.status_code == 201, made.text
    return {"source": source, "external_id": external_id}


@example
async def list_people(stage: Stage) -> Call:
    return call(stage.admin, query={"company_id": await _company(stage)})


@example
async def create_person(stage: Stage) -> Call:
    return call(stage.admin, {"name": "Ada Lovelace", "company_id": await _company(stage)})


@example
async def upsert_people(stage: Stage) -> Call:
    record = {"source": "crm", "external_id": f"b{stage.number()}", "name": "Ada Lovelace"}
    return call(stage.admin, {"people": [record]})


@example
async def get_person_by_reference(stage: Stage) -> Call:
    return call(stage.admin, **await _referred(stage), found_by=READ_EVERYBODY)


@example
async def upsert_person(stage: Stage) -> Call:
    return call(stage.admin, {"name": "Ada Lovelace"}, **await _referred(stage))


@example
async def get_person(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.member, person_id=one.person_id, concerned=one, found_by=ON_THE_ROSTER)


@example
async def update_person(stage: Stage) -> Call:
    one = await stage.person()
    return call(one, {"offers": ["fundraising"]}, person_id=one.person_id, concerned=one)


@example_of("update_person")
async def move_person(stage: Stage) -> Call:
    one = await stage.person()
    return call(stage.admin, {"company_id": await _company(stage)}, person_id=one.person_id)


@example
async def set_organization_role(stage: Stage) -> Call:
    return call(stage.owner, {"role": "admin"}, person_id=(await stage.person()).person_id)


@example
async def deactivate_person(stage: Stage) -> Call:
    return call(stage.admin, person_id=(await stage.person()).person_id)


@example
async def reactivate_person(stage: Stage) -> Call:
    one = await stage.person(state="deactivated")
    return call(stage.admin, person_id=one.person_id)


@example
async def merge_person(stage: Stage) -> Call:
    one, other = await stage.person(), await stage.person()
    return call(stage.admin, {"into": str(other.person_id)}, person_id=one.person_id)


@example
async def erase_person(stage: Stage) -> Call:
    one = await stage.person()
    return call(one, {"words": "remove"}, person_id=one.person_id, concerned=one)


@example
async def get_erasure(stage: Stage) -> Call:
    one = await stage.person()
    done = await stage.admin.post(f"/people/{one.person_id}/erase", {"words": "remove"})
    assert done.status_code == 202, done.text
    return call(stage.admin, person_id=one.person_id)


@example
async def list_person_actions(stage: Stage) -> Call:
    one = await stage.somebody()
    return call(stage.member, person_id=one.person_id, concerned=one, found_by=ON_THE_ROSTER)


@example
async def list_companies(stage: Stage) -> Call:
    return call(stage.admin)


@example
async def create_company(stage: Stage) -> Call:
    return call(stage.admin, {"name": f"Works {stage.number()}"})


@example
async def get_company(stage: Stage) -> Call:
    return call(stage.admin, company_id=await _company(stage))


@example
async def update_company(stage: Stage) -> Call:
    return call(stage.admin, {"name": f"Works {stage.number()}"}, company_id=await _company(stage))


@example
async def list_company_relations(stage: Stage) -> Call:
    return call(stage.admin, company_id=await _company(stage))


@example
async def relate_companies(stage: Stage) -> Call:
    body = {"relation": "competitor"}
    return call(stage.admin, body, company_id=await _company(stage), other_id=await _company(stage))
