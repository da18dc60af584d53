"""Measures misses: one cold heatmap after the other, directly and through each server. Usage: miss.py <origin> <server...>"""
import statistics
import sys
import time

import common

# Warm-up: a miss runs much code that a hit does not, which the JVMs compile first.
WARM_UP = 20000
BLOCKS, BLOCK = 20, 50
FIRST = 100


def milliseconds(connection, path):
    start = time.perf_counter_ns()
    response = common.fetch(connection, path)
    elapsed = time.perf_counter_ns() - start
    if response.status != 200:
        sys.exit(f"{response.status} for {path}")
    return elapsed / 1e6


def warm_up(servers):
    for server in servers:
        connection = server.connection()
        for number in range(WARM_UP):
            milliseconds(connection, common.HEATMAP.format(f"WARM{number}"))
        connection.close()


def first(servers):
    """Returns the times of the first misses since the start of each server."""
    return {server: [milliseconds(connection, common.HEATMAP.format(f"FIRST{number}")) for number in range(FIRST)]
            for server in servers for connection in [server.connection()]}


# In blocks, because a server that waits while others work finds the core's caches cold.
def times(servers):
    connections = {server: server.connection() for server in servers}
    found = {server: [] for server in servers}
    for block in range(BLOCKS):
        shift = block % len(servers)
        for server in servers[shift:] + servers[:shift]:
            for number in range(BLOCK):
                path = common.HEATMAP.format(f"COLD{block * BLOCK + number}")
                found[server].append(milliseconds(connections[server], path))
    for connection in connections.values():
        connection.close()
    return found


def main(servers):
    common.pin_to_load_core()
    common.say("misses")
    cold = first(servers)
    warm_up(servers)
    before = len(common.calls())
    found = times(servers)
    table(f"The first {FIRST} misses", servers, cold)
    table("A miss", servers, found)
    common.note(f"{BLOCKS * BLOCK} heatmaps not requested before, one connection, one at a time, {BLOCK} in a row;"
                f" {len(common.calls()) - before} calls reached the origin ({BLOCKS * BLOCK * len(servers)} expected).")


def table(title, servers, found):
    direct, *others = servers
    rows = [row(direct, found[direct], None)]
    rows += [row(server, found[server], found[direct]) for server in others]
    common.table(title, ["", "p50 ms", "p99 ms", "added p50 ms", "added p99 ms"], rows)


def row(server, values, direct):
    added = [f"{percentile(values, p) - percentile(direct, p):.2f}" for p in (50, 99)] if direct else ["", ""]
    return [server.title] + [f"{percentile(values, p):.2f}" for p in (50, 99)] + added


def percentile(values, percent):
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
