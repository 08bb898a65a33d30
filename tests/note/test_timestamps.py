"""Which times of a note are places in a recording, and what they mean."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from vaultlint.note.model import Timestamp
from vaultlint.note.note import parse_note
from vaultlint.note.timestamps import parse_clock, parse_duration, parse_offset

VIDEO = "---\nvideoId: dQw4w9WgXcQ\n---\n"


def stamps(text: str) -> tuple[Timestamp, ...]:
    return parse_note(text).timestamps


def shown(text: str) -> list[tuple[str, str, int | None]]:
    """Form, text and seconds of each timestamp."""
    return [(found.form, found.text, found.seconds) for found in stamps(text)]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("12:03", 723),
        ("0:00", 0),
        ("75:10", 4510),
        ("01:12:03", 4323),
        ("1:02:03", 3723),
        ("00:12:03.5", 723),
        ("123:00:00", 442800),
        ("12:75", None),
        ("01:60:00", None),
        ("01:100:00", None),
        ("12:", None),
        ("12", None),
        ("1:2:3:4", None),
        ("", None),
        ("a:bc", None),
    ],
)
def test_clock(text: str, seconds: int | None) -> None:
    """Three parts are hours, minutes, seconds; two are minutes, which may pass 59, and seconds."""
    assert seconds == parse_clock(text)


@pytest.mark.parametrize(
    ("code", "seconds"),
    [
        ("723", 723),
        ("723s", 723),
        ("12m3s", 723),
        ("1h2m3s", 3723),
        ("2H", 7200),
        ("76.546769", 76),
        ("12:03", 723),
        ("10,20", 10),
        ("npt:10", 10),
        ("00:01:00,00:02:00", 60),
        ("", None),
        ("soon", None),
        ("12:99", None),
    ],
)
def test_offset(code: str, seconds: int | None) -> None:
    """A parameter, fragment or attribute holds seconds, units, or a time."""
    assert seconds == parse_offset(code)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("01:02:03", 3723),
        ("62:03", 3723),
        (3723, 3723),
        (3723.9, 3723),
        ("3723", 3723),
        ("PT1H2M3S", 3723),
        ("PT62M", 3720),
        ("P1DT1S", 86401),
        ("PT", None),
        ("P", None),
        ("long", None),
        (True, None),
        (-5, None),
        (None, None),
        (["1"], None),
    ],
)
def test_duration(value: object, seconds: int | None) -> None:
    """A duration is a time, a number of seconds, or ISO 8601."""
    assert seconds == parse_duration(value)


def test_anchor() -> None:
    """An anchor with `data-t` is a timestamp, in whatever order and quotes its attributes stand."""
    text = (
        'One <a class="yt-timestamp" data-t="00:12:03">[00:12:03]</a>, two '
        "<a data-t='723' href=\"#\">12:03</a>,\n"
        "three <A data-t=00:00:09\n class=x>( 0:09 )</A>."
    )
    first, second, third = stamps(text)
    assert '<a class="yt-timestamp" data-t="00:12:03">[00:12:03]</a>' == first.span.of(text)
    assert ("anchor", "00:12:03", "00:12:03", 723, 723) == (
        first.form,
        first.text_span.of(text),
        first.code_span.of(text) if first.code_span else None,
        first.seconds,
        first.code_seconds,
    )
    assert first.text_span != first.code_span
    assert (723, "723", 723) == (second.seconds, second.code, second.code_seconds)
    assert ("0:09", 9, "00:00:09") == (third.text, third.seconds, third.code)


def test_anchor_without_text() -> None:
    """Where people see no time, the attribute's is the timestamp's."""
    (found,) = stamps('See <a class="yt-timestamp" data-t="00:12:03">there</a>.')
    assert found.text_span == found.code_span
    assert ("00:12:03", 723) == (found.text, found.seconds)


@pytest.mark.parametrize(
    "text", ['<a data-t="menu">Menu</a>', '<a data-test="12:03">x</a>', "<abbr data-t='1'>x</abbr>"]
)
def test_other_anchors(text: str) -> None:
    """An attribute of that name that holds no time belongs to somebody else."""
    assert [] == shown(text)


def test_anchor_in_an_html_block() -> None:
    """An anchor is one in an HTML block too, but not in code, math or comments."""
    anchor = '<a data-t="0:09">0:09</a>'
    assert 1 == len(stamps(f"<div>\n{anchor}\n</div>\n"))
    assert [] == shown(f"`{anchor}`\n\n```html\n{anchor}\n```\n\n    {anchor}\n\n<!-- {anchor} -->\n\n$${anchor}$$\n")


def test_links() -> None:
    """A link into a recording is a timestamp; its parameter says where it leads."""
    text = "[12:03](https://youtu.be/ID?t=723) [1:00:00 The end](https://www.youtube.com/watch?v=ID&t=1h0m0s)"
    text += " [x](https://vimeo.com/1#t=2m)"
    first, second, third = stamps(text)
    assert ("link", "12:03", 723, "723", "https://youtu.be/ID?t=723") == (
        first.form,
        first.text,
        first.seconds,
        first.code_span.of(text) if first.code_span else None,
        first.url,
    )
    assert ("1:00:00", 3600, 3600) == (second.text, second.seconds, second.code_seconds)
    assert ("2m", 120) == (third.text, third.seconds)


def test_links_elsewhere() -> None:
    """On any other site it takes a time as the link's text."""
    assert [("link", "12:03", 723)] == shown("[12:03](https://media.example/talk?start=723)")
    assert [] == shown(
        "[search](https://example.org/?q=a&t=5) [12:03](https://example.org/) <https://example.org/?t=5>"
    )


