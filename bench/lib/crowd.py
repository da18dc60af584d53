"""Measures hits as teams and cores grow. Usage: crowd.py <title> <case...>

A case is "<number> teams…:<server>": the server is called with the tokens of so many teams in turn.
"""
import sys

import common
import load

COLUMNS = ["", "", "requests/s", "p99 ms", "CPU µs/request", "ratio to nginx"]


def main(title, cases):
    path = common.RISK.format(5)
    rounds = {case: [] for case in cases}
    for _, teams, server in cases:
        load.wrk(server, path, common.HEADERS, load.warm_up_seconds(server), environment=environment(teams))
    for number in range(common.setting("ROUNDS")):
        for case in common.rotated(list(cases), number):
            name, teams, server = case
            result = load.measure(server, path, common.HEADERS, common.setting("DURATION"), environment=environment(teams))
            rounds[case].append(result)
            common.say(f"round {number + 1}, {name}, {server.title}: {result.per_second:,.0f}/s")
            if result.errors:
                sys.exit(f"{server.title}: {result.errors} errors")
    common.table(title, COLUMNS, [row(case, rounds) for case in rounds])


def environment(teams):
    return {"BENCH_TEAMS": str(teams)}


def row(case, rounds):
    name, _, server = case
    nginx = next(results for (other, _, peer), results in rounds.items() if peer.is_cache())
    return [name, server.title] + load.throughput(rounds[case]) + [common.spread(load.ratios(rounds[case], [nginx]))]


def case(text):
    name, _, address = text.partition(":")
    teams, _, _ = name.partition(" ")
    return name, int(teams), common.Server(address)


if __name__ == "__main__":
    main(sys.argv[1], [case(text) for text in sys.argv[2:]])
