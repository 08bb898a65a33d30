"""Times that are none, that lead elsewhere, that run backwards and that cannot be; and what is no fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from vaultlint_rules.timestamps.timestamp_beyond_end import TimestampBeyondEnd
from vaultlint_rules.timestamps.timestamp_mismatch import TimestampMismatch
from vaultlint_rules.timestamps.timestamp_order import Options, TimestampOrder
from vaultlint_rules.timestamps.timestamp_scale import TimestampScale
from vaultlint_rules.timestamps.timestamp_syntax import TimestampSyntax
from vaultlint_rules.timestamps.video_id import VideoId

from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import NoteRule

Found = Callable[..., list[str]]
Fixed = Callable[..., str]

VIDEO = "---\nvideoId: dQw4w9WgXcQ\n---\n"
RULES: list[type[NoteRule]] = [
    TimestampSyntax,
    TimestampMismatch,
    TimestampOrder,
    TimestampBeyondEnd,
    TimestampScale,
    VideoId,
]


def video(duration: str) -> str:
    return VIDEO.replace("\n---\n", f"\nduration: {duration}\n---\n")


def anchor(code: str, text: str | None = None) -> str:
    return f'<a class="yt-timestamp" data-t="{code}">[{text or code}]</a>'


@pytest.mark.parametrize("rule", RULES)
def test_the_seed_is_clean(found: Found, shared: Path, rule: type[NoteRule]) -> None:
    """The document that the project grew from has no fault of this family."""
    text = next((shared / "seeds").glob("*.txt")).read_text("utf-8")
    assert [] == found(rule, text)


@pytest.mark.parametrize("text", ["{bad} and {good}", "{good} and {bad}"])
def test_one_fault_one_word(found: Found, text: str) -> None:
    """A timestamp that is no time is reported once, and by one rule."""
    note = video("00:30:00") + text.format(bad=anchor("00:12:75", "00:99:03"), good=anchor("00:10:00"))
    assert [1, 0, 0, 0, 0, 0] == [len(found(rule, note)) for rule in RULES]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("- 12:75 a", "'12:75' is no time: the seconds are over 59"),
        ("- 1:75:00 a", "'1:75:00' is no time: the minutes are over 59"),
        (anchor("00:12:75", "00:12:15"), "'00:12:75' is no time: the seconds are over 59"),
        (anchor("soon", "00:12:15"), "'soon' is no time: write it as 00:12:03 or as seconds"),
        ("[12:](https://youtu.be/x?t=5)", "'12:' is no time: a part of it is missing"),
        (
            "[1:2:3:4](https://youtu.be/x?t=5)",
            "'1:2:3:4' is no time: it has more parts than hours, minutes and seconds",
        ),
        ("- 75:10 a", None),
        ("- 175:10 a", None),
        (anchor("735", "12:15"), None),
        (anchor("12m15s", "12:15"), None),
    ],
)
def test_what_is_no_time(found: Found, line: str, message: str | None) -> None:
    """Seconds and, behind hours, minutes go to 59; no part may be missing."""
    assert ([message] if message else []) == [each.split(" ", 1)[1] for each in found(TimestampSyntax, VIDEO + line)]


@pytest.mark.parametrize(
    ("times", "after"),
    [
        ("0:09 1:10 2:20 75:00", None),
        ("0:09 12:10 1:02:20", None),
        ("00:09 12:10 01:02:20", None),
        ("00:00:09 00:12:10 01:02:20", None),
        ("00:09 1:10 02:20", "00:09 01:10 02:20"),
        ("0:09 01:10 2:20", "0:09 1:10 2:20"),
        ("00:00:09 12:10 00:13:20", "00:00:09 00:12:10 00:13:20"),
        ("0:00:09 00:12:10 0:13:20", "0:00:09 0:12:10 0:13:20"),
        ("1:02:20 02:02:20 03:02:20", "01:02:20 02:02:20 03:02:20"),
    ],
)
def test_mixed_widths(fixed: Fixed, times: str, after: str | None) -> None:
    """A time padded otherwise than most of the note's gets their padding, and stays the time it was."""
    note = VIDEO + "".join(f"- {one} a\n" for one in times.split())
    wanted = VIDEO + "".join(f"- {one} a\n" for one in (after or times).split())
    assert wanted == fixed(TimestampSyntax, note)


