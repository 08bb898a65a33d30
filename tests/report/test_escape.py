"""What a terminal would obey or hide is shown."""

from __future__ import annotations

import unicodedata

import pytest

from vaultlint.report.escape import cells, encodable, shown_path, unobeyed, visible, visible_lines


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("\\x1b[31mred", "\x1b[31mred"),
        ("\\x07\\x00\\x9b", "\x07\x00\x9b"),
        ("one\\ntwo\\rthree\\tfour", "one\ntwo\rthree\tfour"),
        ("\\u202etxt.exe", "\u202etxt.exe"),
        ("in\\u200bvisible\\ufeff", "in\u200bvisible\ufeff"),
        ("\\U000e0041", "\U000e0041"),
        ("\\udce9", "\udce9"),
    ],
)
def test_escapes(shown: str, text: str) -> None:
    """Controls, marks of direction and characters without width appear as Python writes them."""
    assert shown == visible(text)


@pytest.mark.parametrize("text", ["Crème brûlée", "日本語 ノート", "ملاحظة", "🍜 ❤️", "a\u0301", "a\xa0b\u3000c", "\\n"])
def test_letters_stay(text: str) -> None:
    """Letters, marks, emoji and spaces of all scripts are left as they are."""
    assert text == visible(text)


def test_no_control_or_format_character_is_sent() -> None:
    """Of all code points, no control and no bidirectional one gets through."""
    everything = "".join(map(chr, range(0x110000)))
    sent = visible(everything)

    assert not [char for char in sent if unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]
    directions = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    assert not [char for char in sent if unicodedata.bidirectional(char) in directions]


def test_lines_of_a_patch_stay_lines() -> None:
    """In text of many lines, line breaks and tabs do what they do; a carriage return is shown."""
    assert "a\tb\\r\n\\x1bc\n" == visible_lines("a\tb\r\n\x1bc\n")


def test_a_path_is_no_workflow_command() -> None:
    """A file name that begins like a command of a workflow does not begin a line."""
    assert ["./::error::x.md", "./ ::x.md", "a::b.md"] == [
        shown_path(path) for path in ("::error::x.md", " ::x.md", "a::b.md")
    ]


@pytest.mark.parametrize(
    ("shown", "text"),
    [
        ("x \\x23#[add-mask]y", "x ##[add-mask]y"),
        ("\\x23#vso[task.complete]", "##vso[task.complete]"),
        ("#\\x23#VSO[task.complete]", "###VSO[task.complete]"),
        ("\\x23\ufe0f#v\ufe0fso[x", "#\ufe0f#v\ufe0fso[x"),
        ("## [[x]] #[y] ##vs[z]", "## [[x]] #[y] ##vs[z]"),
    ],
)
def test_marks_of_commands_within_a_line(shown: str, text: str) -> None:
    """What the logs of GitHub and Azure obey anywhere in a line is spelt out; other signs stay."""
    assert shown == unobeyed(text)


def test_text_for_utf_8() -> None:
    """A byte of a file name that is no UTF-8 is written out; everything else stays."""
    assert "caf\\udce9 日本\x1b" == encodable("caf\udce9 日本\x1b")


@pytest.mark.parametrize(("width", "text"), [(5, "plain"), (6, "日本語"), (2, "🍜"), (1, "e\u0301"), (0, "")])
def test_width_in_columns(width: int, text: str) -> None:
    """Wide characters take two columns of a terminal, combining marks none."""
    assert width == cells(text)
