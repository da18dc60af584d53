"""Measures hits of one page on many connections at once, and the longest wait. Usage: connections.py <server...>"""
import resource
import statistics
import sys
import time

import common
import load

CONNECTIONS = (64, 256, 1000, 4000)
COLUMNS = ["connections", "", "requests/s", "p50 ms", "p99 ms", "max ms", "p99 to nginx's"]


def main(servers):
    path = common.RISK.format(5)
    for server in servers:
        load.warm_up(server, path, common.HEADERS)
    files = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    counts = [count for count in CONNECTIONS if 2 * count < files]
    load.warm_up_connections(servers[-1], path, max(counts))
    results = {(count, server): [] for count in counts for server in servers}
    for number in range(common.setting("ROUNDS")):
        for count in counts:
            for server in servers if number % 2 == 0 else servers[::-1]:
                # The servers close the connections of the run before.
                time.sleep(1)
                result = load.measure(server, path, common.HEADERS, common.setting("DURATION"), count)
                results[count, server].append(result)
                common.say(f"round {number + 1}, {count} connections, {server.title}: p99 {result.p99:.1f} ms")
    common.table("Many connections", COLUMNS, [row(count, server, results) for count, server in results])
    others = statistics.mean(result.others for measured in results.values() for result in measured)
    common.note(f"Risk page; medians of the rounds; max is the highest of all rounds (wrk's limit is 2,000 ms). Other processes took {others:.0f} % of one core.")
    errors = sum(result.errors for measured in results.values() for result in measured)
    if errors:
        common.note(f"**{errors} errors.**")


def row(count, server, results):
    measured = results[count, server]
    nginx = next(results[key] for key in results if key[0] == count and key[1].name == "nginx")
    ratios = [one.p99 / other.p99 for one, other in zip(measured, nginx)]
    return [f"{count:,}", server.title] + load.medians(measured, ("per_second", 0), ("p50", 1), ("p99", 1)) + [
        f"{max(one.max for one in measured):,.0f}",
        common.spread(ratios)]


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
