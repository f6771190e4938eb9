"""Answers: attributes of the right type, whatever a newer service adds."""

import copy
import datetime as dt
import json
import pickle
from uuid import UUID, uuid4

import pytest

from peergroup.client import ABSENT, AsyncPeergroup, answers
from peergroup.client.asking import Ask, dumped, given, plain, segment
from peergroup.client.records import Http, Record
from tests.client.conforming import misfits
from tests.client.conftest import Both

TOLD = {
    "id": "1",
    "name": "Ada",
    "secret": "s3cret",
    "created_at": "2026-12-15T17:00:00.250000Z",
    "more": [1, 2],
}


def test_times_and_days_are_what_they_say() -> None:
    commitment = answers.CommitmentOut({"due_on": "2026-12-15", "created_at": "2026-12-15T17:00:00.250000Z"})
    assert commitment.created_at == dt.datetime(2026, 12, 15, 17, 0, 0, 250_000, tzinfo=dt.UTC)
    key = answers.KeyCreated(TOLD | {"expires_at": None})
    assert key.expires_at is None


def test_fields_and_words_of_a_newer_service_do_no_harm() -> None:
    newer = answers.ChallengeBrief(
        {"id": "1", "state": "meditating", "mood": "calm", "owner": {"id": "2", "hue": 7}}
    )
    assert (newer.state, newer.mood) == ("meditating", "calm")  # type: ignore[attr-defined]  # nobody knew
    assert newer.owner is not None
    assert (newer.owner.id, newer.to_dict()["owner"]["hue"]) == ("2", 7)


def test_what_an_older_service_left_out_is_told() -> None:
    with pytest.raises(AttributeError, match="ChallengeBrief came without 'state': it has id"):
        _ = answers.ChallengeBrief({"id": "1"}).state


def test_a_record_does_not_change() -> None:
    record = answers.Named({"id": "1", "name": "Ada"})
    with pytest.raises(AttributeError, match="does not change"):
        record.name = "Grace"
    record.to_dict()["name"] = "Grace"
    assert record.name == "Ada"
    assert record == answers.Named({"id": "1", "name": "Ada"})
    assert len({record, answers.Named({"id": "1", "name": "Ada"})}) == 1
    for other in (copy.deepcopy(record), pickle.loads(pickle.dumps(record))):
        assert other == record
        assert other.name == "Ada"


def test_secrets_and_long_texts_are_not_printed() -> None:
    record = answers.KeyCreated(
        TOLD | {"name": "x" * 100, "more": [1, 2, 3, 4, 5], "nested": {"refresh_token": "t0k"}}
    )
    shown = repr(record)
    assert "s3cret" not in shown
    assert "t0k" not in shown
    assert "xxx…'" in shown
    assert "2 more" in shown
    assert record.secret == "s3cret"
    token = f"pgf_{'a' * 32}_{'b' * 43}"
    feed = answers.FeedCreated(
        {"address": f"https://peergroup.example/v1/calendar-feeds/{token}/calendar.ics"}
    )
    asking = Ask("GET", f"/v1/calendar-feeds/{token}/calendar.ics", str)
    assert token not in repr(feed) + repr(asking)
    assert "calendar-feeds/***/" in repr(asking)


def test_the_closest_kind_of_several_is_chosen() -> None:
    phase = answers.Phase(
        {"minutes": {"min": 1, "plan": 5}, "exit": ["top_selected", {"min_commitments": 1}]}
    )
    assert isinstance(phase.minutes, answers.Timebox)
    assert phase.exit[0] == "top_selected"
    assert isinstance(phase.exit[1], answers.MinCommitments)
    assert answers.Phase({"minutes": 5}).minutes == 5


def test_the_judge_of_types_notices_a_wrong_one() -> None:
    assert misfits(answers.Named({"id": 7, "name": "Ada"})) == ["Named.id: 7 is no <class 'str'>"]


def test_what_is_not_said_is_not_sent_and_null_is() -> None:
    assert given(a=1, b=ABSENT, from_=None) == {"a": 1, "from": None}
    assert (repr(ABSENT), bool(ABSENT)) == ("ABSENT", False)


def test_values_take_the_form_of_the_wire() -> None:
    at = dt.datetime(2026, 12, 15, 18, tzinfo=dt.timezone(dt.timedelta(hours=1)))
    who = UUID(int=1)
    sent = json.loads(
        dumped(
            {"at": at, "on": dt.date(2026, 1, 2), "who": who, "all": (1, 2), "it": answers.Named({"id": "1"})}
        )
    )
    assert sent == {
        "at": "2026-12-15T17:00:00Z",
        "on": "2026-01-02",
        "who": str(who),
        "all": [1, 2],
        "it": {"id": "1"},
    }
    assert (plain(True), plain(3), plain(at), plain(who)) == ("true", "3", "2026-12-15T17:00:00Z", str(who))
    with pytest.raises(ValueError, match="no time zone"):
        dumped({"at": dt.datetime(2026, 1, 1)})  # noqa: DTZ001 - that is the point
    with pytest.raises(TypeError, match="no form in JSON"):
        dumped({"it": object()})


def test_a_path_stays_the_path_it_is() -> None:
    assert segment("a/b?c#d é") == "a%2Fb%3Fc%23d%20%C3%A9"
    assert (segment(".."), segment("."), segment("a.b")) == ("%2E%2E", "%2E", "a.b")
    with pytest.raises(ValueError, match="an empty text names nothing"):
        segment("")


async def test_null_clears_and_what_is_left_out_stays(asked: AsyncPeergroup) -> None:
    person = await asked.people.create(name="Ada Adler", job_title="CEO", industry="Ships")
    changed = await asked.people.update(person.id, job_title=None)
    assert (changed.job_title, changed.industry, changed.name) == (None, "Ships", "Ada Adler")
    assert changed.http == Http(200, changed.etag, changed.http and changed.http.request_id, None, False)
    made = (await asked.companies.create(name=f"New {uuid4()}")).http
    assert made is not None
    assert (made.status, made.location is not None) == (201, True)


def test_every_answer_is_a_record_whose_annotations_can_be_read() -> None:
    kinds = [one for one in vars(answers).values() if isinstance(one, type) and issubclass(one, Record)]
    assert len(kinds) > 100
    assert [kind({}) for kind in kinds if misfits(kind({}))] == []


async def test_a_reference_that_looks_like_the_way_up_is_one(asked: AsyncPeergroup) -> None:
    made = await asked.people.upsert("crm", "..", name="Ada Adler")
    assert (await asked.people.get_by_reference("crm", "..")).id == made.id
    assert made.http is not None
    assert made.http.status == 201


async def test_somebody_who_was_merged_is_found_where_they_are_now(both: Both, asked: AsyncPeergroup) -> None:
    old, kept = [await asked.people.create(name=f"Ada {number}") for number in range(2)]
    await asked.people.merge(old.id, into=kept.id)
    assert [one.id for one in await both(lambda client: client.people.get(old.id))] == [kept.id, kept.id]
