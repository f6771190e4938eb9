"""Markdown that we answer: when it is preferred, and how what people wrote stays text in it."""

import re

MEDIA = "text/markdown"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~.&-])")


def escaped(text: str) -> str:
    """A text on one line that Markdown shows as it is."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def prefers_markdown(accept: str | None) -> bool:
    """Whether an Accept header asks for Markdown rather than for JSON."""
    weights = {"text/markdown": 0.0, "application/json": 0.0}
    for part in (accept or "").lower().split(","):
        media, _, parameters = part.partition(";")
        if media.strip() in weights:
            weights[media.strip()] = _weight(parameters)
    return weights["text/markdown"] > weights["application/json"]


def _weight(parameters: str) -> float:
    found = re.search(r"(?:^|;)\s*q=([01](?:\.\d{0,3})?)\s*(?:;|$)", parameters)
    return float(found.group(1)) if found else 1.0
