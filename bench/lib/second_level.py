"""Measures hits of heatmaps that another replica has loaded. Usage: second_level.py <redis port> <loaded by> <asked>"""
import statistics
import sys
import time

import common
import redis

COINS = [f"SHARED{number}" for number in range(600)]
WARM = 100


def times(server, coins):
    connection = server.connection()
    taken = []
    for coin in coins:
        start = time.monotonic()
        response = common.fetch(connection, common.HEATMAP.format(coin))
        taken.append((time.monotonic() - start) * 1000)
        if response.status != 200:
            sys.exit(f"{server.name} answered {response.status}")
    connection.close()
    return taken


def row(title, taken):
    cuts = statistics.quantiles(taken, n=100)
    return [title, f"{len(taken)}", f"{cuts[49]:.2f}", f"{cuts[98]:.2f}"]


def main(port, first, second):
    common.pin_to_load_core()
    store = redis.Redis(port)
    times(second, [f"WARM{number}" for number in range(600)])
    before = len(common.calls())
    misses = times(first, COINS)
    called = len(common.calls()) - before
    shared = times(second, COINS)
    repeated = len(common.calls()) - before - called
    hits = times(second, COINS)
    common.table("A heatmap of 40 KB, one request at a time, ms", ["", "requests", "p50", "p99"],
                 [row("miss", misses[WARM:]), row("hit in Redis", shared[WARM:]),
                  row("hit in memory", hits[WARM:])])
    common.note(f"Upstream calls: {called} for the misses, {repeated} for the hits.")
    keys = store.keys("*SHARED*response")
    sizes = [store.ask("MEMORY", "USAGE", key) for key in keys]
    common.note(f"Memory in Redis: {statistics.median(sizes):,.0f} bytes for each of {len(keys)} heatmaps, including its key.")


if __name__ == "__main__":
    main(sys.argv[1], common.Server(sys.argv[2]), common.Server(sys.argv[3]))
