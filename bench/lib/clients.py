"""Measures hits as clients send them: with gzip, with an origin, over HTTP/2 and TLS. Usage: clients.py <server...>

nginx-h2 speaks only HTTP/2; nginx-tls and secure (the gateway) use TLS.
"""
import collections
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
    both = [server for server in servers if server.name in ("nginx", "varnish", "gateway")]
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
    protocols(servers, path)


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
    return [variant, server.title] + load.throughput(measured) + [common.spread(load.ratios(measured, peers))]


Way = collections.namedtuple("Way", "title servers http2 streams")


def protocols(servers, path):
    by_name = {server.name: server for server in servers}
    plain, secure = [by_name["nginx"], by_name["gateway"]], [by_name["nginx-tls"], by_name["secure"]]
    ways = [Way("HTTP/1.1", plain, False, 1),
            *(Way(f"HTTP/2, {streams} at a time", [by_name["nginx-h2"], by_name["gateway"]], True, streams) for streams in STREAMS),
            Way("HTTP/1.1, TLS", secure, False, 1), Way("HTTP/2, 10 at a time, TLS", secure, True, 10)]
    rounds = {(way.title, server.title): [] for way in ways for server in way.servers}
    for way in ways:
        for server in way.servers:
            common.say(f"warming up {server.title}: {way.title}")
            h2load(server, path, way, load.warm_up_seconds(server))
    for number in range(common.setting("ROUNDS")):
        for way in ways:
            for server in common.rotated(way.servers, number):
                cpu = server.cpu_seconds()
                done = h2load(server, path, way, common.setting("DURATION"))
                per_second = done / common.setting("DURATION")
                rounds[way.title, server.title].append((per_second, (server.cpu_seconds() - cpu) * 1e6 / done))
                common.say(f"round {number + 1}, {way.title}, {server.title}: {per_second:,.0f}/s")

    def line(way, title):
        measured = rounds[way, title]
        nginx, own = (spread(measured, rounds[key]) for key in ((way, "nginx"), (ways[0].title, title)))
        return [way, title, f"{statistics.median(one[0] for one in measured):,.0f}",
                f"{statistics.median(one[1] for one in measured):.1f}", nginx, own]

    common.table("Protocols", ["", "", "requests/s", "CPU µs/request", "ratio to nginx", "ratio to its own HTTP/1.1"],
                 [line(*key) for key in rounds])
    common.note(f"Risk page, h2load, {load.CONNECTIONS} connections; HTTP/2 without TLS by prior knowledge.")


def spread(measured, others):
    return common.spread([one[0] / other[0] for one, other in zip(measured, others)])


def h2load(server, path, way, seconds):
    """Returns the number of responses."""
    command = ["taskset", "-c", os.environ["BENCH_LOAD_CORE"], "h2load", "-t1", f"-c{load.CONNECTIONS}", f"-m{way.streams}", f"-D{seconds}"]
    command += [] if way.http2 else ["--h1"]
    for name, value in common.HEADERS.items():
        command += ["-H", f"{name}: {value}"]
    scheme = "https" if server.name in ("nginx-tls", "secure") else "http"
    output = subprocess.run(command + [f"{scheme}://{server.host_and_port}{path}"], check=True, stdout=subprocess.PIPE, text=True).stdout
    counts = re.search(r"(\d+) succeeded, (\d+) failed, (\d+) errored", output)
    succeeded = int(re.search(r"status codes: (\d+) 2xx", output).group(1))
    if int(counts.group(2)) or succeeded == 0:
        sys.exit(f"{server.title}, {way.title}: {counts.group(0)}")
    return succeeded


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
