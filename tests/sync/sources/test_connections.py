"""What a connection has to bring, by its kind."""

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from peergroup.sync.sources.connections import ConnectionIn, source_of
from tests.sync.fakes.vendor import Vendor

ADAPTER: TypeAdapter[Any] = TypeAdapter(ConnectionIn)
HUBSPOT = {"kind": "hubspot", "access_token": "pat-1"}
GRANT = {"kind": "hubspot", "refresh_token": "r", "client_id": "c", "client_secret": "s"}
SALESFORCE = {
    "kind": "salesforce",
    "instance_url": "https://acme.my.salesforce.com",
    "client_id": "c",
    "client_secret": "s",
}
TRYTON = {"kind": "tryton", "base_url": "http://10.0.0.7:8000/erp", "database": "crm", "key": "k"}


@pytest.mark.parametrize("given", [HUBSPOT, GRANT, SALESFORCE, TRYTON], ids="-".join)
async def test_every_kind_has_a_connector(given: dict[str, str]) -> None:
    async with Vendor().outside() as outside:
        source = source_of(ADAPTER.validate_python(given), outside)
    assert source.kind == given["kind"]
    assert source.columns


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"kind": "pipedrive", "access_token": "x"},
        {"kind": "hubspot"},
        HUBSPOT | {"refresh_token": "r"},
        HUBSPOT | {"key": "k"},
        HUBSPOT | {"access_token": "two words"},
        HUBSPOT | {"access_token": "line\nbreak"},
        HUBSPOT | {"access_token": 7},
        HUBSPOT | {"access_token": "x" * 1_001},
        {name: value for name, value in GRANT.items() if name != "client_secret"},
        SALESFORCE | {"instance_url": "http://acme.my.salesforce.com"},
        SALESFORCE | {"instance_url": "https://user:word@acme.my.salesforce.com"},
        SALESFORCE | {"instance_url": "https://acme.my.salesforce.com/services"},
        SALESFORCE | {"instance_url": "https://acme.my.salesforce.com?x"},
        SALESFORCE | {"instance_url": "https://acme.my.salesforce.com\n"},
        SALESFORCE | {"client_secret": None},
        TRYTON | {"base_url": "ftp://tryton.example.com"},
        TRYTON | {"base_url": "https://tryton.example.com/#x"},
        TRYTON | {"base_url": "https://trÿton.example.com"},
        TRYTON | {"database": "../crm"},
        TRYTON | {"database": ""},
    ],
    ids=str,
)
def test_whatever_does_not_fit_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(given)


@pytest.mark.parametrize("given", [HUBSPOT, GRANT, SALESFORCE, TRYTON], ids="-".join)
def test_no_secret_is_shown(given: dict[str, str]) -> None:
    secrets = {
        name: f"hidden-{name}"
        for name in given
        if name in ("access_token", "client_secret", "key", "refresh_token")
    }
    assert "hidden" not in repr(ADAPTER.validate_python(given | secrets))


def test_every_field_is_described_and_bounded() -> None:
    for name, model in ADAPTER.json_schema()["$defs"].items():
        for field, schema in model["properties"].items():
            texts = [schema, *schema.get("anyOf", ())]
            assert schema.get("description"), f"{name}.{field}"
            assert "const" in schema or any("maxLength" in one for one in texts), f"{name}.{field}"