def test_mixed_widths_of_anchors(fixed: Fixed) -> None:
    """What is written the same way in the attribute changes along; seconds there stay."""
    rest = f"{anchor('00:01:00')} {anchor('00:02:00')} "
    assert rest + anchor("00:03:00") == fixed(TimestampSyntax, rest + anchor("0:03:00"))
    assert rest + anchor("180", "00:03:00") == fixed(TimestampSyntax, rest + anchor("180", "0:03:00"))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (anchor("00:11:47", "00:12:03"), anchor("00:12:03")),
        (anchor("707", "00:12:03"), anchor("723", "00:12:03")),
        ("[12:03](https://youtu.be/x?t=707s)", "[12:03](https://youtu.be/x?t=723s)"),
        ("[1:12:03](https://youtu.be/x?a=b&t=1h1m1s#c)", "[1:12:03](https://youtu.be/x?a=b&t=1h12m3s#c)"),
        ("![[talk.mp4#t=11:47,13:00|12:03]]", "![[talk.mp4#t=12:03,13:00|12:03]]"),
        ("[12:03](https://youtu.be/x?t=723.9)", None),
        ("![[talk.mp4#t=11:47]]", None),
        ("[x](https://youtu.be/x?t=707)", None),
    ],
)
def test_mismatch(found: Found, fixed: Fixed, before: str, after: str | None) -> None:
    """Where a timestamp leads follows what it shows, in the way it was written; on request only."""
    assert before == fixed(TimestampMismatch, before)
    assert (after or before) == fixed(TimestampMismatch, before, at_least=Applicability.UNSAFE)
    assert [] == found(TimestampMismatch, after or before)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("- 1:00 a\n- 3:00 b\n- 2:00 c\n", 1),
        ("- 1:00 a\n- 1:00 b\n- 2:00 c\n", 0),
        ("- 3:00 a\n- 2:00 b\n- 1:00 c\n", 2),
        ("# A\n\n- 3:00 a\n\n# B\n\n- 2:00 b\n", 0),
        ("First [1:00], then [5:00], as in [1:00], and [6:00].\n", 0),
        ("First [3:00]; more [5:00], [4:00] and [4:30], last [6:00].\n", 0),
        ("First [3:00], last [2:00], [5:00].\n", 1),
        (
            "[5:00](https://youtu.be/other?t=300) and [2:00](https://youtu.be/dQw4w9WgXcQ?t=120)\n",
            0,
        ),
        ("[5:00](https://youtu.be/dQw4w9WgXcQ?t=300) and then [2:00]\n", 1),
        ("[5:00](https://youtu.be/x?t=300) to [2:00](https://youtu.be/x?t=120&si=abc)\n", 1),
        ("![[a.mp3#t=5:00]] then ![[b.mp3#t=2:00]]\n", 0),
    ],
)
def test_order(found: Found, text: str, count: int) -> None:
    """Times of one recording run forward in a section; cited again, or in one breath, they say nothing."""
    assert count == len(found(TimestampOrder, VIDEO + text))


def test_scopes(found: Found) -> None:
    """Over a whole note sections do not count; within lists, prose and other lists do not."""
    text = f"{VIDEO}# A\n\n- 3:00 a\n\n# B\n\nText [1:00].\n\n- 2:00 b\n- 4:00 c\n  - 3:30 d\n"
    assert ["14:5 '3:30' is earlier than '4:00' before it"] == found(TimestampOrder, text)[-1:]
    assert 1 == len(found(TimestampOrder, text, options=Options("list")))
    assert 2 == len(found(TimestampOrder, text, options=Options("note")))


def test_a_list_is_sorted_whole(fixed: Fixed) -> None:
    """Items move with what belongs to them; those of one time keep their order."""
    before = VIDEO + "- 3:00 a\n  more\n\n  - part\n- 1:00 b ^id\n- 4:00 c\n"
    after = VIDEO + "- 1:00 b ^id\n- 3:00 a\n  more\n\n  - part\n- 4:00 c\n"
    assert after == fixed(TimestampOrder, before, at_least=Applicability.UNSAFE)
    assert before == fixed(TimestampOrder, before)
    assert after == fixed(TimestampOrder, after, at_least=Applicability.UNSAFE)


