"""Ways to tell whose a thing is. Each is a function of what is left, and knows nothing of the truth.

Most are pairs of orders: an order of the ten things (their ids, the places of their rows, the transactions that
wrote them, times, bytes in files) and an order of the ten people (who was answered first, and every order that is
left of what they did under their names). Whoever knows both, and how one goes with the other, links them.
The rest name people directly: what stands beside a thing, which reader is answered otherwise, whose key opens it.
"""

import json
import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Any
from uuid import UUID

from peergroup.facilitation.envelopes import unseal
from peergroup.facilitation.sealing import CARDS, MARKS, pseudonym
from peergroup.kit.answers import etag
from tests.adversary.game import READ_BY, Game, Round
from tests.adversary.remains import LOG, MAIN, NEAR, File, Line

_TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(?:\.\d+)?")
Order = list[str]
Guess = dict[str, str]


class Evidence:
    """Everything there is, found by the words and ids that occur in it."""

    def __init__(self, game: Game, rows: Iterable[Line], files: list[File]) -> None:
        self.vault, self.files = game.house.vault, files
        self.lines_by_name: dict[str, list[Line]] = defaultdict(list)
        for line in (*game.lines, *rows):
            for name in line.names:
                self.lines_by_name[name].append(line)
        self.of_rounds = {name for case in game.rounds for name in case.around}
        names = {
            name for case in game.rounds for pair in case.aliases.items() for name in (*pair, *case.people)
        }
        has_texts = any(file.name == MAIN for file in files)
        raw_ids = {} if has_texts else {UUID(name).bytes: name for name in names if "-" in name}
        for file in files:
            file.raw_ids = raw_ids
        self._looks = {look.exercise: look.files for look in game.looks if look.files}

    def files_at(self, case: Round) -> list[File]:
        """Every file, those of the end and those as they were when the exercise had just ended."""
        return [*self.files, *self._looks.get(case.exercise, ())]

    def keys(self, case: Round) -> Iterator[bytes]:
        """Keys of the exercise that are left, opened with the server's secret. PostgreSQL's log does not count:
        it is a backup made while the exercise ran, and with that and the secret anybody could link."""
        for one in {found for file in self.files_at(case) if file.name != LOG for found in file.wrapped}:
            with suppress(ValueError):
                yield self.vault.unwrap("exercise-key", case.exercise, one.decode())

    def lines(self, names: Iterable[str]) -> list[Line]:
        """The lines in which one of these occurs."""
        return [line for name in names for line in self.lines_by_name.get(name, ())]

    def named(self, case: Round) -> dict[str, list[Line]]:
        """The lines about a round that name one of its people."""
        lines = self.lines(case.around)
        return {person: [line for line in lines if person in line.names] for person in case.people}

    def seats(self, case: Round) -> dict[str, list[Line]]:
        """The lines about the exercise as a whole that name one of its people."""
        lines = [line for line in self.lines([case.exercise]) if not line.names & self.of_rounds]
        return {person: [line for line in lines if person in line.names] for person in case.people}


def names_of(case: Round, thing: str) -> tuple[str, ...]:
    """What a thing is called: its word, and the id that it has at the end."""
    return tuple({thing, case.aliases.get(thing, thing)})


def orders_of_things(evidence: Evidence, case: Round) -> dict[str, Order]:
    """Every order in which the ten things are left."""
    found = {"ids": sorted(case.things, key=lambda thing: case.aliases.get(thing, thing))}
    found |= _orders({thing: evidence.lines(names_of(case, thing)) for thing in case.things})
    for file in evidence.files_at(case):
        for where, spots in ((file.name, file.spots), (f"{file.name}, signed", file.beside_pseudonyms)):
            places = {
                thing: [spot for one in names_of(case, thing) for spot in spots.get(one, ())]
                for thing in case.things
            }
            if all(places.values()):
                for which, pick in _PICKS:
                    found[f"{which} bytes in {where}"] = sorted(places, key=lambda thing: pick(places[thing]))
    return found


def orders_of_people(evidence: Evidence, case: Round) -> dict[str, Order]:
    """Every order in which the ten people are left, in what belongs to this round or this exercise."""
    found = {"answers": case.answered, "ids": sorted(case.people)}
    return found | _orders(evidence.named(case)) | _orders(evidence.seats(case), of="exercise: ")


_PICKS: tuple[tuple[str, Callable[..., Any]], ...] = (("first", min), ("last", max))
_WAYS: dict[str, Callable[[Line], Any]] = {
    "places": lambda line: line.place,
    "transactions": lambda line: line.stamp or 0,
    "times": lambda line: sorted(_TIME.findall(line.text)),
}


