"""Serving: a threaded server for the try-out, and the keeper that runs beside every server.

The keeper seals the journal every half second and, once an hour, destroys the originals of files
whose window has passed. A second keeper works out clocks: within seconds those that a change
marked, and once a day, or when the rules have changed, all of them. A third begins searches for
missing children, each in a process of its own, and ends those that are to stop. They run as
threads of each serving process; locks in the database let one at a time do each of these.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import date
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import ServerHandler, WSGIRequestHandler, WSGIServer, make_server

import structlog
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from onroll.office.attendance.actions import registers
from onroll.office.casework.actions import deadlines
from onroll.office.intake.actions import forget_originals
from onroll.office.journal import chain
from onroll.office.kernel import clock
from onroll.office.kernel.actor import PROGRAM
from onroll.office.linkage.actions import candidates, runs
from onroll.office.linkage.queries import runs as searches

log = structlog.get_logger(__name__)

MOST_AT_ONCE = 16
SEAL_EVERY_SECONDS = 0.5
FORGET_EVERY_SECONDS = 60 * 60
CLOCKS_EVERY_SECONDS = 5.0
CLOCKS_AFTER_A_FAULT_SECONDS = 60 * 60
SEARCHES_EVERY_SECONDS = 2.0
STOPS_WITHIN_SECONDS = 15.0


class ThreadedServer(ThreadingMixIn, WSGIServer):
    """One thread a request, a bounded number at once: enough for a demonstration.

    Each thread's connection to the database is closed with it; left to be collected, a few
    hundred quick requests would use up all that the database has. Production runs gunicorn.
    """

    daemon_threads = True
    request_queue_size = 64
    places = threading.BoundedSemaphore(MOST_AT_ONCE)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve one request in its own thread, when there is a place."""
        with self.places:
            try:
                super().process_request_thread(request, client_address)
            finally:
                connections.close_all()


class _QuietHandler(WSGIRequestHandler):
    # The address of a page can name a child's reference: nothing is printed for each request.
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
        return


def keep(stop: threading.Event) -> None:
    """Seal and forget until told to stop; a database that is away is waited for."""
    forgotten_at = -FORGET_EVERY_SECONDS * 1.0
    while not stop.wait(SEAL_EVERY_SECONDS):
        try:
            chain.seal()
            if time.monotonic() - forgotten_at >= FORGET_EVERY_SECONDS:
                forget_originals(by=PROGRAM, on=clock.today())
                registers.forget_findings(by=PROGRAM)
                candidates.forget_answered(by=PROGRAM, on=clock.today())
                forgotten_at = time.monotonic()
        except DatabaseError as error:
            log.warning("keeper.waits", fault=type(error).__name__)
        finally:
            close_old_connections()


def keep_clocks(stop: threading.Event) -> None:
    """Work out clocks until told to stop.

    A fault in one case must neither end this for good nor be tried every few seconds.
    """
    done: tuple[date, str] | None = None
    while not stop.wait(CLOCKS_EVERY_SECONDS):
        try:
            deadlines.rebuild_marked(by=PROGRAM)
            now = clock.today(), deadlines.rules()
            if now != done and deadlines.rebuild_daily(by=PROGRAM, on=now[0]):
                done = now
        except DatabaseError as error:
            log.warning("keeper.waits", fault=type(error).__name__)
        # Whatever it is, it is logged whole as an error, and tried again after a pause.
        except Exception as fault:
            log.error("keeper.clocks_failed", fault=type(fault).__name__, exc_info=True)
            stop.wait(CLOCKS_AFTER_A_FAULT_SECONDS)
        finally:
            close_old_connections()
    connections.close_all()


def keep_searches(stop: threading.Event) -> None:
    """Begin each search that waits in a process of its own, until told to stop."""
    while not stop.wait(SEARCHES_EVERY_SECONDS):
        try:
            search_next(stop)
        except DatabaseError as error:
            log.warning("keeper.waits", fault=type(error).__name__)
        finally:
            close_old_connections()
    connections.close_all()


def search_next(stop: threading.Event) -> bool:
    """Do the search that waits, if none is going on; return whether one was begun here.

    The population is held by a process of its own, so that no server grows by it, and so that a
    search that is to stop can be ended whatever it is doing.
    """
    waiting = searches.next_waiting()
    if searches.works():
        runs.settle(by=PROGRAM)
        return False
    if waiting is None:
        return False
    words = [sys.executable, "-m", "onroll.cli", "find-in-office", str(waiting)]
    with subprocess.Popen(words, stdout=subprocess.DEVNULL) as process:
        asked = 0.0
        while process.poll() is None:
            time.sleep(SEAL_EVERY_SECONDS)
            asked = asked + SEAL_EVERY_SECONDS if searches.is_to_stop(waiting) else 0.0
            if stop.is_set() or asked > STOPS_WITHIN_SECONDS:
                process.terminate()
    runs.settle(by=PROGRAM, begun=waiting)
    return True


def start_keeper() -> threading.Event:
    """Start the keepers in this process; set what is returned to stop them."""
    stop = threading.Event()
    threading.Thread(target=keep, args=[stop], name="keeper", daemon=True).start()
    threading.Thread(target=keep_clocks, args=[stop], name="clocks", daemon=True).start()
    threading.Thread(target=keep_searches, args=[stop], name="searches", daemon=True).start()
    return stop


def serve(
    application: Callable[..., Any], *, host: str, port: int, ready: Callable[[], None]
) -> None:
    """Serve until interrupted; `ready` is called once the port is open."""
    ServerHandler.server_software = "OnRoll"
    with make_server(
        host, port, application, server_class=ThreadedServer, handler_class=_QuietHandler
    ) as server:
        ready()
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            sys.stderr.write("\nStopping.\n")
        finally:
            chain.seal()
