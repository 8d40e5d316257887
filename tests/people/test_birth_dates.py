"""Forms about a child refuse what contradicts itself and throw nothing away."""

import pytest

from onroll.office.people.forms.children import AddForm, DetailsForm
from tests import actors


@pytest.mark.parametrize("form", [AddForm, DetailsForm])
def test_a_date_of_birth_that_was_typed_is_never_thrown_away(
    form: type[AddForm] | type[DetailsForm],
) -> None:
    typed = {"born_on_day": "4", "born_on_month": "5", "born_on_year": "2015"}

    asked = form({**typed, "birth_date_is": "unknown"}, today=actors.TODAY)

    assert not asked.is_valid()
    assert "exact or estimated" in str(asked.errors["birth_date_is"])
