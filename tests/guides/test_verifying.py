"""The code that the guide gives to receivers tells our messages from everything else.

The TypeScript is carried out by `.ci/contract/check`, which brings a compiler.
"""

import json
from collections.abc import Callable
from typing import Any

import pytest

from peergroup.webhooks.schemas import WebhookMessage
from tests.guides.verifying import GUIDE, code, messages


@pytest.fixture(scope="module")
def verified() -> Callable[..., bool]:
    found: dict[str, Any] = {}
    exec(compile(code("python"), str(GUIDE), "exec"), found)
    return found["verified"]  # type: ignore[no-any-return]  # it is made there


@pytest.mark.parametrize("number", range(len(messages())))
def test_the_code_of_the_guide_judges_messages_rightly(number: int, verified: Callable[..., bool]) -> None:
    one = messages()[number]
    assert verified(one["secret"], one["headers"], one["body"].encode()) is one["right"], one


def test_there_are_right_and_wrong_messages() -> None:
    verdicts = [one["right"] for one in messages()]
    assert verdicts.count(True) >= 3
    assert verdicts.count(False) >= 15


def test_the_message_of_the_guide_is_one() -> None:
    WebhookMessage.model_validate(json.loads(code("json")))
