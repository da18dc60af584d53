"""Runs wrk against one server, and tells what it and the server's processes did."""
import json
import os
import pathlib
import subprocess
import time

import common

CONNECTIONS = 64


class Measurement:

    def __init__(self, report, cpu, wall):
        self.requests = report["requests"]
        self.per_second = report["requests"] * 1e6 / report["micros"]
        self.p50 = report["p50"] / 1000
        self.p99 = report["p99"] / 1000
        self.errors = report["errors"]
        self.cpu_micros = cpu * 1e6 / max(1, report["requests"])
        self.busy = 100 * cpu / wall


def measure(server, path, headers, seconds):
    cpu, start = server.cpu_seconds(), time.monotonic()
    report = wrk(server, path, headers, seconds)
    return Measurement(report, server.cpu_seconds() - cpu, time.monotonic() - start)


def wrk(server, path, headers, seconds):
    script = pathlib.Path(__file__).with_name("report.lua")
    command = ["taskset", "-c", os.environ["BENCH_LOAD_CORE"], "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s",
               "--latency", "-s", str(script)]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    output = subprocess.run(command + [f"http://{server.host_and_port}{path}"], check=True, stdout=subprocess.PIPE,
                            text=True).stdout
    line = next(line for line in output.splitlines() if line.startswith("REPORT "))
    return json.loads(line[len("REPORT "):])


def warm_up(server, path, headers):
    is_jvm = server.name not in ("nginx", "varnish")
    wrk(server, path, headers, setting_or(2, is_jvm))


def setting_or(seconds, is_jvm):
    return common.setting("WARM_UP") if is_jvm else min(seconds, common.setting("WARM_UP"))
