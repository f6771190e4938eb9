"""The results as tables of ratios."""

import json
import os
import platform
import statistics
from pathlib import Path
from typing import Any

Result = dict[str, Any]


def median(result: Result, name: str, figure: str) -> float:
    """The median of one figure of one server over its rounds."""
    return statistics.median(one[figure] for one in result["rounds"][name])


def said(found: list[Result], tables: str, file: Path | None) -> None:
    """Print what was measured; every round of it goes into the file, if there is one."""
    print(tables)
    if file is not None:
        about = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
        file.write_text(json.dumps({"machine": about, "results": found}, indent=2) + "\n")


def written(found: list[Result]) -> str:
    """Every table there is something to say in."""
    compared = [one for one in found if "naive" in one["rounds"]]
    ends = [one for one in found if "last" in one["rounds"]]
    return "\n\n".join(filter(None, [_compared(compared), _growth(compared), _shared(compared), _ends(ends)]))


def _compared(found: list[Result]) -> str:
    lines = [
        "| case | database | rows | ours, µs | naive, µs | bare, µs | against naive | of bare "
        "| database: ours, naive, µs | statements: ours, naive |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        ours, naive, bare = (median(one, name, "cpu_us") for name in ("ours", "naive", "bare"))
        database = ", ".join(f"{median(one, name, 'database_cpu_us'):.0f}" for name in ("ours", "naive"))
        said = one["statements"]
        lines.append(
            f"| {one['case']} | {one['database']} | {one['rows']:,} | {ours:.0f} | {naive:.0f} | {bare:.0f} "
            f"| {naive / ours:.1f} × | {bare / ours:.3f} | {database} | {said['ours']}, {said['naive']} |"
        )
    return "\n".join(lines) if found else ""


def _growth(found: list[Result]) -> str:
    lines = ["| growth | database | rows | server | database server |", "|---|---|---|---|---|"]
    for small in found:
        for large in found:
            same = all(small[name] == large[name] for name in ("case", "database"))
            if same and small["rows"] < large["rows"]:
                server, database = (_ratio(large, small, name) for name in ("cpu_us", "database_cpu_us"))
                lines.append(
                    f"| {small['case']} | {small['database']} | {small['rows']:,} → {large['rows']:,} "
                    f"| {server} | {database} |"
                )
    return "\n".join(lines) if len(lines) > 2 else ""


def _shared(found: list[Result]) -> str:
    lines = [
        "| two workers | database | rows | one, µs | two, µs | 2 × one ÷ two |",
        "|---|---|---|---|---|---|",
    ]
    for case in (one for one in found if "two" in one["rounds"]):
        one, two = median(case, "ours", "cpu_us"), median(case, "two", "cpu_us")
        what = f"| {case['case']} | {case['database']} | {case['rows']:,}"
        lines.append(f"{what} | {one:.0f} | {two:.0f} | {2 * one / two:.2f} × |")
    return "\n".join(lines) if len(lines) > 2 else ""


def _ratio(large: Result, small: Result, figure: str) -> str:
    base = median(small, "ours", figure)
    return f"{median(large, 'ours', figure) / base:.2f} ×" if base else "–"


def _ends(found: list[Result]) -> str:
    lines = ["| database | first route, µs | last route, µs | ratio |", "|---|---|---|---|"]
    for one in found:
        first, last = median(one, "first", "cpu_us"), median(one, "last", "cpu_us")
        lines.append(f"| {one['database']} | {first:.0f} | {last:.0f} | {last / first:.2f} |")
    return "\n".join(lines) if found else ""
