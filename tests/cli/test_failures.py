"""What goes wrong inside, as people see it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from vaultlint.cli import check

Lint = Callable[..., Any]
Build = Callable[..., Path]


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    """Lets a check end in an exception."""

    def breaks(error: BaseException) -> None:
        def checked(*_: object, **__: object) -> NoReturn:
            raise error

        monkeypatch.setattr(check, "checked", checked)

    return breaks


def test_a_fault_of_its_own_is_one_line(broken: Any, vault: Build, lint: Lint) -> None:
    """Status 3, one line that says how to report it, no traceback."""
    vault({})
    broken(ZeroDivisionError("by\x1bzero"))

    outcome = lint()

    assert (3, "") == (outcome.status, outcome.out)
    assert 1 == len(outcome.err.splitlines())
    assert "(ZeroDivisionError: by\\x1bzero)" in outcome.err
    assert "please report this" in outcome.err
    assert "--debug" in outcome.err


def test_debug_shows_the_traceback(broken: Any, vault: Build, lint: Lint) -> None:
    """With `--debug`, the traceback comes before that line."""
    vault({})
    broken(ZeroDivisionError("by zero"))

    lines = lint("--debug").err.splitlines()

    assert "Traceback (most recent call last):" == lines[0]
    assert lines[-1].startswith("vaultlint: failed")


def test_ctrl_c_says_nothing(broken: Any, vault: Build, lint: Lint) -> None:
    """Ctrl-C is 130 and silence."""
    vault({})
    broken(KeyboardInterrupt())

    assert (130, "", "") == lint()
