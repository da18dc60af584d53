"""Prints the results of all replays of a day. Usage: day_report.py <results> <seconds> <ttl of nginx> <seed> <peak rate>"""
import json
import pathlib
import sys

import common
import day_plan

PARTS = (0.5, 0.99)


def percentiles(histogram):
    """Returns the values below which these parts of a histogram are, and the highest one."""
    values = sorted((float(value), count) for value, count in histogram.items())
    total, seen, found = sum(count for _, count in values), 0, []
    for value, count in values:
        seen += count
        while len(found) < len(PARTS) and seen >= PARTS[len(found)] * total:
            found.append(value)
    return found + [values[-1][0]]


def slashed(values, form):
    return " / ".join(format(value, form) for value in values)


def rows(result, speed):
    """Yields name and value of each row of a result."""
    counts, calls, requests = result["counts"], result["calls"], result["requests"]
    made = sum(calls.get(kind, 0) for kind in ("risk", "heatmap", "fills", "status"))
    yield "requests", f"{requests:,}"
    for status in ("200", "304"):
        yield f"responses {status}", f"{counts.get('status ' + status, 0):,}"
    yield "4xx", f"{of_class(counts, '4'):,}"
    yield "5xx", f"{of_class(counts, '5'):,}"
    for kind in ("risk", "heatmap", "fills"):
        yield f"5xx, {kind}", f"{counts.get('failed ' + kind, 0):,}"
    yield "200 with a wrong body", f"{counts.get('wrong', 0):,}"
    yield "lost connections, timeouts", f"{result['errors']:,}"
    yield "stale responses", f"{counts.get('stale', 0):,}"
    yield "**upstream calls**", f"{made:,}"
    for kind in ("risk", "heatmap", "fills", "status"):
        yield f"calls, {kind}", f"{calls.get(kind, 0):,}"
    yield "calls that failed", f"{sum(calls.get(kind + ' failed', 0) for kind in ('risk', 'heatmap', 'fills', 'status')):,}"
    yield "downloads, failed ones", f"{calls.get('download', 0):,}, {calls.get('download failed', 0):,}"
    yield "calls in 30 such days", f"{30 * made:,}"
    behind = percentiles(result["behind"])
    late = sum(count for value, count in result["behind"].items() if float(value) > 0) / max(1, sum(result["behind"].values()))
    yield "behind the newest state, part of the responses", f"{100 * late:.1f} %"
    yield "behind the newest state, min", slashed((value / 60 for value in behind), ".1f")
    yield "the same in this run, s", slashed((value / speed for value in behind), ".2f")
    yield "age of the data, min", slashed((value / 60 for value in percentiles(result["ages"])), ".1f")
    yield "latency, ms", slashed((value / 1000 for value in percentiles(result["latencies"])), ".2f")
    yield "requests sent late, at most by ms", f"{counts.get('late', 0):,}, {counts.get('latest', 0):.0f}"
    yield "**CPU seconds per million requests**", f"{1e6 * result['cpu'] / max(1, requests):.1f}"
    yield "the same, Redis", "" if result["redis"] is None else f"{1e6 * result['redis'] / max(1, requests):.1f}"
    yield "resident, MB", f"{result['resident'] / 1e6:.0f}"
    yield "other processes, % of a core", f"{result['others']:.0f}"


def of_class(counts, first):
    return sum(count for name, count in counts.items() if name.startswith("status " + first))


def main(path, seconds, ttl, seed, peak):
    results = [json.loads(line) for line in pathlib.Path(path).read_text().splitlines()]
    speed = day_plan.DAY / seconds
    columns = [list(rows(result, speed)) for result in results]
    common.table(f"A day in {seconds / 60:g} min", [""] + [result["title"] for result in results], [
        [column[0] for column in row[:1]] + [value for _, value in row] for row in zip(*columns)])
    common.note(f"A second is {speed / 60:.1f} min of the day; seed {seed}, at most {peak:,} requests/s. Ages and latencies are"
                " p50 / p99 / max; ages are those of uncompressed lists and heatmaps. Lists and heatmaps are fresh for"
                f" {ttl} s in nginx ({ttl * speed / 60:.1f} min of the day). The gateway checks requests, callers and bodies and has"
                " its metrics on; nginx has none of these. bench/README.md lists what else is unequal.")


if __name__ == "__main__":
    main(sys.argv[1], *(int(text) for text in sys.argv[2:]))
