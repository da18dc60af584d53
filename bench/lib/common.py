"""Shared by all sections: servers, requests, processes, the origin's log, and tables."""
import collections
import http.client
import os
import pathlib
import signal
import statistics
import sys

RISK = "/api/external/{}/assets/liquidation-risk?offset=0&limit=40"
HEATMAP = "/api/external/exports/coins/{}/liquidation-heatmap"
HEADERS = {"Authorization": "Bearer " + os.environ["BENCH_TOKEN"], "Accept": "*/*"}
TITLES = {"nginx": "nginx", "varnish": "Varnish", "scg": "Spring Cloud Gateway", "nginx-h2": "nginx",
          "nginx-tls": "nginx", "nginx_nopush_off": "nginx, tcp_nopush off", "origin": "direct"}

# Ends the processes that a section started together with it.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

Response = collections.namedtuple("Response", "status headers body")


class Server:
    """A server as the shell describes it: name=host:port,pid."""

    def __init__(self, text):
        self.name, _, address = text.partition("=")
        self.host_and_port, _, pid = address.partition(",")
        self.pid = int(pid)
        self.title = TITLES.get(self.name, "gateway")

    def is_cache(self):
        """Returns whether this is a peer that hits are compared with."""
        return self.name.startswith(("nginx", "varnish"))

    def connection(self):
        return http.client.HTTPConnection(self.host_and_port, timeout=30)

    def get(self, path, headers=None):
        connection = self.connection()
        try:
            return fetch(connection, path, headers)
        finally:
            connection.close()

    def cpu_seconds(self):
        """Returns the user and system time of the process and its children."""
        ticks = 0
        for pid in processes(self.pid):
            try:
                fields = stat(pid)
            except OSError:
                continue
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def resident_bytes(self):
        for line in pathlib.Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
        raise ValueError("no VmRSS")


def fetch(connection, path, headers=None):
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for name, value in {**HEADERS, **(headers or {})}.items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    return Response(response.status, response.headers, response.read())


def stat(pid):
    """Returns the fields of /proc/pid/stat after the command: state, parent, ..."""
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def processes(root):
    children = collections.defaultdict(list)
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                children[int(stat(entry.name)[1])].append(int(entry.name))
            except OSError:
                pass
    found = [root]
    for pid in found:
        found.extend(children[pid])
    return found


def calls():
    """Returns the paths of all calls that have reached the origin."""
    return pathlib.Path(os.environ["BENCH_WORK"], "calls.log").read_text().split()


def setting(name):
    return int(os.environ["BENCH_" + name])


def pin_to_load_core():
    os.sched_setaffinity(0, {setting("LOAD_CORE")})


def say(text):
    print("bench:", text, file=sys.stderr, flush=True)


def spread(values, digits=2):
    """Returns the median of values, with the lowest and the highest one, as text."""
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f} to {max(values):.{digits}f})"


def rotated(items, number):
    """Returns the items in another order for each round, so that each is measured first in turn."""
    shift = number % len(items)
    return items[shift:] + items[:shift]


def counts(counter):
    return ", ".join(f"{count:,} × {name}" for name, count in sorted(counter.items(), key=lambda item: -item[1])) or "none"


def table(title, columns, rows):
    print(f"\n### {title}\n")
    print("| " + " | ".join(columns) + " |")
    print("|---" + "|---:" * (len(columns) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
    sys.stdout.flush()


def note(text):
    print(f"\n{text}", flush=True)