def _orders(lines: dict[str, list[Line]], of: str = "") -> dict[str, Order]:
    """The orders of those to whom lines belong: by place, transaction and times of their first lines."""
    found = {}
    sources = {
        line.source for given in lines.values() for line in given if not line.source.startswith(READ_BY)
    }
    for source in sorted(sources):
        mine = {name: [line for line in given if line.source == source] for name, given in lines.items()}
        if not all(mine.values()):
            continue
        for way, key in _WAYS.items():
            keys = {name: min(map(key, given)) for name, given in mine.items()}
            if len(set(map(str, keys.values()))) > len(keys) // 2:
                found[f"{of}{way} in {source}"] = sorted(keys, key=lambda name: (keys[name], name))
    return found


# Direct ways.


def beside(evidence: Evidence, case: Round) -> Guess:
    """Who is named in the same line."""
    guess = {}
    for thing in case.things:
        lines = evidence.lines(names_of(case, thing))
        count = Counter(name for line in lines for name in line.names.intersection(case.people))
        if count:
            guess[thing] = count.most_common(1)[0][0]
    return guess


def next_transaction(evidence: Evidence, case: Round) -> Guess:
    """Whose named rows were written by the transaction nearest to the one that wrote a row about the thing."""
    named = evidence.named(case).items()
    stamps = [(line.stamp, person) for person, lines in named for line in lines if line.stamp is not None]
    guess = {}
    for thing in case.things:
        mine = [line.stamp for line in evidence.lines(names_of(case, thing)) if line.stamp is not None]
        if mine and stamps:
            guess[thing] = min((abs(stamp - min(mine)), person) for stamp, person in stamps)[1]
    return guess


def answered_otherwise(evidence: Evidence, case: Round) -> Guess:
    """Which of the readers is shown the thing otherwise than the rest."""
    guess = {}
    for thing in case.things:
        card = case.aliases.get(thing, thing)
        shown = {
            line.source.removeprefix(READ_BY): line.text
            for line in evidence.lines([card])
            if line.source.startswith(READ_BY) and json.loads(line.text)["id"] == card
        }
        usual = Counter(shown.values()).most_common(1)
        odd = [reader for reader, text in shown.items() if text != usual[0][0] and reader in case.people]
        if odd:
            guess[thing] = odd[0]
    return guess


_AS_POSTED = {
    "mine": True,
    "revealed": False,
    "marks": [],
    "created_at": None,
    "version": 1,
    "allowed_actions": ["edit", "delete"],
}


def by_etag(evidence: Evidence, case: Round) -> Guess:
    """Whose ETag is that of the card as its author was answered: all of it can be guessed but the id it had then."""
    people, guess = {tag: person for person, tag in case.tags.items()}, {}
    for thing in case.things:
        for line in evidence.lines(names_of(case, thing)):
            if line.source == "contributions":
                said = json.dumps(json.loads(line.text) | _AS_POSTED, separators=(",", ":")).encode()
                if etag(1, said) in people:
                    guess[thing] = people[etag(1, said)]
    return guess


def bytes_beside(evidence: Evidence, case: Round) -> Guess:
    """Whose id stands nearest to the thing in a file, wherever that is nearest of all."""
    guess = {}
    for thing in case.things:
        near = [
            (distance, person)
            for file in evidence.files_at(case)
            for name in names_of(case, thing)
            for spot in file.spots.get(name, ())
            for person in case.people
            if (distance := _distance(file.spots.get(person, []), spot)) < NEAR
        ]
        if near:
            guess[thing] = min(near)[1]
    return guess


def _distance(spots: list[int], spot: int) -> int:
    place = bisect(spots, spot)
    return min((abs(one - spot) for one in spots[max(0, place - 1) : place + 1]), default=NEAR)


def by_the_key(evidence: Evidence, case: Round) -> Guess:
    """Whose pseudonym stands beside the thing, by the server's secret and a key of the exercise that is left."""
    purpose, guess = CARDS if case.what == "card" else MARKS, {}
    for key in evidence.keys(case):
        for person in case.people:
            name = pseudonym(key, purpose, UUID(person)).encode()
            for file in evidence.files_at(case):
                for start in file.signed.get(name, ()):
                    near = file.content[max(0, start - NEAR) : start + len(name) + NEAR]
                    near += b"".join(_opened(key, one) for one in file.envelopes(start))
                    guess |= {thing: person for thing in case.things if _is_in(near, names_of(case, thing))}
    return guess


def _opened(key: bytes, envelope: bytes) -> bytes:
    with suppress(ValueError):
        return unseal(key, envelope.decode()).encode()
    return b""


def _is_in(content: bytes, names: Iterable[str]) -> bool:
    return any(one.encode() in content or ("-" in one and UUID(one).bytes in content) for one in names)


DIRECT: dict[str, Callable[[Evidence, Round], Guess]] = {
    "named beside it": beside,
    "next transaction": next_transaction,
    "answered otherwise": answered_otherwise,
    "ETags": by_etag,
    "bytes beside it": bytes_beside,
    "the server's secret": by_the_key,
}
