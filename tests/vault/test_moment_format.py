"""Moment.js formats: what the npm package makes of them, and what is known of a date that is not told whole."""

from __future__ import annotations

import json
import time as clock
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vaultlint.vault.moment_format import MomentFormat, Stamp, fault_of, moment_format

CASES = [json.loads(line) for line in (Path(__file__).parent / "moment" / "package.jsonl").read_text().splitlines()]
READ = [case for case in CASES if "text" in case]
WRITTEN = [case for case in CASES if "at" in case]


def utc(stamp: Stamp | None) -> str | None:
    """A stamp as the package's answers are recorded."""
    if stamp is None or stamp.day is None:
        return None
    found = datetime.combine(stamp.day, stamp.clock or time()) - timedelta(minutes=stamp.offset or 0)
    return found.isoformat(timespec="milliseconds") + "Z"


@pytest.mark.parametrize("case", READ, ids=lambda case: f"{case['format']}|{case['text']}")
def test_texts_are_read_as_the_package_reads_them(case: Any) -> None:
    """Strictly: what the package refuses is refused, and the rest is the same moment."""
    assert case["reads"] == utc(MomentFormat(case["format"]).parse(case["text"]))


@pytest.mark.parametrize("case", WRITTEN, ids=lambda case: f"{case['format']}|{case['at']}")
def test_dates_are_written_as_the_package_writes_them(case: Any) -> None:
    """Each token alone and with others, at the edges of years and weeks too."""
    year, month, day, hour, minute, second, millisecond, offset = case["at"]
    stamp = Stamp(date(year, month, day), time(hour, minute, second, millisecond * 1000), offset)
    assert case["writes"] == MomentFormat(case["format"]).write(stamp)


def test_the_answers_tell_both_kinds() -> None:
    """The table holds texts that are read and texts that are refused."""
    assert len(WRITTEN) > 100
    assert 80 < sum(case["reads"] is not None for case in READ) < len(READ) - 50


@pytest.mark.parametrize(
    ("form", "text", "stamp"),
    [
        ("YYYY-MM-DD", "2024-03-01", Stamp(date(2024, 3, 1))),
        ("YYYY-MM", "2024-03", Stamp(None)),
        ("GGGG-[W]WW", "2024-W09", Stamp(None)),
        ("gggg-MM-DD", "2024-03-01", Stamp(None)),
        ("MM-DD", "02-29", Stamp(None)),
        ("YYYY/MM/YYYY-MM-DD", "2024/03/2024-03-01", Stamp(date(2024, 3, 1))),
        ("YYYY-MM-DDTHH:mmZ", "2024-03-01T24:00+02:00", Stamp(date(2024, 3, 2), time(), 120)),
        ("YYYY-MM-DD dddd", "2024-03-01 Monday", None),
        ("YYYY-MM-DD", "2023-02-29", None),
        ("YYYY-MM-DD", "2024-3-1", None),
        ("YYYY-MM-DD", "2024-03-01 ", None),
        ("", "", None),
        ("[]YYYY", "2024", None),
    ],
)
def test_only_what_a_text_tells_is_known(form: str, text: str, stamp: Stamp | None) -> None:
    """Where the package would take the rest from the day on which it runs, the day is not known."""
    assert stamp == MomentFormat(form).parse(text)


@pytest.mark.parametrize(
    ("form", "day", "with_clock", "with_offset"),
    [
        ("YYYY-MM-DD", True, False, False),
        ("YYYY-MM", False, False, False),
        ("[on] D MMMM YYYY", True, False, False),
        ("GGGG-[W]WW-E", True, False, False),
        ("YYYY-DDD", True, False, False),
        ("YYYY-MM-DDTHH:mmZ", True, True, True),
        ("X", True, True, True),
        ("[YYYY-MM-DD]", False, False, False),
    ],
)
def test_a_format_knows_what_it_tells(form: str, day: bool, with_clock: bool, with_offset: bool) -> None:
    """Whether a day, the hour and the offset are in what it writes."""
    found = MomentFormat(form)
    assert (day, with_clock, with_offset) == (found.has_day, found.has_clock, found.has_offset)


