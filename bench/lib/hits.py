"""Measures cache hits: every case on every server in every round, one after the other. Usage: hits.py <server...>"""
import hashlib
import statistics
import sys

import common
import load

COLUMNS = ["", "requests/s", "p50 ms", "p99 ms", "CPU µs/request", "core busy", "ratio to the faster of nginx and Varnish"]


class Case:

    def __init__(self, title, path, conditional, servers):
        self.title = title
        self.path = path
        self.headers = {}
        self.skipped = []
        bodies = {}
        for server in servers:
            server.get(path)
            response = server.get(path)
            bodies[server.title] = hashlib.sha256(response.body).hexdigest()
            if response.status != 200:
                sys.exit(f"{server.title} answered {response.status} for {path}")
            headers = dict(common.HEADERS)
            if conditional:
                headers["If-None-Match"] = response.headers.get("ETag", '"none"')
                if server.get(path, headers).status != 304:
                    self.skipped.append(server)
                    continue
            self.headers[server] = headers
        self.size = len(response.body)
        if len(set(bodies.values())) != 1:
            sys.exit(f"the bodies of {path} differ: {bodies}")
        self.rounds = {server: [] for server in self.headers}

    def measure(self, number):
        for server in common.rotated(list(self.headers), number):
            result = load.measure(server, self.path, self.headers[server], common.setting("DURATION"))
            self.rounds[server].append(result)
            common.say(f"round {number + 1}, {self.title}, {server.title}: {result.per_second:,.0f}/s")

    def ratios(self, server):
        return load.ratios(self.rounds[server], [results for peer, results in self.rounds.items() if peer.is_cache()])

    def row(self, server):
        results = self.rounds[server]

        def median(field):
            return statistics.median(getattr(result, field) for result in results)

        return [server.title, f"{median('per_second'):,.0f}", f"{median('p50'):.2f}", f"{median('p99'):.2f}",
                f"{median('cpu_micros'):.1f}", f"{median('busy'):.0f} %",
                common.spread(self.ratios(server))]

    def print(self):
        rows = [self.row(server) for server in self.rounds]
        rows += [[server.title] + ["no 304"] + [""] * (len(COLUMNS) - 2) for server in self.skipped]
        common.table(self.title, COLUMNS, rows)
        by_name = {server.name: results for server, results in self.rounds.items()}
        if "gateway" in by_name and "scg" in by_name:
            ratio = statistics.median(one.per_second / other.per_second
                                      for one, other in zip(by_name["gateway"], by_name["scg"]))
            common.note(f"Gateway to Spring Cloud Gateway: {ratio:.2f} (median).")
        errors = sum(result.errors for results in self.rounds.values() for result in results)
        if errors:
            common.note(f"**{errors} errors.**")


def main(servers):
    risk, heatmap = common.RISK.format(5), common.HEATMAP.format("BTC")
    cases = [Case("Risk page", risk, False, servers), Case("Heatmap", heatmap, False, servers),
             Case("Not modified (304)", heatmap, True, servers)]
    for case in cases[:2]:
        case.title += f", {case.size / 1000:.1f} KB"
    for case in cases:
        for server, headers in case.headers.items():
            load.warm_up(server, case.path, headers, case.title)
    before = len(common.calls())
    for number in range(common.setting("ROUNDS")):
        for case in cases:
            case.measure(number)
    for case in cases:
        case.print()
    common.note(f"{load.CONNECTIONS} connections; medians of the rounds, lowest and highest ratio in brackets."
                f" Calls that reached the origin during the measurement: {len(common.calls()) - before}.")
    others = statistics.mean(result.others for case in cases for results in case.rounds.values() for result in results)
    common.note(f"Other processes took {others:.0f} % of one core"
                + (", of the two that should be idle: **measure again on an idle machine.**" if others > 5 else "."))


if __name__ == "__main__":
    main([common.Server(text) for text in sys.argv[1:]])
