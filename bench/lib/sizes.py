"""Measures hits as targets and bodies grow, compared with nginx. Usage: sizes.py <server...>"""
import os
import pathlib
import sys

import common
import data
import load

TARGETS = (1, 1000, 10_000)
COHORTS = (1, 16)
PAGE = "/api/external/{}/assets/liquidation-risk?offset={}&limit={}"
COLUMNS = ["", "", "requests/s", "p99 ms", "CPU µs/request", "ratio to the faster nginx"]


def pages(count, cohorts=16):
    """Returns the targets of pages that are almost equally large."""
    all_pages = [PAGE.format(cohort, offset, limit) for limit in (40, 39, 38) for offset in range(data.ASSETS - 40)
                 for cohort in range(1, cohorts + 1)]
    return all_pages[:count]


def main(servers):
    cases = {f"{count:,} target{'s' * (count > 1)} of 3.7 KB": pages(count) for count in TARGETS}
    cases |= {f"240 pages of {cohorts} cohort{'s' * (cohorts > 1)}": pages(240, cohorts) for cohorts in COHORTS}
    cases |= {f"1 target of {size:,} KB": [common.HEATMAP.format(f"SIZE{size}")] for size in data.SIZES_KB}
    rounds = {(case, server): [] for case in cases for server in servers}
    for case, targets in cases.items():
        path = pathlib.Path(os.environ["BENCH_WORK"], "targets")
        path.write_text("".join(f"{target}\n" for target in targets))
        environment = {"BENCH_TARGETS": str(path)}
        for server in servers:
            fill(server, targets)
            load.wrk(server, targets[0], common.HEADERS, load.warm_up_seconds(server), environment=environment)
        for number in range(common.setting("ROUNDS")):
            for server in common.rotated(servers, number):
                result = load.measure(server, targets[0], common.HEADERS, common.setting("DURATION"), environment=environment)
                rounds[case, server].append(result)
                common.say(f"round {number + 1}, {case}, {server.title}: {result.per_second:,.0f}/s")
    common.table("Targets and sizes", COLUMNS, [row(case, server, rounds) for case, server in rounds])
    common.note(f"Pages of 16 cohorts, or one heatmap; {load.CONNECTIONS} connections, the targets in turn.")


def fill(server, targets):
    connection = server.connection()
    for target in targets:
        response = common.fetch(connection, target)
        if response.status != 200:
            sys.exit(f"{server.title} answered {response.status} for {target}")
    connection.close()


def row(case, server, rounds):
    measured = rounds[case, server]
    peers = [results for (other, peer), results in rounds.items() if other == case and peer.is_cache()]
    return [case, server.title] + load.throughput(measured) + [common.spread(load.ratios(measured, peers))]


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
