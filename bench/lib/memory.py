"""Measures the memory of stored heatmaps. Usage: memory.py <server> <management port> [jcmd]"""
import http.client
import re
import subprocess
import sys
import time

import common

WARM_UP = 300
MEASURED = 500
METRIC = re.compile(r"^(\w+)\{([^}]*)\} (\S+)$", re.MULTILINE)


def scrape(port):
    connection = http.client.HTTPConnection(f"127.0.0.1:{port}", timeout=30)
    connection.request("GET", "/actuator/prometheus")
    text = connection.getresponse().read().decode()
    connection.close()
    return [(name, labels, float(value)) for name, labels, value in METRIC.findall(text)]


def total(metrics, metric, label):
    return sum(value for name, labels, value in metrics if name == metric and label in labels)


def state(server, port, jcmd):
    if jcmd:
        for _ in range(3):
            subprocess.run([jcmd, str(server.pid), "GC.run"], check=True, stdout=subprocess.DEVNULL)
            time.sleep(0.3)
    metrics = scrape(port)
    return {"heap after GC" if jcmd else "heap": total(metrics, "jvm_memory_used_bytes", 'area="heap"'),
            "direct buffers": total(metrics, "jvm_buffer_memory_used_bytes", 'id="direct"'),
            "resident (whole heap touched before)": server.resident_bytes()}


def fill(server, prefix, count):
    connection = server.connection()
    for number in range(count):
        response = common.fetch(connection, common.HEATMAP.format(f"{prefix}{number}"))
        if response.status != 200:
            sys.exit(f"{response.status} while filling the cache")
    connection.close()
    return len(response.body)


def main(server, port, jcmd):
    common.say("memory")
    fill(server, "WARM", WARM_UP)
    before = state(server, port, jcmd)
    size = fill(server, "KEPT", MEASURED)
    after = state(server, port, jcmd)
    rows = [[name, f"{before[name] / 1e6:.1f}", f"{after[name] / 1e6:.1f}",
             f"{(after[name] - before[name]) / MEASURED / 1000:.1f}"] for name in before]
    common.table("Memory", ["", "before, MB", f"with {MEASURED} more heatmaps, MB", "per heatmap, KB"], rows)
    common.note(f"A heatmap is {size / 1000:.1f} KB.")


if __name__ == "__main__":
    main(common.Server(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
