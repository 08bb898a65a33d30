"""Dates that are still to come, and daily notes that tell two days."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.dates.daily_note_date import DailyNoteDate
from vaultlint_rules.dates.date_future import DateFuture, Options

from vaultlint.rule.fix import Applicability

Found = Callable[..., list[str]]
Fixed = Callable[..., str]

NOON = 1_704_456_000.0
"""2024-01-05T12:00Z."""


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("created: 2024-01-05", False),
        ("created: 2024-01-06", False),
        ("created: 2024-01-07", True),
        ("created: 2024-01-06T12:00", False),
        ("created: 2024-01-06T12:01", True),
        ("created: 2024-01-06T14:00+02:00", False),
        ("created: 2024-01-06T11:00-02:00", True),
        ("created: Jan 7, 2024", True),
        ("created: 7.1.2024", True),
        ("created: 7.1.2023", False),
        ("created: 1/2/2024", False),
        ("LASTMOD: 2025-01-01", True),
        ("date of birth: 2042-01-01", True),
        ("created: 9999-12-31T23:59-12:00", True),
        ("created: 2024-13-40", False),
        ("created: soon", False),
        ("created:", False),
        ("created: [2042-01-01]", False),
        ("due: 2042-01-01", False),
        ("published: 2042-01-01", False),
        ("date: 2042-01-01", False),
    ],
)
def test_what_is_still_to_come(found: Found, line: str, is_found: bool) -> None:
    """A day's skew is let pass; what may be read as a day that was, is."""
    lines = found(DateFuture, f"---\n{line}\n---\n", now=NOON)
    assert is_found == bool(lines), lines


def test_a_template_waits_to_be_filled_in(found: Found) -> None:
    """Its dates are nobody's."""
    text = "---\ncreated: 2042-01-01\n---\n"
    assert [] == found(DateFuture, text, "T/Note.md", template_folders=("T",), now=NOON)
    assert [] != found(DateFuture, text, "Note.md", template_folders=("T",), now=NOON)


def test_skew_and_names_can_be_chosen(found: Found) -> None:
    """In seconds, and in any spelling."""
    text = "---\ncookedOn: 2024-01-05T12:01\ncreated: 2042-01-01\n---\n"
    assert ["2:11 'cookedOn' (2024-01-05T12:01) is still to come"] == found(
        DateFuture, text, options=Options(("cooked-on",), 0), now=NOON
    )


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("J/2024-01-05.md", "---\ndate: 2024-01-05\n---\n# 2024-01-05\n", None),
        ("J/2024-01-05.md", "---\ndate: 2024-01-04\n---\n", "'date' is '2024-01-04', but the name"),
        ("J/2024-01-05.md", "---\nDate: Jan 4, 2024\n---\n", "'Date' is 'Jan 4, 2024', but the name"),
        ("J/2024-01-05.md", "---\ndate: 5/1/2024\n---\n", None),
        ("J/2024-01-05.md", "---\ndate: 1/5/2024\n---\n", None),
        ("J/2024-01-05.md", "---\ndate: 1/6/2024\n---\n", "'date' is '1/6/2024', but the name"),
        ("J/2024-01-05.md", "---\ndate: 2024-01-04T23:00:00Z\n---\n", None),
        ("J/2024-01-05.md", "---\ndate: 2024-01-04T23:00\n---\n", "'date' is '2024-01-04T23:00', but the name"),
        ("J/2024-01-05.md", "---\ndate: soon\ncreated: 2024-01-09\n---\n", None),
        ("J/2024-01-05.md", "---\ndate: '[[2024-01-04]]'\n---\n", None),
        (
            "J/2024-01-05.md",
            "# Thursday, 4 January 2024\n",
            "the heading says 'Thursday, 4 January 2024', but the name",
        ),
        ("J/2024-01-05.md", "# 2024-01-04 to 2024-01-05\n", None),
        ("J/2024-01-05.md", "## 2024-01-04\n", None),
        ("J/2024-01-05.md", "# Day\n# 2024-01-04\n", None),
        ("J/old/2024-01-05.md", "# 2024-01-04\n", "the heading says '2024-01-04', but the name"),
        ("K/2024-01-05.md", "# 2024-01-04\n", None),
        ("J/20240105.md", "", "'20240105' is a date, but daily notes are named in the form YYYY-MM-DD here"),
        ("J/5.1.2024.md", "", "'5.1.2024' is a date, but daily notes are named in the form YYYY-MM-DD here"),
        ("J/2024-01-05 Friday.md", "", "'2024-01-05 Friday' is a date, but daily notes"),
        ("J/2024-01-05 Trip.md", "# 2024-01-04\n", None),
        ("J/2024-01.md", "", None),
        ("J/2024-W01.md", "", None),
        ("J/old/20240105.md", "", None),
        ("K/20240105.md", "", None),
    ],
)
def test_daily_notes_that_tell_two_days(found: Found, path: str, text: str, message: str | None) -> None:
    """A note of the folder of daily notes whose name is a day; names that are dates in another form."""
    lines = found(DailyNoteDate, text, path, daily_folder="J")
    assert (1 if message else 0) == len(lines), lines
    assert not message or message in lines[0]


@pytest.mark.parametrize(
    ("form", "path", "is_found"),
    [
        ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2024/01-January/2024-01-05-Friday.md", True),
        ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2024-01-05-Friday.md", True),
        ("YYYY/MM-MMMM/YYYY-MM-DD-dddd", "2024-01-05-Monday.md", False),
        ("YYYY/MM/DD", "2024/01/05.md", True),
        ("[Days/]YYYY-MM-DD", "Days/2024-01-05.md", True),
        ("GGGG-[W]WW-E", "2024-W01-5.md", True),
        ("GGGG-[W]WW", "2024-W01.md", False),
        ("YYYY NN", "2024 AD.md", False),
        ("", "2024-01-05.md", False),
    ],
)
def test_names_are_read_by_the_vault_s_format(found: Found, form: str, path: str, is_found: bool) -> None:
    """With its folders; where it tells no day, nothing is said. At the root, no name must be that of a daily note."""
    lines = found(DailyNoteDate, "# 2023-12-31\n", path, daily_format=form)
    assert is_found == bool(lines)


def test_what_would_agree_is_suggested_in_its_own_form(fixed: Fixed) -> None:
    """Quotes, time and form stay; what may be read in two ways is left alone."""
    text = "---\ndate: 'Jan 4, 2024 10:30' # made at night\n---\n# Thursday, 4 January 2024\n"
    after = "---\ndate: 'Jan 5, 2024 10:30' # made at night\n---\n# Friday, 5 January 2024\n"
    assert after == fixed(DailyNoteDate, text, "2024-01-05.md", at_least=Applicability.SUGGESTION)
    assert text == fixed(DailyNoteDate, text, "2024-01-05.md", at_least=Applicability.UNSAFE)
    unclear = "---\ndate: 1/6/2024\n---\n"
    assert unclear == fixed(DailyNoteDate, unclear, "2024-01-05.md", at_least=Applicability.SUGGESTION)
