"""A valid request for every route of synchronization."""

from tests.matrix.examples import Call, call, example
from tests.matrix.stage import Stage

CSV = {"Content-Type": "text/csv"}


async def _run(stage: Stage, *, staged: bool = True) -> str:
    made = await stage.admin.post("/sync-runs", {"source": "crm"})
    assert made.status_code == 201, made.text
    run_id: str = made.json()["id"]
    if staged:
        lines = f"Record ID,First Name,Last Name\ns{stage.number()},Ada,Lovelace\n".encode()
        sent = await stage.admin.call("POST", f"/sync-runs/{run_id}/records", content=lines, headers=CSV)
        assert sent.status_code == 200, sent.text
    return run_id


@example
async def create_sync_run(stage: Stage) -> Call:
    return call(stage.admin, {"source": "crm"})


@example
async def list_sync_runs(stage: Stage) -> Call:
    await _run(stage)
    return call(stage.admin)


@example
async def upload_sync_records(stage: Stage) -> Call:
    lines = f"Record ID,First Name,Last Name\ns{stage.number()},Ada,Lovelace\n".encode()
    return call(stage.admin, content=lines, headers=CSV, run_id=await _run(stage, staged=False))


@example
async def get_sync_run(stage: Stage) -> Call:
    return call(stage.admin, run_id=await _run(stage))


@example
async def apply_sync_run(stage: Stage) -> Call:
    return call(stage.admin, run_id=await _run(stage))


@example
async def list_sync_results(stage: Stage) -> Call:
    return call(stage.admin, run_id=await _run(stage))


MEANING = {"columns": [{"column": "Kundennummer", "field": "external_id"}]}


@example
async def get_mapping(stage: Stage) -> Call:
    return call(stage.admin, source="crm")


@example
async def replace_mapping(stage: Stage) -> Call:
    return call(stage.admin, MEANING, source=f"crm{stage.number()}")


@example
async def preview_mapping(stage: Stage) -> Call:
    return call(stage.admin, {"sample": "Record ID,Name\n1,Ada Lovelace\n"}, source="crm")


async def _conflict(stage: Stage) -> str:
    number = stage.number()
    made = await stage.admin.post("/sync-runs", {"source": "crm"})
    lines = f"id,name,email\na{number},Ada,c{number}@example.com\nb{number},Bea,c{number}@example.com\n"
    path = f"/sync-runs/{made.json()['id']}"
    await stage.admin.call("POST", f"{path}/records", content=lines.encode(), headers=CSV)
    assert (await stage.admin.post(f"{path}/apply")).status_code == 200
    found = (await stage.admin.get("/conflicts?limit=200")).json()["items"]
    conflict_id: str = found[-1]["id"]
    return conflict_id


@example
async def list_conflicts(stage: Stage) -> Call:
    await _conflict(stage)
    return call(stage.admin)


@example
async def resolve_conflict(stage: Stage) -> Call:
    return call(stage.admin, {"decision": "link"}, conflict_id=await _conflict(stage))


def _account(source: str) -> dict[str, object]:
    return {"source": source, "account": {"kind": "hubspot", "access_token": "pat-one"}}


async def _connection(stage: Stage) -> str:
    made = await stage.admin.post("/connections", _account(f"crm{stage.number()}"))
    assert made.status_code == 201, made.text
    connection_id: str = made.json()["id"]
    return connection_id


@example
async def list_connections(stage: Stage) -> Call:
    await _connection(stage)
    return call(stage.admin)


@example
async def create_connection(stage: Stage) -> Call:
    return call(stage.admin, _account(f"crm{stage.number()}"))


@example
async def get_connection(stage: Stage) -> Call:
    return call(stage.admin, connection_id=await _connection(stage))


@example
async def update_connection(stage: Stage) -> Call:
    return call(stage.admin, {"every_minutes": 60}, connection_id=await _connection(stage))


@example
async def delete_connection(stage: Stage) -> Call:
    return call(stage.admin, connection_id=await _connection(stage))
