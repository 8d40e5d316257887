"""A private PostgreSQL in a folder, for the demonstration and the tests.

The server is a child of the process that starts it. It listens on a Unix socket
that only its own account and root may open, never on the network, and it stops
with its parent. Production sets DATABASE_URL and DATABASE_OWNER_URL and needs
from here only what lays out a database for the two roles.
"""

from onroll.postgres.cluster import copy_cluster, remove_folder
from onroll.postgres.databases import (
    APPLICATION,
    DATABASE,
    EXTENSIONS,
    OWNER,
    create_database,
    drop_database,
)
from onroll.postgres.errors import AlreadyRunning, CannotStart
from onroll.postgres.server import Server

__all__ = [
    "APPLICATION",
    "DATABASE",
    "EXTENSIONS",
    "OWNER",
    "AlreadyRunning",
    "CannotStart",
    "Server",
    "copy_cluster",
    "create_database",
    "drop_database",
    "remove_folder",
]
