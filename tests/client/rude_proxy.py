"""A proxy that treats requests as a bad network and a bad gateway do, at random.

It stands on one port before a server that comes and goes. HTTP/1.1 with Content-Length bodies, as
our client speaks it.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter

GATEWAY_ERRORS = (500, 502, 503)
LONGEST_DELAY_S = 0.5


class RudeProxy:
    """`faults` is the share of requests that are ill-treated, `seen` counts how."""

    def __init__(self, server_port: int, seed: int, faults: float) -> None:
        self.faults = faults
        self.seen: Counter[str] = Counter()
        self._chance = random.Random(seed)
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, ready: threading.Event) -> None:
        async def listen() -> asyncio.Server:
            server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
            self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
            ready.set()
            return server

        async def leave() -> None:
            server.close()
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            await asyncio.sleep(0.05)  # closed connections are let go of by the loop

        server = self._loop.run_until_complete(listen())
        self._loop.run_forever()
        self._loop.run_until_complete(leave())
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            try:
                while await self._treat(await message(reader), writer):
                    pass
            finally:
                writer.close()

    async def _treat(self, request: bytes, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection stays open."""
        fault = "none"
        if self._chance.random() < self.faults:
            fault = self._chance.choice(
                ("delay", "reset", "refuse", "lose the answer", "half an answer", "error after")
            )
        self.seen[fault] += 1
        if fault == "delay":
            await asyncio.sleep(self._chance.random() * LONGEST_DELAY_S)
        elif fault == "reset":
            writer.transport.abort()
            return False
        elif fault == "refuse":
            writer.write(gateway_error(self._chance.choice(GATEWAY_ERRORS)))
            return True
        try:
            answer = await self._asked(request)
        except (OSError, asyncio.IncompleteReadError):
            writer.write(gateway_error(502))
            return True
        if fault == "lose the answer":
            writer.transport.abort()
            return False
        if fault == "half an answer":
            writer.write(answer[: len(answer) // 2])
            await writer.drain()
            return False
        writer.write(gateway_error(503) if fault == "error after" else answer)
        await writer.drain()
        return True

    async def _asked(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._server_port)
        try:
            writer.write(request)
            return await message(reader)
        finally:
            writer.close()


async def message(reader: asyncio.StreamReader) -> bytes:
    """One request or answer, head and body."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return head + await reader.readexactly(length)


def gateway_error(status: int) -> bytes:
    body = b"<html>Bad gateway</html>"
    return b"HTTP/1.1 %d Gateway\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)
