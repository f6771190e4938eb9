"""Some words around the first one that was asked for."""

from peergroup.search.words import asked

BEFORE, LONGEST = 60, 300


def excerpt(texts: list[str | None], words: list[str]) -> str:
    """At most 300 characters of the first text that has one of the words, with dots where something is left out."""
    said = [text for text in texts if text]
    for text in said:
        place = _first(text, words)
        if place is not None:
            return _around(text, place)
    return _around(said[0], 0) if said else ""


def _first(text: str, words: list[str]) -> int | None:
    place = 0
    for part in text.split():
        place = text.index(part, place)
        if any(found.startswith(word) for found in asked(part) for word in words):
            return place
        place += len(part)
    return None


def _around(text: str, place: int) -> str:
    start = max(0, place - BEFORE)
    end = min(len(text), start + LONGEST)
    cut = " ".join(text[start:end].split())
    return f"{'… ' if start else ''}{cut}{' …' if end < len(text) else ''}"
