"""A line to a Bolt server that can be cut, on loopback."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable
from enum import Enum
from urllib.parse import urlsplit

COMMIT = bytes.fromhex("0002b0120000")
"""The message by which a client of Bolt asks for a commit, in its own chunk."""
_RESET = struct.pack("ii", 1, 0)  # closing sends RST, as a dead line looks like


class Fate(Enum):
    """What becomes of what a client sends."""

    PASS = "pass"
    CUT = "the line is cut before it arrives"
    LOSE = "it arrives; the line is cut instead of passing the answer on"


class CuttableLine:
    """Forwards connections; `fate` is asked about whatever a client sends."""

    def __init__(self, uri: str, fate: Callable[[bytes], Fate]) -> None:
        place = urlsplit(uri)
        self._server = (place.hostname or "", place.port or 7687)
        self._fate = fate
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        self.uri = f"bolt://127.0.0.1:{self._listener.getsockname()[1]}"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(self._server)
                self._open += [client, server]
                lost = threading.Event()
                for work in (self._ask, self._answer):
                    threading.Thread(
                        target=work, args=(client, server, lost), daemon=True
                    ).start()

    def _ask(
        self, client: socket.socket, server: socket.socket, lost: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while data := client.recv(65_536):
                fate = self._fate(data)
                if fate is Fate.CUT:
                    break
                if fate is Fate.LOSE:
                    lost.set()
                server.sendall(data)
        _cut(client, server)

    def _answer(
        self, client: socket.socket, server: socket.socket, lost: threading.Event
    ) -> None:
        with contextlib.suppress(OSError):
            while (data := server.recv(65_536)) and not lost.is_set():
                client.sendall(data)
        _cut(client, server)

    def close(self) -> None:
        self._listener.close()
        _cut(*self._open)


def _cut(*lines: socket.socket) -> None:
    for line in lines:
        with contextlib.suppress(OSError):
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            line.shutdown(socket.SHUT_RDWR)
        line.close()
