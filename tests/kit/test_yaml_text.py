"""What people do most often in YAML that is none, in plain words."""

import pytest

from peergroup.kit.yaml_text import UnreadableText, read_yaml

SLIPS = {
    "groups:\n\t- name: A\n": (2, 1, "a tab stands here: indent with blanks"),
    "place: Hotel: Nord\n": (1, 13, "a colon stands inside of a text here: put the text into quotes"),
    "members: [ada\n": (2, 1, "a bracket is not closed before this"),
}


@pytest.mark.parametrize("text", SLIPS)
def test_a_slip_is_told_in_plain_words(text: str) -> None:
    with pytest.raises(UnreadableText) as refused:
        read_yaml(text)
    found = refused.value.finding
    line, column, said = SLIPS[text]
    assert (found.line, found.column) == (line, column)
    assert found.detail == f"the text is not valid YAML here: {said}"


def test_what_a_text_says_is_not_repeated() -> None:
    with pytest.raises(UnreadableText) as refused:
        read_yaml("secret: 'never ends\n")
    assert refused.value.finding.detail == "the text is not valid YAML here"
