"""What bringing people in costs, as a table of ratios."""

from typing import Any

from benchmarks.tables import median


def written(found: list[dict[str, Any]]) -> str:
    """A line for each pass."""
    lines = [
        "| way | pass | database | people | ours, people/s | twin, people/s | of the twin: time, CPU "
        "| CPU of server + database, µs each: ours, twin | memory over idle, MiB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        rows, ours, twin = one["rows"], _cpu(one, "ours"), _cpu(one, "twin")
        seconds = [median(one, name, "seconds") for name in ("ours", "twin")]
        more = max(turn["peak"] - turn["idle"] for turn in one["rounds"]["ours"]) / 2**20
        lines.append(
            f"| {one['way']} | {one['pass']} | {one['database']} | {rows:,} "
            f"| {rows / seconds[0]:,.0f} | {rows / seconds[1]:,.0f} "
            f"| {seconds[1] / seconds[0]:.2f}, {sum(twin) / sum(ours):.2f} "
            f"| {_each(ours, rows)}, {_each(twin, rows)} | {more:.0f} |"
        )
    return "\n".join(lines)


def _cpu(one: dict[str, Any], name: str) -> list[float]:
    return [median(one, name, figure) for figure in ("cpu", "database_cpu")]


def _each(seconds: list[float], rows: int) -> str:
    return " + ".join(f"{one / rows * 1e6:.0f}" for one in seconds)
