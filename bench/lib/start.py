"""Measures starts, with an AOT cache each. Usage: start.py <java> <folder of the gateway> <folder of the WebFlux application>"""
import os
import pathlib
import re
import socket
import subprocess
import sys
import time
import urllib.request

import common

GATEWAY = ["--gateway.upstream.api-key=bench", "--gateway.access.open=true", "--gateway.state.max-share=0", "--management.server.port=0"]
COLUMNS = ["", "process start to ready, s", "CPU time until then, s", "resident, MiB"]


class Start:
    """One start of an application, until it logs that it has started."""

    def __init__(self, java, folder, *flags):
        name = folder.name
        self.port = free_port()
        arguments = GATEWAY if name == "gateway" else []
        self.process = subprocess.Popen([java, *flags, "-jar", f"{name}.jar", "--server.address=127.0.0.1", f"--server.port={self.port}", *arguments],
                                        cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.seconds = self.await_start()
        server = common.Server(f"{name}=127.0.0.1:{self.port},{self.process.pid}")
        self.cpu, self.resident = server.cpu_seconds(), server.resident_bytes() / 2**20

    def await_start(self):
        for line in self.process.stdout:
            found = re.search(r"process running for ([\d.]+)", line)
            if found:
                return float(found.group(1))
        sys.exit("it did not start")

    def stop(self):
        self.process.terminate()
        self.process.communicate(timeout=120)


def free_port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def train(java, folder):
    start = Start(java, folder, "-XX:TieredStopAtLevel=1", f"-XX:AOTCacheOutput={folder.name}.aot")
    urllib.request.urlopen(f"http://127.0.0.1:{start.port}/hello").read()
    start.stop()


def main(java, *folders):
    gateway, webflux = (pathlib.Path(folder) for folder in folders)
    train(java, webflux)
    starts = {"gateway": [], "smallest WebFlux application": []}
    for number in range(common.setting("ROUNDS")):
        for name, folder in common.rotated(list(zip(starts, (gateway, webflux))), number):
            start = Start(java, folder, f"-XX:AOTCache={folder.name}.aot", "-XX:AOTMode=on")
            start.stop()
            starts[name].append(start)
            common.say(f"round {number + 1}, {name}: {start.seconds:.2f} s")
            time.sleep(1)
    common.table("Start", COLUMNS, [[name] + [common.spread([getattr(one, field) for one in measured], digits)
                                              for field, digits in (("seconds", 2), ("cpu", 2), ("resident", 0))]
                                    for name, measured in starts.items()])
    common.note(f"Medians of {common.setting('ROUNDS')} starts, lowest and highest in brackets, on {os.cpu_count()} cores,"
                f" without a container. Load {os.getloadavg()[0]:.1f}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
