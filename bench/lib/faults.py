"""Faults of an upstream. Each is a coroutine that takes the exchange and the correct body."""
import asyncio
import gzip
import socket
import struct

LARGE = 5 * 1024 * 1024
BOMB = gzip.compress(b'{"items":[],"fills":[],"heatmap":[' + b" " * LARGE + b"]}")
CHUNK = b" " * 65536


async def reset_before_headers(exchange, body):
    exchange.reset()


async def reset_after_headers(exchange, body):
    await exchange.send(head("200 OK", len(body)) + body[:100])
    await asyncio.sleep(0.02)
    exchange.reset()


async def half_body(exchange, body):
    await exchange.send(head("200 OK", len(body)) + body[:len(body) // 2])
    exchange.close()


async def unfinished_chunks(exchange, body):
    await exchange.send(head("200 OK", None) + chunk(body))
    exchange.close()


async def slow_drip(exchange, body):
    await exchange.send(head("200 OK", len(body)))
    for number in range(len(body)):
        await exchange.send(body[number:number + 1])
        await asyncio.sleep(0.2)


async def hang(exchange, body):
    await asyncio.sleep(30)


async def garbage(exchange, body):
    await exchange.send(b"SSH-2.0-OpenSSH_9.9\r\n\r\n" + body)
    exchange.close()


async def html(exchange, body):
    await answer(exchange, b"<html><body>Sorry</body></html>", "text/html")


async def html_as_json(exchange, body):
    await answer(exchange, b"<html><body>Sorry</body></html>")


async def empty(exchange, body):
    await answer(exchange, b"")


async def not_utf8(exchange, body):
    await answer(exchange, body[:-1] + b',"name":"\xff"}')


async def cut_json(exchange, body):
    await answer(exchange, body[:-1])


async def gzip_bomb(exchange, body):
    await exchange.send(head("200 OK", len(BOMB), extra="Content-Encoding: gzip\r\n") + BOMB)


async def too_large_declared(exchange, body):
    await exchange.send(head("200 OK", LARGE))
    await asyncio.sleep(30)


async def too_large_undeclared(exchange, body):
    await exchange.send(head("200 OK", None))
    for _ in range(LARGE // len(CHUNK)):
        await exchange.send(chunk(CHUNK))
    exchange.close()


async def redirect_loop(exchange, body):
    await exchange.send(head("302 Found", 0, extra=f"Location: {exchange.target}\r\n"))


async def redirect_to_metadata(exchange, body):
    await exchange.send(head("302 Found", 0, extra="Location: http://169.254.169.254/latest/meta-data/\r\n"))


async def redirect_to_loopback(exchange, body):
    await exchange.send(head("302 Found", 0, extra="Location: http://[::1]:1/\r\n"))


async def link_expired(exchange, body):
    await answer(exchange, b"<Error><Message>Request has expired</Message></Error>", "application/xml", "403 Forbidden")


async def not_found(exchange, body):
    await answer(exchange, b'{"message":"not found"}', status="404 Not Found")


async def rate_limited(exchange, body):
    await exchange.send(head("429 Too Many Requests", 0, extra="Retry-After: 1\r\n"))


async def broken(exchange, body):
    await answer(exchange, b'{"message":"oops"}', status="500 Internal Server Error")


async def bad_gateway(exchange, body):
    await answer(exchange, b"", status="502 Bad Gateway")


async def unavailable(exchange, body):
    await answer(exchange, b"", status="503 Service Unavailable")


OF_BOTH = [reset_before_headers, reset_after_headers, half_body, unfinished_chunks, slow_drip, hang, garbage, html,
           html_as_json, empty, not_utf8, cut_json, gzip_bomb, too_large_declared, too_large_undeclared, redirect_loop,
           redirect_to_metadata, redirect_to_loopback, not_found, broken, bad_gateway, unavailable]
# Only the store answers 403: from the API it would refuse the key and stop all calls for a minute.
OF_STORE = OF_BOTH + [link_expired]


async def answer(exchange, body, content_type="application/json", status="200 OK"):
    await exchange.send(head(status, len(body), content_type) + body)


def head(status, length, content_type="application/json", extra=""):
    framing = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    return f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{framing}\r\n{extra}\r\n".encode()


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


class Exchange:
    """One request and its connection."""

    def __init__(self, target, writer):
        self.target = target
        self.writer = writer

    async def send(self, data):
        self.writer.write(data)
        await self.writer.drain()

    def close(self):
        self.writer.close()

    def reset(self):
        self.writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()
