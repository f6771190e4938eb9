"""A patch's field that has to stay: it may be left out, and null is refused before anybody looks at it."""

from typing import Annotated

import pytest
from pydantic import Field, ValidationError

from peergroup.kit.text import Line
from peergroup.kit.wire import KEPT, In


class Patch(In):
    """One field that stays, and one that may be cleared."""

    name: Annotated[Line | None, KEPT] = Field(None, description="New name.")
    focus: Line | None = Field(None, description="New focus; null clears it.")


def test_what_stays_may_be_left_out_and_changed() -> None:
    assert Patch.model_validate({}).model_fields_set == set()
    assert Patch.model_validate({"name": "Fjord"}).name == "Fjord"


def test_what_stays_is_not_cleared() -> None:
    with pytest.raises(ValidationError) as refused:
        Patch.model_validate({"name": None})
    assert refused.value.errors()[0]["loc"] == ("name",)
    assert Patch.model_validate({"focus": None}).model_fields_set == {"focus"}


def test_the_contract_says_so() -> None:
    fields = Patch.model_json_schema()["properties"]
    assert fields["name"]["type"] == "string"
    assert {"type": "null"} in fields["focus"]["anyOf"]
