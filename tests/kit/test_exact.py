"""Values are taken in the form the contract writes them in, and in no other."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import Field, ValidationError

from peergroup.kit.ids import new_id
from peergroup.kit.time import Day, Instant
from peergroup.kit.wire import In

AN_ID = "0190f5a4-7c1b-7d3e-8a55-3f1c2b4d5e6f"


class Inner(In):
    """A part of another schema."""

    size: int = 1


class Given(In):
    """One field of every kind."""

    id: UUID | None = None
    at: Instant | None = None
    on: Day | None = None
    many: int | None = Field(None, ge=0)
    share: float | None = None
    whether: bool | None = None
    inner: list[Inner] = []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", AN_ID),
        ("id", AN_ID.upper()),
        ("at", "2026-12-15T17:00:00Z"),
        ("at", "2026-12-15T17:00:00.123456789+02:00"),
        ("on", "2026-12-15"),
        ("many", 12),
        ("many", 12.0),
        ("share", 1),
        ("share", 1.5),
        ("whether", True),
        ("inner", [{"size": 2}]),
    ],
)
def test_a_value_in_its_own_form_is_taken(field: str, value: Any) -> None:
    assert getattr(Given.model_validate({field: value}), field) is not None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", f"urn:uuid:{AN_ID}"),
        ("id", f"{{{AN_ID}}}"),
        ("id", AN_ID.replace("-", "")),
        ("id", f"{AN_ID}\n"),
        ("at", 0),
        ("at", "1700000000"),
        ("at", "2026-12-15 17:00:00Z"),
        ("at", "2026-12-15T17:00Z"),
        ("at", "2026-12-15"),
        ("at", "٢٠٢٦-12-15T17:00:00Z"),
        ("on", 20000),
        ("on", "2026-12-15T00:00:00"),
        ("many", "12"),
        ("many", True),
        ("many", 1.5),
        ("many", -1),
        ("share", "1.5"),
        ("share", False),
        ("whether", "yes"),
        ("whether", 1),
        ("inner", [{"size": "2"}]),
    ],
)
def test_a_value_in_another_form_is_refused(field: str, value: Any) -> None:
    with pytest.raises(ValidationError) as refused:
        Given.model_validate({field: value})
    assert refused.value.errors()[0]["loc"][0] == field


def test_what_the_code_itself_puts_in_is_taken_as_it_is() -> None:
    one = new_id()
    assert Given(id=one).id == one
