"""Why a server can't run in a folder."""


class CannotStart(Exception):
    """This is raised when no server can run in a folder; its text says what to do."""


class AlreadyRunning(CannotStart):
    """This is raised when another process runs a server in the same folder."""
