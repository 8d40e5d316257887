"""Who may open each address: one table a package, as the architecture tests read them."""

import importlib
import pkgutil


def everything() -> dict[str, str]:
    """Return every address with the permission it asks for, "signed_in" or "public"."""
    said: dict[str, str] = {}
    for module in pkgutil.iter_modules(__path__):
        table = importlib.import_module(f"{__name__}.{module.name}").ACCESS
        assert not said.keys() & table.keys(), f"{module.name} says again who may open an address"
        said |= table
    return said
