"""Rules about the code that a linter cannot phrase."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver
from grimp import build_graph

import tests.access
from onroll.office.accounts.roles import PERMISSIONS, ROLES
from onroll.office.journal.verbs import all_verbs
from onroll.office.kernel.facts import Fact

OFFICE = Path(__file__).resolve().parents[1] / "src" / "onroll" / "office"
OURS = [m for m in apps.get_models() if m.__module__.startswith("onroll.")]
GRAPH = build_graph("onroll", include_external_packages=True, exclude_type_checking_imports=True)

# The rooms of a package (ADR 0008), and the few more that one package has for a stated reason.
ROOMS = {
    "models", "queries", "policy", "actions", "kind", "forms", "views", "api", "jobs", "loaders",
    "urls", "apps", "migrations", "templates", "static",
}  # fmt: skip
MORE_ROOMS = {
    "accounts": {"roles", "middleware", "adapters"},
    "casework": {"kinds", "letters"},
    "config": {"environment", "logs", "settings", "urls", "wsgi", "serving", "reference", "doctor"},
    "demo": {
        "arrivals", "build", "cases", "invent", "lives", "organisation", "oversight", "population",
        "records", "registers", "stories", "town", "years",
    },
    "exchange": {"commands"},
    "intake": {"kinds", "reading", "writing"},
    "journal": {"chain", "middleware", "verbs"},
    "kernel": {"actor", "clock", "decision", "encryption", "facts", "locks", "references",
               "requests", "tables"},
    "reporting": {"reports", "commands", "migration"},
    "schools": {"extract"},
    "web": {
        "brand", "build", "clocks", "components", "context", "errors", "examples", "middleware",
        "navigation", "sheets", "styleguide", "templatetags",
    },
}  # fmt: skip


def packages() -> list[str]:
    return sorted(p.name for p in OFFICE.iterdir() if (p / "__init__.py").exists())


@pytest.mark.parametrize("package", packages())
def test_a_package_has_no_rooms_but_the_agreed_ones(package: str) -> None:
    folder = OFFICE / package
    rooms = {p.stem for p in folder.iterdir() if not p.name.startswith("__")}

    assert rooms <= ROOMS | MORE_ROOMS.get(package, set())


@pytest.mark.parametrize("package", packages())
def test_a_table_is_touched_only_by_the_package_that_owns_it(package: str) -> None:
    owner = f"onroll.office.{package}"
    tables = [
        m for m in GRAPH.modules if m == f"{owner}.models" or m.startswith(f"{owner}.models.")
    ]
    strangers = {
        importer
        for table in tables
        for importer in GRAPH.find_modules_that_directly_import(table)
        if not importer.startswith(f"{owner}.") and not _only_reads(importer)
    }

    assert not strangers


def _only_reads(module: str) -> bool:
    # A query above may join a table below; only the owner's actions write it.
    rooms = module.split(".")
    return "queries" in rooms or "models" in rooms


# What writes wherever it is called, and what writes on rows alone: a dict is updated too.
SURELY_WRITES = {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
WRITES_ROWS = {"create", "update", "delete", "save"}
DOORS = {"objects", "_base_manager", "_default_manager"}


def links(node: ast.AST) -> set[str]:
    """The names along a chain such as `Case.objects.filter(…)[0].child`."""
    found = set()
    while isinstance(node, ast.Call | ast.Attribute | ast.Subscript):
        if isinstance(node, ast.Attribute):
            found.add(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return found | {node.id} if isinstance(node, ast.Name) else found


def bindings(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    for node in ast.walk(tree):
        pairs: list[tuple[ast.AST, ast.AST | None]] = []
        if isinstance(node, ast.Assign):
            pairs = [(target, node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign | ast.NamedExpr):
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.For | ast.comprehension):
            pairs = [(node.target, node.iter)]
        for target, value in pairs:
            if isinstance(target, ast.Name) and value is not None:
                yield target.id, value


def writers(tree: ast.AST) -> Iterator[ast.Call]:
    """Calls that write: on a table, and on rows or querysets that were given a name first."""
    rows: set[str] = set(DOORS)
    while more := {name for name, value in bindings(tree) if links(value) & rows} - rows:
        rows |= more
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        is_on_rows = node.func.attr in WRITES_ROWS and links(node.func.value) & rows
        if node.func.attr in SURELY_WRITES or is_on_rows:
            yield node


@pytest.mark.parametrize(
    "code",
    ["Case.objects.filter(pk=1).update(state='x')",
     "found = Case.objects.filter(pk=1)\nmore = found.exclude(pk=2)\nmore.delete()",
     "for case in Case.objects.all():\n    case.save()",
     "model._base_manager.bulk_create(rows)"],
)  # fmt: skip
def test_a_write_is_seen_under_whatever_name(code: str) -> None:
    assert list(writers(ast.parse(code)))


def sources(*rooms: str) -> list[Path]:
    return sorted(
        path
        for room in rooms
        for pattern in (f"*/{room}.py", f"*/{room}/**/*.py")
        for path in OFFICE.glob(pattern)
    )


# The journal's own links and the kernel's own dates of facts: what actions are made of.
WRITE_FOR_ACTIONS = {OFFICE / "journal" / "chain.py", OFFICE / "kernel" / "facts.py"}


@pytest.mark.parametrize(
    "path",
    sorted(set(OFFICE.rglob("*.py")) - set(sources("actions", "migrations")) - WRITE_FOR_ACTIONS),
    ids=str,
)
def test_only_actions_write(path: Path) -> None:
    assert not list(writers(ast.parse(path.read_text())))


@pytest.mark.parametrize("path", sources("models"), ids=str)
def test_no_model_hides_work_in_save(path: Path) -> None:
    overridden = [
        node.name
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "delete", "clean"}
    ]

    assert not overridden


@pytest.mark.parametrize("path", sorted(OFFICE.parent.rglob("*.py")), ids=str)
def test_no_room_grows_past_what_can_be_read(path: Path) -> None:
    if "migrations" in path.parts:
        return

    assert len(path.read_text().splitlines()) <= 420


@pytest.mark.parametrize("model", OURS, ids=lambda m: m._meta.label)
def test_every_field_is_declared_personal_or_plain(model: type[models.Model]) -> None:
    declared = set()
    for name in ("personal", "plain", "structural"):
        for part in model.__mro__:
            declared |= set(vars(part).get(name, "").split()) if name in vars(part) else set()
    fields = {
        f.name
        for f in model._meta.concrete_fields
        if not f.is_relation and not isinstance(f, models.AutoField)
    }

    assert fields <= declared, f"neither personal nor plain: {sorted(fields - declared)}"
    assert declared <= fields, f"declared but no field: {sorted(declared - fields)}"


@pytest.mark.parametrize(
    "model", [m for m in OURS if issubclass(m, Fact)], ids=lambda m: m.__name__
)
def test_every_fact_that_has_a_key_cannot_overlap_itself(model: type[models.Model]) -> None:
    kinds = {type(c).__name__ for c in model._meta.constraints}
    # A child's particulars hold whatever the day: a unique constraint forbids a second row.
    may_overlap = {"ContactPoint", "HouseholdHazard", "Particulars"}

    assert "CheckConstraint" in kinds
    assert ("ExclusionConstraint" in kinds) != (model.__name__ in may_overlap)


def url_names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from url_names(pattern.url_patterns, inner)


# Sign-in, second factors and single sign-on: django-allauth's own addresses.
LIBRARY = ("None", "account_", "mfa_", "socialaccount_", "openid_connect_", "usersessions_")


def test_every_address_says_who_may_open_it() -> None:
    names = {
        n for n in url_names(get_resolver().url_patterns) if not n.startswith((*LIBRARY, "None"))
    }
    said = tests.access.everything()

    assert names == set(said)
    assert set(said.values()) <= PERMISSIONS.keys() | {"public", "signed_in"}


def test_every_permission_is_carried_by_some_role() -> None:
    assert set().union(*(role.permissions for role in ROLES)) == PERMISSIONS.keys()


# The two that write an event, and those that end and begin facts for the acts that do.
RECORDING = {"onroll.office.journal.actions.record", "onroll.office.journal.actions.look"}
PARTS_OF_ACTS = {
    "onroll.office.casework.actions.history.follow",
    "onroll.office.people.actions.particulars.believe",
    "onroll.office.accounts.actions.details.written_from",
    "onroll.office.accounts.actions.details.stretched",
}


def module_of(path: Path) -> str:
    parts = path.relative_to(OFFICE.parents[1]).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def names_of(module: str, tree: ast.Module) -> dict[str, str]:
    """Each name that a module imports or defines, with what it stands for in full."""
    names = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names |= {a.asname or a.name: f"{node.module}.{a.name}" for a in node.names}
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            names[node.name] = f"{module}.{node.name}"
    return names


def calls_in(node: ast.AST, names: dict[str, str]) -> set[str]:
    """What is called, in full: only what was imported or defined, so that no `set.add` counts."""
    called = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and isinstance(one.func, ast.Name | ast.Attribute):
            head, dot, rest = ast.unparse(one.func).partition(".")
            if head in names:
                called.add(f"{names[head]}{dot}{rest}")
    return called


def acts_and_calls() -> tuple[dict[str, set[str]], set[str]]:
    """Every function and class of every actions module with what it calls, and the acts of them."""
    calls: dict[str, set[str]] = {}
    acts: set[str] = set()
    elsewhere: dict[str, str] = {}
    for path in sources("actions"):
        if path.parent.name == "journal":
            continue  # it is the recording
        module, tree = module_of(path), ast.parse(path.read_text())
        names = names_of(module, tree)
        elsewhere |= {f"{module}.{name}": full for name, full in names.items()}
        for node in tree.body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef):
                calls[f"{module}.{node.name}"] = calls_in(node, names)
            is_ours = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
            if is_ours and any(a.arg == "by" for a in node.args.kwonlyargs):
                acts.add(f"{module}.{node.name}")

    def defined(full: str) -> str:
        while elsewhere.get(full, full) != full:
            full = elsewhere[full]
        return full

    return {name: {defined(one) for one in made} for name, made in calls.items()}, acts


def test_every_action_leaves_an_event() -> None:
    calls, acts = acts_and_calls()
    recording = set(RECORDING)
    while more := {name for name, made in calls.items() if made & recording} - recording:
        recording |= more

    assert len(acts) > 100  # they were found at all
    assert acts - recording == PARTS_OF_ACTS


def test_every_verb_is_told_in_words() -> None:
    for module in pkgutil.walk_packages([str(OFFICE)], "onroll.office."):
        if ".actions" in module.name:
            importlib.import_module(module.name)
    for verb in all_verbs():
        fields = {f for _, f, _, _ in __import__("string").Formatter().parse(verb.says) if f}
        assert fields <= verb.keeps, verb.key
        assert verb.says, verb.key


def listens(tree: ast.AST) -> bool:
    """Whether anything named "signals", or django.dispatch, is imported or reached."""
    for node in ast.walk(tree):
        said = [getattr(node, "module", None) or "", getattr(node, "attr", "")]
        if isinstance(node, ast.Import | ast.ImportFrom):
            said += [alias.name for alias in node.names]
        if any({"signals", "dispatch"} & set(words.split(".")) for words in said):
            return True
    return False


@pytest.mark.parametrize(
    "code",
    ["from django.db.models.signals import post_save", "from django.dispatch import receiver",
     "from django.db import models\nmodels.signals.pre_save.connect(f)",
     "import allauth.account.signals"],
)  # fmt: skip
def test_a_signal_is_seen_however_it_is_reached(code: str) -> None:
    assert listens(ast.parse(code))


def test_signals_are_not_used() -> None:
    outside = {m for m in GRAPH.modules if GRAPH.is_module_squashed(m)}
    importers = {
        importer
        for module in outside
        for importer in GRAPH.find_modules_that_directly_import(module)
    }
    ours = {module_of(path): path for path in OFFICE.rglob("*.py")}
    users = [m for m in importers & ours.keys() if listens(ast.parse(ours[m].read_text()))]

    assert "django" in outside
    assert not users