@pytest.mark.parametrize(
    "text",
    [
        "- 3:00 a\n- no time\n- 1:00 b\n",
        "1. 3:00 a\n2. 1:00 b\n",
        "- 3:00 a\n- 1:00 `b`\n",
        "- 3:00 a\n\nText\n\n* 1:00 b\n",
        "3:00 a\n\n1:00 b\n",
    ],
)
def test_what_is_not_sorted(found: Found, fixed: Fixed, text: str) -> None:
    """Prose, lists with numbers or code, and lists with an item without a time stay as they are."""
    assert 1 == len(found(TimestampOrder, VIDEO + text))
    assert VIDEO + text == fixed(TimestampOrder, VIDEO + text, at_least=Applicability.UNSAFE)


@pytest.mark.parametrize("duration", ["00:10:00", "10:00", "600", '"600"', "PT10M"])
def test_beyond_the_end(found: Found, duration: str) -> None:
    """The end is where the note's duration says, however it is written; the end itself is still reached."""
    text = video(duration) + "- 9:59 a\n- 10:00 b\n- 10:01 c\n"
    assert ["7:3 '10:01' is later than the end of the recording, 00:10:00"] == found(TimestampBeyondEnd, text)


@pytest.mark.parametrize("duration", ["long", "", "about 10 minutes", "[1, 2]"])
def test_no_end(found: Found, duration: str) -> None:
    """Without a duration that can be read there is no end."""
    assert [] == found(TimestampBeyondEnd, video(duration) + "- 99:59 a\n")


def test_the_only_recording(found: Found) -> None:
    """In a note without a video of its own, the duration is that of the one recording it links to."""
    text = "---\nduration: 600\n---\n[20:00](https://youtu.be/a?t=1200)"
    assert 1 == len(found(TimestampBeyondEnd, text))
    assert [] == found(TimestampBeyondEnd, text + " [1:00](https://youtu.be/b?t=60)")


@pytest.mark.parametrize(
    ("note", "count"),
    [
        (video("00:15:00") + "- 02:10:00 a\n- 12:03:00 b\n", 1),
        (video("00:15:00") + "- 02:10:00 a\n- 12:03:01 b\n", 0),
        (video("00:15:00") + "- 02:10:00 a\n- 12:03 b\n", 0),
        (video("13:00:00") + "- 02:10:00 a\n- 12:03:00 b\n- 12:04:00 c\n- 12:07:00 d\n", 0),
        (video("00:02:00") + "- 02:10:00 a\n- 12:03:00 b\n", 0),
        (VIDEO + "- 02:11:00 a\n- 03:24:00 b\n- 07:43:00 c\n", 0),
        (VIDEO + "- 02:11:00 a\n- 03:24:00 b\n- 05:43:00 c\n- 07:01:00 d\n", 1),
        (VIDEO + "- 02:10:00 a\n- 03:25:00 b\n- 05:45:00 c\n- 07:00:00 d\n", 0),
        (VIDEO + "- 00:11:00 a\n- 01:24:00 b\n- 02:43:00 c\n- 03:01:00 d\n", 0),
    ],
)
def test_scale(found: Found, note: str, count: int) -> None:
    """Minutes were written as hours only where all times say so and the recording cannot be as long."""
    assert count == len(found(TimestampScale, note))
    if count:
        assert [] == found(TimestampBeyondEnd, note)


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("dQw4w9WgXcQ", False),
        ("'-_w4w9WgXcQ'", False),
        ("", False),
        ("'{{VALUE}}'", False),
        ("<% tp.id %>", False),
        ("{{VALUE}}", False),
        ("dQw4w9WgXc", True),
        ("dQw4w9WgXcQQ", True),
        ("dQw4w9WgX+Q", True),
        ("12345678901", True),
        ("https://youtu.be/dQw4w9WgXcQ", True),
    ],
)
def test_video_id(found: Found, value: str, fault: bool) -> None:
    """Eleven letters, digits, hyphens and underscores; a blank to be filled in is not judged."""
    assert fault == bool(found(VideoId, f"---\nvideoId: {value}\n---\n"))
