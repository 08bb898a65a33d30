"""Dates that do not exist, and dates in the wrong order."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from vaultlint_rules.dates._names import plain_name
from vaultlint_rules.dates.date_invalid import DateInvalid
from vaultlint_rules.dates.date_order import DateOrder, Options

from vaultlint.rule.fix import Applicability

Found = Callable[..., list[str]]
Fixed = Callable[..., str]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("any: 2023-02-29", "'2023-02-29' in 'any' is no real date"),
        ("any: '2026-13-40T10:00'", "'2026-13-40' in 'any' is no real date"),
        ("any: 2024-01-01T25:61", "'2024-01-01T25:61' in 'any' is no real time"),
        ("any: [2024-01-01, 2024-04-31]", "'2024-04-31' in 'any' is no real date"),
        ("created: 25:61", "'25:61' in 'created' is no real time"),
        ("dateModified: 2024-04-31, late", "'2024-04-31' in 'dateModified' is no real date"),
        ("seen: 2024-04-31 or so", "'2024-04-31' in 'seen' is no real date"),
        ("any: 2024-04-31 or so", None),
        ("any: 25:61", None),
        ("any: 2024-04-31-5", None),
        ("created: 0000-00-00", None),
        ("created: 2024-99", None),
        ("created: 2024-02-29T23:59:59.5+02:00", None),
        ("created: 2024-02-29T24:00", None),
        ("created: 20240231", None),
        ("created: '[[2024-13-40]]'", None),
        ("created: <% tp.date %>", None),
        ("created: '{{date}}'", None),
        ("created: soon", None),
        ("length: 75:30", None),
    ],
)
def test_what_does_not_exist(found: Found, line: str, message: str | None) -> None:
    """Whole dates are judged anywhere, parts and longer texts only where dates are kept."""
    lines = found(DateInvalid, f"---\n{line}\n---\n", property_types={"seen": "date", "length": "text"})

    assert ([message] if message else []) == [each.split(" ", 1)[1] for each in lines]


def test_a_name_says_that_dates_are_kept() -> None:
    """Properties are known by their words, however these are joined."""
    names = [plain_name(key) for key in ("dateCreated", "Date_created", "date-created", "DATE CREATED")]

    assert ["date created"] * 4 == names


@pytest.mark.parametrize(
    ("first", "second", "ordered"),
    [
        ("2024-03-31", "2024-03-31", True),
        ("2024-03-31", "2024-03-30", False),
        ("2024-03-31T10:00", "2024-03-31T09:00", True),
        ("2024-03-31T00:05", "2024-03-30T23:58", False),
        ("2024-03-31", "2024-03-30T23:58", False),
        ("2024-03-31T00:05Z", "2024-03-30T23:58", True),
        ("2024-03-31T00:05+02:00", "2024-03-30T23:58Z", True),
        ("2024-03-31T00:05Z", "2024-03-29T23:58", False),
        ("2024-03-31", "2024-02-31", True),
        ("2024-03-31", "last week", True),
        ("2024-03-31", "", True),
        ("[2024-03-31]", "2024-03-01", True),
    ],
)
def test_order(found: Found, first: str, second: str, ordered: bool) -> None:
    """Days decide; what is no date is for other rules; a zone that one of two lacks is worth a day."""
    lines = found(DateOrder, f"---\nmodified: {second}\ncreated: {first}\n---\n")

    assert ordered is (lines == [])


def test_skew(found: Found) -> None:
    """Clocks may differ by as many seconds as the option says."""
    text = "---\ncreated: 2024-03-31T00:05\nmodified: 2024-03-30T23:58\n---\n"

    assert [] == found(DateOrder, text, options=Options(skew=600))
    assert 1 == len(found(DateOrder, text, options=Options(skew=60)))


def test_dates_are_swapped_as_they_are_written(fixed: Fixed) -> None:
    """Quotes go along, and two ways of writing are not mixed."""
    text = "---\ncreated: '2024-03-31' # a\nUpdated: 2024-03-05\n---\n"
    mixed = "---\ncreated: 2024-03-31\nupdated: 2024-03-05T10:00\n---\n"

    assert "---\ncreated: 2024-03-05 # a\nUpdated: '2024-03-31'\n---\n" == fixed(
        DateOrder, text, at_least=Applicability.UNSAFE
    )
    assert text == fixed(DateOrder, text)
    assert mixed == fixed(DateOrder, mixed, at_least=Applicability.UNSAFE)
