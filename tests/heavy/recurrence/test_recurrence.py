"""Ten thousand random rules, worked out by us, by a library of another language with its own clocks, and by dateutil.

`ci` tries a few hundred. At least a fifth of the days compared are days on which clocks change.
"""

import contextlib
import datetime as dt
import json
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import pytest
from dateutil.rrule import rrulestr

from peergroup.sessions import recurrence
from peergroup.sessions.occurrences import dates
from peergroup.sessions.recurrence import MOST, Rule, days, horizon
from peergroup.sessions.recurrence_text import parsed, written
from peergroup.sessions.times import placed
from tests.heavy.recurrence.cases import Case, a_case, a_rule, changes
from tests.scale import report, scaled

HERE = Path(__file__).parent
Told = list[list[str]]


@pytest.fixture(scope="module")
def another(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other library, installed beside the program that asks it. A lock file would record download addresses."""
    place = tmp_path_factory.mktemp("recurrence")
    for name in ("package.json", "expand.mjs"):
        shutil.copy(HERE / name, place)
    quietly = ("--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    subprocess.run(["npm", "install", *quietly], cwd=place, check=True, timeout=300)
    return place / "expand.mjs"


def theirs(program: Path, cases: Sequence[Case]) -> list[Told]:
    """What the other library says."""
    asked = "".join(
        json.dumps({"rule": one.rule, "start": one.start, "zone": one.zone, "last": str(last_of(one))}) + "\n"
        for one in cases
    )
    done = subprocess.run(
        ["node", str(program)], input=asked, capture_output=True, text=True, check=True, timeout=600
    )
    return [json.loads(line)[:MOST] for line in done.stdout.splitlines()]


def last_of(case: Case) -> dt.date:
    return horizon(dt.date.fromisoformat(case.start[:10]))


def ours(case: Case) -> Told:
    """What we say: local time by the rule, and the instant."""
    told = []
    for day in dates(parsed(case.rule), case.start, case.zone):
        local = f"{day}{case.start[10:]}"
        told.append([local, f"{placed(local, case.zone, 'shift_forward', 60).starts_at:%Y-%m-%dT%H:%M}"])
    return told


def is_misread(rule: Rule) -> bool:
    """The other library takes the first day for the last but one where a month has one day only, and counts a day
    twice that two positions name. dateutil is asked about those."""
    return len(rule.positions) > 1 or any(place < -1 for place in rule.positions)


def test_another_library_with_its_own_clocks_says_the_same(another: Path) -> None:
    random = Random(20_270_112)
    cases: list[Case] = []
    while len(cases) < scaled(400, 10_000):
        case = a_case(random)
        if not is_misread(parsed(case.rule)):
            cases.append(case)
    compared = at_a_change = 0
    different = []
    for case, said in zip(cases, theirs(another, cases), strict=True):
        mine = ours(case)
        compared += len(mine)
        at_a_change += sum(dt.date.fromisoformat(local[:10]) in changes(case.zone) for local, _ in mine)
        if mine != said:
            different.append((case, mine, said))
    report(f"{len(cases)} rules, {compared} dates, {at_a_change} of them where clocks change")
    assert different == []
    assert at_a_change >= compared / 5


def test_dateutil_says_the_same_about_days() -> None:
    random = Random(20_300_108)
    for _ in range(scaled(200, 5_000)):
        case = a_case(random)
        rule = parsed(case.rule)
        if rule.until is not None:
            continue
        start = dt.datetime.fromisoformat(case.start)
        last = dt.datetime.combine(last_of(case), dt.time(23, 59))
        found = rrulestr(case.rule, dtstart=start).between(start, last, inc=True)
        assert [day.date() for day in found][:MOST] == dates(rule, case.start, case.zone), case


def test_hostile_rules_are_judged_within_ten_milliseconds() -> None:
    random = Random(20_310_107)
    slowest, shown = 0.0, ""
    for _ in range(scaled(300, 20_000)):
        day = dt.date(2028, 2, 29) if random.random() < 0.2 else dt.date(2027, 1, 1 + random.randrange(31))
        text = a_rule(random, day)
        took = min(_judged(text, day) for _ in range(3))
        if took > slowest:
            slowest, shown = took, text
    report(f"the slowest rule took {slowest * 1000:.1f} ms: {shown}")
    assert slowest < 0.01, shown


def _judged(text: str, day: dt.date) -> float:
    recurrence._days.cache_clear()  # what was reckoned before costs nothing
    begun = time.process_time()
    with contextlib.suppress(ValueError):
        days(parsed(text), day)
    return time.process_time() - begun


def test_rules_survive_being_written_and_read() -> None:
    random = Random(20_320_106)
    for _ in range(scaled(300, 5_000)):
        rule = parsed(a_case(random).rule)
        assert parsed(written(rule)) == rule
