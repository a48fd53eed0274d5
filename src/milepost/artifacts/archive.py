"""The files of archived runs in an artifact store: `.milepost-archive/<run id>/<number>`.

No artifact can have such a name (`paths.RESERVED`), so clients neither see nor reach them. Reading
is for the store's threads and waits; writing and removing is for code with a loop, as `Repository`.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

from milepost.artifacts.checksums import NOTHING_CLAIMED
from milepost.artifacts.paths import ARCHIVE, checked, joined
from milepost.artifacts.repository import Repository, Usage
from milepost.errors import InvalidParameterValue, TemporarilyUnavailable

READ_S = 5.0


class ArchiveFolder:
    """What `milepost.store` is given as its `ArchiveFiles`. It does not close the repository."""

    def __init__(self, repository: Repository) -> None:
        self.uri = f"{repository.uri}/{ARCHIVE}"
        self._repository = repository
        self._loop: asyncio.AbstractEventLoop | None = None
        self._starting = threading.Lock()

    def read(self, run_id: str, file: int, first: int, end: int) -> bytes:
        """Bytes of a file; as `store.archive.ArchiveFiles` says."""
        reading = self._repository.read_range(path_of(run_id, file), first, end)
        waiting = asyncio.run_coroutine_threadsafe(reading, self._running_loop())
        try:
            return waiting.result(READ_S)
        except TimeoutError as error:
            waiting.cancel()
            raise TemporarilyUnavailable(
                f"The artifact store {self._repository.uri} has not answered for {READ_S:.0f} s."
            ) from error

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        """A loop on a thread of its own, which ends with the process; most servers need none."""
        with self._starting:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                threading.Thread(
                    target=self._loop.run_forever, name="milepost-archive", daemon=True
                ).start()
            return self._loop

    async def write(self, run_id: str, file: int, parts: AsyncIterator[bytes]) -> None:
        """Durable when this returns; nothing is left where it raises."""
        upload = self._repository.upload(path_of(run_id, file), NOTHING_CLAIMED, None)
        try:
            async for part in parts:
                await upload.write([part])
            await upload.commit([])
        except BaseException:
            await upload.abort()
            raise

    async def remove(self, run_id: str, file: int | None = None) -> None:
        """One file of a run, or all of them; nothing there is fine."""
        await self._repository.delete(path_of(run_id, file))

    async def usage(self, run_id: str) -> Usage:
        return await self._repository.usage(path_of(run_id))


def path_of(run_id: str, file: int | None = None) -> str:
    """Raises `InvalidParameterValue` for an id, brought by an import, that can name no folder."""
    if checked(run_id) != run_id or "/" in run_id or not run_id:
        raise InvalidParameterValue(f"The run id {run_id[:200]!r} cannot name a folder.")
    return joined(ARCHIVE, run_id, "" if file is None else str(file))
