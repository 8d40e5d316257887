"""What tests share."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.test import override_settings
from pytest_django import DjangoDbBlocker
from xdist.scheduler import LoadScopeScheduling

from tests.canary.planting import Hidden, plant_known
from tests.database import Database, Databases, django_uses, prepared_databases

# Each shares an office or a database that takes long to make: one process runs all of its tests.
TOGETHER = (
    "tests/journeys/", "tests/test_canary.py", "tests/test_permission_matrix.py",
    "tests/demo/test_ashcombe.py",
)  # fmt: skip


class _Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return next((place for place in TOGETHER if nodeid.startswith(place)), nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadScopeScheduling:
    """Keep together what belongs together; xdist's own groups are lost on pytest 9.2."""
    return _Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> Iterator[None]:
    """A hash of the same kind that takes a millisecond: forty sign-ins would take half a minute."""
    usual = Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 512
    yield
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = usual


@pytest.fixture(autouse=True)
def _a_place_for_marks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Registers of one test are nobody else's."""
    with override_settings(MARKS=str(tmp_path_factory.mktemp("marks"))):
        yield


@pytest.fixture(scope="session")
def databases() -> Iterator[Databases]:
    """A server with a migrated template; started only when a test wants a database."""
    with prepared_databases() as prepared:
        yield prepared


@pytest.fixture(scope="session")
def django_db_setup(databases: Databases) -> Iterator[None]:
    """Django speaks to this process's own database as the application, never as its owner.

    Takes the place of pytest-django's fixture of this name, so that a test of a screen
    also proves that the application's role may do what the screen does. A test that needs
    real commits or threads wants `committed_db`: pytest-django's `transactional_db` and
    `live_server` empty tables by TRUNCATE, which the application's role may not do.
    """
    with databases.copy() as database, django_uses(database):
        yield


@pytest.fixture
def committed_db(
    request: pytest.FixtureRequest, databases: Databases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Database]:
    """A database for one test alone, in which commits are real and threads see each other."""
    _refuse_rollback(request)
    with _committed(databases, django_db_blocker) as database:
        yield database


@pytest.fixture(scope="module")
def committed_db_of_module(
    databases: Databases, django_db_blocker: DjangoDbBlocker
) -> Iterator[Database]:
    """A database for the tests of one module, which see what those before them committed."""
    with _committed(databases, django_db_blocker) as database:
        yield database


@pytest.fixture(scope="module")
def known(committed_db_of_module: Database) -> Iterator[Hidden]:
    """One child of a small office, not sealed, of whom everything is recorded, with an open case.

    Every page has something to show of this child, for tests that open all pages.
    """
    with override_settings(ONROLL_REQUIRE_MFA=False):
        yield plant_known()


@contextmanager
def _committed(databases: Databases, blocker: DjangoDbBlocker) -> Iterator[Database]:
    with databases.copy() as database, django_uses(database), blocker.unblock():
        yield database


def _refuse_rollback(request: pytest.FixtureRequest) -> None:
    if "db" in request.fixturenames or request.node.get_closest_marker("django_db"):
        pytest.fail(
            "A test has either `db`, whose changes are rolled back, or `committed_db`: not both."
        )
