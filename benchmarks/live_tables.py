"""What streams cost, as tables of ratios."""

from typing import Any

from benchmarks.tables import median


def written(found: list[dict[str, Any]]) -> str:
    """Three tables: what each listener holds, what goes while nothing happens, what an event costs."""
    return "\n\n".join([_resting(found), _heard(found)])


def _resting(found: list[dict[str, Any]]) -> str:
    lines = [
        "| idle listeners | database | organizations | ours, KiB each | bare, KiB each | idle server, MiB "
        "| idle CPU: ours, bare, % of a core | opening: ours, bare, µs |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        ours, bare = one["ours"], one["bare"]
        lines.append(
            f"| {one['listeners']:,} | {one['database']} | {one['organizations']} "
            f"| {ours['bytes_each'] / 1024:.1f} | {bare['bytes_each'] / 1024:.1f} | {ours['idle_server'] / 2**20:.0f} "
            f"| {100 * ours['idle_share']:.1f}, {100 * bare['idle_share']:.1f} "
            f"| {ours['opening_us']:.0f}, {bare['opening_us']:.0f} |"
        )
    return "\n".join(lines)


def _heard(found: list[dict[str, Any]]) -> str:
    lines = [
        "| heard | database | listeners | events heard in each round | ours, µs | bare, µs | of bare "
        "| until the last, s |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in found:
        for shape, rounds in one["rounds"].items():
            case = {"rounds": rounds}
            ours, bare = median(case, "ours", "cpu_us"), median(case, "bare", "cpu_us")
            heard, seconds = median(case, "ours", "heard"), median(case, "ours", "seconds")
            lines.append(
                f"| {shape} | {one['database']} | {one['listeners']:,} | {heard:,.0f} | {ours:.1f} | {bare:.1f} "
                f"| {bare / ours:.2f} | {seconds:.1f} |"
            )
    return "\n".join(lines)
