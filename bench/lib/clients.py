"""Measures hits as clients send them: with gzip, with an origin, over HTTP/2. Usage: clients.py <server...>

A server whose name ends in -h2 speaks only HTTP/2.
"""
import os
import re
import statistics
import subprocess
import sys

import common
import load

ORIGIN = "https://dashboard.example"
VARIANTS = {"no other header": {}, "`Accept-Encoding: gzip`": {"Accept-Encoding": "gzip"}, "`Origin`": {"Origin": ORIGIN}}
COLUMNS = ["", "", "requests/s", "p99 ms", "CPU µs/request", "ratio to the faster peer"]
STREAMS = (1, 10)


def main(servers):
    path = common.RISK.format(5)
    both = [server for server in servers if not server.name.endswith("-h2")]
    rounds = {(variant, server): [] for variant in VARIANTS for server in both}
    for variant, server in rounds:
        load.warm_up(server, path, headers(variant), variant)
        check(server, path, VARIANTS[variant])
    for number in range(common.setting("ROUNDS")):
        for variant in VARIANTS:
            for server in common.rotated(both, number):
                result = load.measure(server, path, headers(variant), common.setting("DURATION"))
                rounds[variant, server].append(result)
                common.say(f"round {number + 1}, {variant}, {server.title}: {result.per_second:,.0f}/s")
    common.table("What clients send", COLUMNS, [row(variant, server, rounds) for variant, server in rounds])
    common.note("Risk page, wrk. nginx and Varnish store the page compressed; `Origin` means nothing to them.")
    http2([server for server in servers if server.name in ("gateway", "nginx-h2")], path)


def headers(variant):
    return {**common.HEADERS, **VARIANTS[variant]}


def check(server, path, more):
    response = server.get(path, more)
    coded = response.headers.get("Content-Encoding") == "gzip"
    if response.status != 200 or coded != ("Accept-Encoding" in more):
        sys.exit(f"{server.title} answered {response.status}, gzip {coded}, to {more}")
    if server.name == "gateway" and "Origin" in more and response.headers.get("Access-Control-Allow-Origin") != ORIGIN:
        sys.exit("the gateway does not allow the origin")


def row(variant, server, rounds):
    measured = rounds[variant, server]
    peers = [results for (other, peer), results in rounds.items() if other == variant and peer.is_cache()]
    return [variant, server.title] + [f"{statistics.median(getattr(result, field) for result in measured):,.{digits}f}"
                                      for field, digits in (("per_second", 0), ("p99", 2), ("cpu_micros", 1))] + [
        common.spread(load.ratios(measured, peers))]


def http2(servers, path):
    plain = (servers[0], "HTTP/1.1", 1)
    cases = [plain] + [(server, "HTTP/2", streams) for server in servers for streams in STREAMS]
    for server, protocol, streams in cases:
        common.say(f"warming up {server.title} over {protocol}")
        h2load(server, path, protocol, streams, common.setting("WARM_UP"))
    rounds = {case: [] for case in cases}
    for number in range(common.setting("ROUNDS")):
        for case in common.rotated(cases, number):
            server, protocol, streams = case
            cpu = server.cpu_seconds()
            done = h2load(server, path, protocol, streams, common.setting("DURATION"))
            per_second = done / common.setting("DURATION")
            rounds[case].append((per_second, (server.cpu_seconds() - cpu) * 1e6 / done))
            common.say(f"round {number + 1}, {server.title} over {protocol}, {streams}: {per_second:,.0f}/s")

    def line(case):
        ratios = [one[0] / other[0] for one, other in zip(rounds[case], rounds[plain])]
        return [case[0].title, f"{case[1]}, {case[2]} at a time"] + [
            f"{statistics.median(one[0] for one in rounds[case]):,.0f}",
            f"{statistics.median(one[1] for one in rounds[case]):.1f}",
            common.spread(ratios)]

    common.table("HTTP/2", ["", "", "requests/s", "CPU µs/request", "ratio to HTTP/1.1 of the gateway"], [line(case) for case in cases])
    common.note(f"Risk page, h2load, {load.CONNECTIONS} connections, prior knowledge without TLS.")


def h2load(server, path, protocol, streams, seconds):
    """Returns the number of responses."""
    command = ["taskset", "-c", os.environ["BENCH_LOAD_CORE"], "h2load", "-t1", f"-c{load.CONNECTIONS}", f"-m{streams}", f"-D{seconds}"]
    command += ["--h1"] if protocol == "HTTP/1.1" else []
    for name, value in common.HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(command + [f"http://{server.host_and_port}{path}"], check=True, stdout=subprocess.PIPE, text=True).stdout
    counts = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", output)
    succeeded = int(re.search(r"status codes: (\d+) 2xx", output).group(1))
    if int(counts.group(2)) or succeeded == 0:
        sys.exit(f"{server.title} over {protocol}: {counts.group(0)}")
    return succeeded


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
