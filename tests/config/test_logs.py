"""A log tells what failed and where, and nothing about anybody."""

import logging
import logging.config

import pytest
from django.conf import settings

from onroll.office.config.logs import without_values


def test_a_fault_in_a_log_has_its_kind_and_place_and_no_value() -> None:
    secret = "Qvaxel Mirrow, 14 Hidden Row"
    try:
        raise ValueError(f"cannot read {secret}")
    except ValueError as fault:
        line = without_values(None, "", {"event": "failed", "exc_info": fault})

    assert line["fault"] == "ValueError"
    assert secret not in str(line)
    assert any(place.startswith("test_logs.py:") for place in line["at"])


def test_a_request_that_fails_leaves_nobodys_name_in_the_log(
    capsys: pytest.CaptureFixture[str],
) -> None:
    logging.config.dictConfig(settings.LOGGING)
    try:
        raise KeyError("Qvaxel Mirrow")
    except KeyError:
        logging.getLogger("onroll.office").exception("Internal Server Error")

    told = capsys.readouterr().err
    assert "KeyError" in told
    assert "Qvaxel" not in told
