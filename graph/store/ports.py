"""Ports of loopback: which are free, and where a Bolt server answers."""

import socket
from typing import Final

LOOPBACK: Final = "127.0.0.1"
# The magic number of Bolt and the version ranges 5.4–5.0, 4.4–4.2, 4.1, 3.
_BOLT_HELLO: Final = bytes.fromhex("6060b01700040405000204040000010400000003")


def answers_bolt(port: int, *, host: str = LOOPBACK) -> bool:
    """Return whether a server at that port agrees to speak Bolt."""
    try:
        with socket.create_connection((host, port), timeout=2) as connection:
            connection.sendall(_BOLT_HELLO)
            return len(connection.recv(4)) == 4
    except OSError:
        return False


def is_free(port: int) -> bool:
    """Return whether a server could listen on that port of loopback now."""
    with socket.socket() as probe:
        # As the server does: connections of the last run may still be fading away.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """Return a port of loopback that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
    return port