def test_media_fragments() -> None:
    """An embed or link of an audio or video file with `#t=` is a timestamp; of a note it is none."""
    text = "![[talk.mp4#t=12:03]] [[talk.mp3#t=10,20|0:10]] ![x](talk.webm#t=5) [[Note#t=5]]"
    assert [("embed", "12:03", 723), ("embed", "0:10", 10), ("link", "5", 5)] == shown(text)


@pytest.mark.parametrize(
    "line",
    [
        "12:03 flour",
        "12:03: flour",
        "- 12:03, flour",
        "- 12:03 flour",
        "* [ ] 12:03 flour",
        "1. 12:03 flour",
        "## 12:03 Flour",
        "> 12:03 flour",
        "- **12:03** flour",
        "- [12:03] flour",
        "Flour (12:03) and water",
        "Flour [12:03] and water",
        "Flour [12:03-12:40] and water",
    ],
)
def test_bare(line: str) -> None:
    """In a note that names its video, a time counts at the start of a line or item, and in brackets."""
    assert [("bare", "12:03", 723)] == shown(VIDEO + line)
    assert [] == shown(line), "without a video it is a time of day"


@pytest.mark.parametrize(
    "line",
    [
        "We met at 12:03 again",
        "- 12:03 pm lunch",
        "- 12:03am, awake",
        "- 12:034",
        "- 2024-01-01T12:03",
        "- `12:03`",
        "- 12:3",
        "- 1:2 is the ratio",
        "[12:03](Note.md)",
        "[[12:03]]",
        "$12:03$",
    ],
)
def test_not_bare(line: str) -> None:
    """Elsewhere, in code and with more behind it, it is none even there."""
    assert [] == shown(VIDEO + line)


def test_bare_beside_others() -> None:
    """One timestamp of another form makes the bare times of its note timestamps, each once, in text order."""
    text = "- 09:30 one\n- [12:03](https://youtu.be/ID?t=723) two\n- 13:00 three\n"
    assert [("bare", "09:30", 570), ("link", "12:03", 723), ("bare", "13:00", 780)] == shown(text)


def test_name_of_the_property() -> None:
    """The name of the property is compared without regard to case; empty, it names no video."""
    assert 1 == len(stamps("---\nVideoID: x\n---\n- 12:03 a\n"))
    assert [] == shown("---\nvideoId:\n---\n- 12:03 a\n")


def test_no_time() -> None:
    """A timestamp that is no time is found, without seconds."""
    assert [("anchor", "00:12:75", None)] == shown('<a data-t="00:12:75">[00:12:75]</a>')
    assert [("bare", "12:75", None)] == shown(f"{VIDEO}- 12:75 a\n")


def test_seed(shared: Path) -> None:
    """The document that the project grew from: every anchor is found, each with one time."""
    text = next((shared / "seeds").glob("*.txt")).read_text("utf-8")
    written = re.findall(r'data-t="(\d\d):(\d\d):(\d\d)"', text)
    found = stamps(text)
    assert written
    assert [int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in written] == [one.seconds for one in found]
    assert all(one.form == "anchor" and one.code == one.text for one in found)


@pytest.mark.parametrize(
    "hostile",
    [
        "<a " * 100_000 + "data-t=",
        "<a data-t=" * 60_000,
        "[12:03](" * 60_000 + "?t=",
        "12:" * 200_000,
        "(1:00" * 100_000,
        ">" * 300_000,
        "[" * 300_000,
        "`" + '<a data-t="1:00">1:00</a>' * 20_000 + "`" + "<b>x</b>" * 20_000,
    ],
)
def test_hostile_text_is_read(hostile: str) -> None:
    """No text keeps the reading from coming to an end, and each time found is where it says."""
    note = parse_note(f"{VIDEO}{hostile} ?t=1")

    assert all(stamp.text in stamp.span.of(note.text) for stamp in note.timestamps)
