"""How things are called: methods after operations, classes after schemas and tags.

The operation `submit_challenge` with the tag `challenges` is `client.challenges.submit`: the noun of its tag is left
out, at the end or after the verb (`list_challenge_actions` is `challenges.list_actions`). It stays where the rest
would name something else, or where it stands in the plural and nothing is listed: `people.upsert_people`.
"""

import builtins
import keyword
import re

_SINGULAR = {"people": "person", "me": "my", "series": "series"}
_OF_MANY = ("list", "stream")


def attribute(tag: str) -> str:
    """The attribute of the client for a tag."""
    return re.sub(r"\W+", "_", tag)


def class_name(tag: str) -> str:
    """The class of its methods."""
    return "".join(word.title() for word in attribute(tag).split("_"))


def python_name(name: str) -> str:
    """A name as Python can spell it."""
    plain = re.sub(r"\W+", "_", name)
    return f"{plain}_" if keyword.iskeyword(plain) else plain


def singular(tag: str) -> str:
    """The noun of a tag for one of its things."""
    noun = attribute(tag)
    if noun in _SINGULAR:
        return _SINGULAR[noun]
    return re.sub(r"ies$", "y", noun) if noun.endswith("ies") else noun.removesuffix("s")


def method(operation: str, tag: str, tags: list[str]) -> str:
    """The method of an operation."""
    verb, *rest = operation.split("_")
    one, many = singular(tag).split("_"), attribute(tag).split("_")
    others = {singular(other) for other in tags if other != tag} - {"operation"}
    for noun in [one, many] if verb in _OF_MANY or one == many or tag == "me" else [one]:
        if rest[: len(noun)] == noun:
            rest = rest[len(noun) :]
            break
        if rest[-len(noun) :] == noun and not others & set(rest[: -len(noun)]):
            rest = rest[: -len(noun)]
            break
    return python_name("_".join([verb, *rest]))


def schema_name(name: str) -> str:
    """The class of a schema; where two rooms have one of the same name, the room comes first."""
    if "__" not in name:
        return name
    _, room, *_, last = name.split("__")
    return room.title() + last


def hides_builtin(fields: object) -> set[str]:
    """Those of these names under which a class would no longer find Python's own."""
    return {name for name in fields if hasattr(builtins, name)}  # type: ignore[attr-defined]  # any names