def test_what_is_lost_or_made_up_is_known() -> None:
    """A stamp is kept where reading what is written gives it back."""
    day, moment = Stamp(date(2024, 3, 1)), Stamp(date(2024, 3, 1), time(12, 30, 5))
    assert MomentFormat("D.M.YYYY").keeps(day)
    assert not MomentFormat("D.M.YYYY").keeps(moment)
    assert not MomentFormat("YYYY-MM-DDTHH:mm").keeps(day)
    assert not MomentFormat("YYYY-MM-DDTHH:mm").keeps(moment)
    assert not MomentFormat("YYYY-MM-DDTHH:mm:ssZ").keeps(moment)
    assert MomentFormat("YYYY-MM-DDTHH:mm:ss").keeps(moment)
    with pytest.raises(ValueError, match="no day"):
        MomentFormat("YYYY").write(Stamp(None))


def test_eras_are_refused_in_words() -> None:
    """Nobody names notes by them, and a rule asks `moment_format`, which has none then."""
    with pytest.raises(ValueError, match="the token 'NN' is not supported"):
        MomentFormat("YYYY NN")
    assert moment_format("yo") is None


@example(date(1, 1, 2), "gggg-[W]ww-d")
@given(
    st.dates(min_value=date(1, 1, 2), max_value=date(9999, 12, 20)),
    st.sampled_from(["YYYY-MM-DD", "dddd D MMMM YYYY", "GGGG-[W]WW-E", "gggg-[W]ww-d", "YYYY[/]DDDD", "Do MMM Y"]),
)
def test_what_is_written_is_read_back(day: date, form: str) -> None:
    """For every day and every format that tells the day."""
    assert Stamp(day) == MomentFormat(form).parse(MomentFormat(form).write(Stamp(day)))


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_format_and_no_text_make_it_fail(form: str, text: str) -> None:
    """A format is refused by `ValueError` alone, and a text by `None`."""
    found = moment_format(form)
    if found is not None:
        found.parse(text)
        found.parse(found.write(Stamp(date(2024, 3, 1))))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("[" * 200_000, "[" * 200_000),
        ("[a" * 100_000, "a" * 100_000),
        ("MMMM" * 50_000, "1" * 200_000),
        ("MMMM" * 50_000, "٠" * 200_000),
        ("MMMM", "\u0600" + " " * 200_000),
        ("X" * 50_000, "1" * 200_000),
        ("SSSSSS", "1" * 200_000),
        ("x", "1" * 200_000),
        ("Y", "1" * 200_000),
        ("\\" * 200_000, "\\" * 200_000),
        ("L" * 100_000, "1/1/2024" * 1000),
    ],
)
def test_hostile_formats_take_no_time(form: str, text: str) -> None:
    """Time grows with the length alone."""
    start = clock.perf_counter()
    found = moment_format(form)
    if found is not None:
        found.parse(text)
    assert clock.perf_counter() - start < 3


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("YYYY-MM-DD", None),
        ("YYYY-MM", None),
        ("gggg-[W]ww", None),
        ("DD.MM.", None),
        ("HH:mm", None),
        ("dd/mm/yyyy", "'dd/mm/yyyy' tells no day; did you mean 'DD/MM/YYYY'?"),
        ("yyyy-MM-dd HH:mm", "'yyyy-MM-dd HH:mm' tells no day; did you mean 'YYYY-MM-DD HH:mm'?"),
        ("foo", "'foo' tells no date; write it in Moment.js tokens, such as 'YYYY-MM-DD'"),
        ("", "'' tells no date; write it in Moment.js tokens, such as 'YYYY-MM-DD'"),
        ("NNNN", "the token 'NNNN' is not supported"),
    ],
)
def test_what_is_wrong_with_a_form_of_dates(text: str, fault: str | None) -> None:
    """The small letters of other programs mean minutes and weekdays here, and no value could ever fit."""
    assert fault == fault_of(text)
