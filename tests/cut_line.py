"""A line to a server on this machine that can be cut."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Line:
    """Passes bytes between whoever connects and a port."""

    port: int
    listening: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    ends: list[socket.socket] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where to connect to."""
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def cut(self) -> int:
        """Break all connections that there are; gives how many ends they had."""
        count = len(self.ends)
        for end in self.ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self.ends.clear()
        return count

    def serve(self) -> None:
        """Take in connections until the line is closed."""
        while True:
            try:
                near, _who = self.listening.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self.port))
            self.ends += [near, far]
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=_pass_on, args=(one, other), daemon=True).start()


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while data := one.recv(65536):
            other.sendall(data)
    for end in (one, other):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
            end.close()


@contextlib.contextmanager
def cut_line(port: int) -> Iterator[Line]:
    """Lay the line."""
    line = Line(port)
    threading.Thread(target=line.serve, daemon=True).start()
    yield line
    line.listening.close()
    line.cut()
