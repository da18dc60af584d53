"""Measures the bytes on the wire with and without gzip. Usage: wire.py <server>"""
import socket
import sys

import common


def exchange(server, path, headers):
    """Returns head and body as received from the socket."""
    host, port = server.host_and_port.split(":")
    lines = [f"GET {path} HTTP/1.1", f"Host: {server.host_and_port}", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in {**common.HEADERS, **headers}.items()]
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        received = b"".join(iter(lambda: connection.recv(65536), b""))
    head, _, body = received.partition(b"\r\n\r\n")
    return head + b"\r\n\r\n", body


def row(server, title, path, headers):
    exchange(server, path, headers)
    head, body = exchange(server, path, headers)
    is_gzip = b"content-encoding: gzip" in head.lower()
    return [title, f"{len(head):,}", f"{len(body):,}", f"{len(head) + len(body):,}", "gzip" if is_gzip else "none"]


def main(server):
    rows = []
    for title, path in (("risk page", common.RISK.format(5)), ("heatmap", common.HEATMAP.format("BTC"))):
        rows.append(row(server, title, path, {}))
        rows.append(row(server, title + ", `Accept-Encoding: gzip`", path, {"Accept-Encoding": "gzip"}))
    common.table("Bytes on the wire", ["", "head", "body", "both", "content coding"], rows)


if __name__ == "__main__":
    main(common.Server(sys.argv[1]))
