"""Measures hits in memory with and without sharing through Redis. Usage: levels.py <alone> <sharing>"""
import statistics
import sys

import common
import load


def main(alone, sharing):
    rows = []
    for title, path in (("Risk page", common.RISK.format(5)), ("Heatmap", common.HEATMAP.format("BTC"))):
        rounds = {alone: [], sharing: []}
        for server in rounds:
            load.warm_up(server, path, common.HEADERS)
        for number in range(common.setting("ROUNDS")):
            for server in (alone, sharing) if number % 2 else (sharing, alone):
                rounds[server].append(load.measure(server, path, common.HEADERS, common.setting("DURATION")))
                common.say(f"round {number + 1}, {title}, {server.name}: {rounds[server][-1].per_second:,.0f}/s")
        rows.append([title] + [f"{statistics.median(result.per_second for result in rounds[server]):,.0f}"
                               for server in (alone, sharing)]
                    + [common.spread(load.ratios(rounds[sharing], [rounds[alone]]))])
    common.table("Hits in memory, requests/s", ["", "without sharing", "with sharing", "ratio"], rows)


if __name__ == "__main__":
    main(*map(common.Server, sys.argv[1:]))
