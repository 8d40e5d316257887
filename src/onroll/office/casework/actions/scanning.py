"""Asks the virus scanner (ClamAV's clamd, by INSTREAM) about one file."""

import socket
import struct

from django.conf import settings

PIECE = 64 * 1024
SECONDS = 30


class NotScanned(RuntimeError):
    """The scanner gave no verdict: the file must be held."""


def signature_in(content: bytes) -> str:
    """Return the name of what was found, nothing when the file is clean. Raises NotScanned."""
    host, _, port = settings.CLAMD.rpartition(":")
    if not host or not port.isdecimal():
        raise NotScanned("No virus scanner is set up.")
    try:
        said = _ask(host, int(port), content)
    except OSError as error:
        raise NotScanned("The virus scanner did not answer.") from error
    if said == "stream: OK":
        return ""
    if said.startswith("stream: ") and said.endswith(" FOUND"):
        return said.removeprefix("stream: ").removesuffix(" FOUND")
    raise NotScanned(f"The virus scanner gave no verdict: {said[:100] or 'no answer'}.")


def _ask(host: str, port: int, content: bytes) -> str:
    with socket.create_connection((host, port), SECONDS) as scanner:
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            scanner.sendall(struct.pack("!I", len(piece)) + piece)
        scanner.sendall(struct.pack("!I", 0))
        said = b""
        while not said.endswith(b"\0") and (more := scanner.recv(4096)):
            said += more
    return said.rstrip(b"\0").decode("ascii", "replace")
