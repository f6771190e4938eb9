"""What you have read is not fetched again, and what others changed is not overwritten."""

from uuid import uuid4

import pytest

from peergroup.client import AsyncPeergroup, NotChanged, Stale
from tests.client.conftest import Both


async def test_what_has_not_changed_is_not_sent_again(both: Both, asked: AsyncPeergroup) -> None:
    company = await asked.companies.create(name=f"Same {uuid4()}")
    read = await asked.companies.get(company.id)
    for known in (read, read.etag or ""):
        for answer in await both(
            lambda client, known=known: client.companies.get(read.id, if_none_match=known)
        ):
            assert isinstance(answer, NotChanged)
            assert not answer
    await asked.companies.update(read.id, name=f"Other {uuid4()}")
    for answer in await both(lambda client: client.companies.get(read.id, if_none_match=read)):
        assert answer
        assert answer.version == read.version + 1


async def test_a_change_is_refused_where_somebody_was_faster(both: Both, asked: AsyncPeergroup) -> None:
    company = await asked.companies.create(name=f"Fought over {uuid4()}")
    changed = await asked.companies.update(company.id, name=f"Mine {uuid4()}", if_match=company)
    assert changed.version == company.version + 1
    for known in (company, company.etag):
        with pytest.raises(Stale):
            await both(
                lambda client, known=known: client.companies.update(company.id, name="Late", if_match=known)
            )
    assert (await asked.companies.update(company.id, name=changed.name, if_match="*")).name == changed.name


async def test_an_entry_of_a_list_knows_its_version(asked: AsyncPeergroup) -> None:
    name = f"Listed {uuid4()}"
    await asked.companies.create(name=name)
    (entry,) = (await asked.companies.list(q=name)).items
    assert (entry.etag, entry.http) == (None, None)
    changed = await asked.companies.update(entry.id, name=f"{name}!", if_match=entry)
    with pytest.raises(Stale):
        await asked.companies.update(entry.id, name=name, if_match=entry)
    assert changed.etag is not None
    assert changed.etag.startswith(f'"{entry.version + 1}-')


async def test_what_has_no_version_is_not_taken_for_one(asked: AsyncPeergroup) -> None:
    who = (await asked.me.get()).organization
    with pytest.raises(ValueError, match="neither an ETag nor a version"):
        await asked.organization.update(name="Fjord", if_match=who)
