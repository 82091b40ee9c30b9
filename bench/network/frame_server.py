"""A Realtime server of one trick, in a process of its own: it lets clients join, then sends frames as fast as they go.

`python -m bench.network.frame_server FRAMES` prints its port. It speaks both versions of the protocol, so that each client has its own.
"""

from __future__ import annotations

import asyncio
import json
import sys
from urllib.parse import parse_qs, urlsplit

from websockets.asyncio.server import ServerConnection, serve

KEYS = 1_000
"""Different keys in the frames: fewer than a feed would read in one pass."""
_PARTS = ("join_ref", "ref", "topic", "event", "payload")
_BINDING = 38606455
_SETTLE_S = 0.3
_CHUNK_FRAMES = 100
_BUFFERED_BYTES = 2**20
_LOOK_S = 0.0005


def change(key: int) -> dict[str, object]:
    """Return the payload of a change that shows the key alone, as `select` asks for."""
    data = {
        "schema": "public",
        "table": "bench",
        "commit_timestamp": "2026-11-22T17:47:10.190Z",
        "type": "UPDATE",
        "columns": [{"name": "id", "type": "int8"}],
        "record": {"id": key},
        "old_record": {"id": key},
        "errors": None,
    }
    return {"ids": [_BINDING], "data": data}


class _Client:
    """One connection, in the client's version of the protocol.

    Args:
        connection: The connection.
    """

    def __init__(self, connection: ServerConnection) -> None:
        self._connection = connection
        request = connection.request
        query = parse_qs(urlsplit(request.path).query) if request else {}
        self._is_array = query.get("vsn") == ["2.0.0"]

    async def serve(self, frames: int) -> None:
        """Answer messages; the first join starts the flood."""
        async for message in self._connection:
            said = json.loads(message)
            if self._is_array:
                said = dict(zip(_PARTS, said, strict=True))
            if said["event"] == "phx_join":
                await self._join(said)
                # A client is still busy with its own join, and every frame has to be counted.
                await asyncio.sleep(_SETTLE_S)
                await self._flood(said["topic"], frames)

    async def _join(self, said: dict[str, object]) -> None:
        topic = str(said["topic"])
        payload = said["payload"]
        assert isinstance(payload, dict)
        bindings = [
            {**binding, "id": _BINDING} for binding in payload["config"]["postgres_changes"]
        ]
        reply = {"status": "ok", "response": {"postgres_changes": bindings}}
        await self._connection.send(self._text(topic, "phx_reply", reply, said["ref"]))
        system = {
            "channel": topic.removeprefix("realtime:"),
            "extension": "postgres_changes",
            "message": "Subscribed to PostgreSQL",
            "status": "ok",
        }
        await self._connection.send(self._text(topic, "system", system, None))

    async def _flood(self, topic: str, frames: int) -> None:
        # Framed once and written straight to the socket, so that the sender is never the slower one.
        texts = [
            self._text(topic, "postgres_changes", change(key), None).encode() for key in range(KEYS)
        ]
        chunks = [
            b"".join(map(_framed, texts[at : at + _CHUNK_FRAMES]))
            for at in range(0, KEYS, _CHUNK_FRAMES)
        ]
        transport = self._connection.transport
        for sent in range(0, frames, _CHUNK_FRAMES):
            transport.write(chunks[sent // _CHUNK_FRAMES % len(chunks)])
            # A transport has no event for it.
            while transport.get_write_buffer_size() > _BUFFERED_BYTES:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_S)

    def _text(self, topic: str, event: str, payload: object, ref: object) -> str:
        if self._is_array:
            return json.dumps([ref, ref, topic, event, payload])
        return json.dumps({"topic": topic, "event": event, "payload": payload, "ref": ref})


def _framed(text: bytes) -> bytes:
    """Return one unmasked websocket text frame of 126 to 65,535 bytes."""
    return b"\x81\x7e" + len(text).to_bytes(2, "big") + text


async def _main(frames: int) -> None:
    async def handle(connection: ServerConnection) -> None:
        await _Client(connection).serve(frames)

    # Uncompressed, as the frames of the flood are: it is not zlib that is measured.
    async with serve(handle, "127.0.0.1", 0, compression=None) as server:
        print(next(iter(server.sockets)).getsockname()[1], flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_main(int(sys.argv[1])))
