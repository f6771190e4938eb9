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
