"""Measures the latency of hits at fixed rates. Usage: rate.py <server...>"""
import statistics
import sys

import common
import load

RATES = (10_000, 30_000)
CONNECTIONS = 256
COLUMNS = ["requests/s wanted", "", "requests/s", "p50 ms", "p99 ms", "p99.9 ms", "max ms", "p99 to nginx's"]


def main(servers):
    path = common.RISK.format(5)
    for server in servers:
        load.warm_up(server, path, common.HEADERS)
    load.warm_up_connections(servers[-1], path, 10 * CONNECTIONS)
    rounds = {(rate, server): [] for rate in RATES for server in servers}
    for number in range(common.setting("ROUNDS")):
        for rate in RATES:
            for server in servers if number % 2 == 0 else servers[::-1]:
                report = load.wrk(server, path, common.HEADERS, common.setting("DURATION"), CONNECTIONS, "paced.lua",
                                  {"BENCH_INTERVAL": str(1000 * CONNECTIONS / rate)})
                rounds[rate, server].append(report)
                common.say(f"round {number + 1}, {rate}/s, {server.title}: p99 {report['p99'] / 1000:.2f} ms")
    common.table("At a fixed rate", COLUMNS, [row(rate, server, rounds) for rate, server in rounds])
    common.note(f"Risk page, {CONNECTIONS} connections with exponential times between their requests; latencies are corrected for requests that"
                " waited for a late response. Medians of the rounds; max is the highest of all.")
    errors = sum(report["errors"] for reports in rounds.values() for report in reports)
    if errors:
        common.note(f"**{errors} errors.**")


def row(rate, server, rounds):
    nginx = next(reports for (wanted, peer), reports in rounds.items() if wanted == rate and peer.name == "nginx")
    measured = rounds[rate, server]
    ratios = [one["p99"] / other["p99"] for one, other in zip(measured, nginx)]
    return [f"{rate:,}", server.title, f"{statistics.median(one['requests'] * 1e6 / one['micros'] for one in measured):,.0f}"] + [
        f"{statistics.median(one[field] for one in measured) / 1000:.2f}" for field in ("p50", "p99", "p999")] + [
        f"{max(one['max'] for one in measured) / 1000:.0f}", common.spread(ratios)]


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
