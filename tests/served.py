"""The project as configured on a free port of this machine, for a real browser."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application


class _Quiet(WSGIRequestHandler):
    def log_message(self, *words: object) -> None:
        pass


class _Server(ThreadedWSGIServer):
    # Joined when it closes, so that no thread keeps a connection to a database that is dropped.
    daemon_threads = False


@contextmanager
def serve() -> Iterator[str]:
    """Serve the project as configured, static files included, until the test is over."""
    server = _Server(("127.0.0.1", 0), _Quiet, connections_override={})
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
