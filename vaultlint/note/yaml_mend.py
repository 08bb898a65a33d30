"""What libyaml refuses and YAML 1.2 allows, put so that it takes it: sign for sign, and every place stays."""

from __future__ import annotations

import re

FOREIGN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")
"""Refused by libyaml, or a line break to it (NEL, LS, PS), and ordinary text in YAML 1.2."""
TAB = "\U000ffffd"
"""Stands for a tab that is content and that libyaml would take for indentation."""
EMPTY_ITEM = "\U000ffffc"
"""Stands for the dash of `key: -`, a list with one empty item."""
_LONE_DASH = re.compile(r"-[ \t]*(?:#[^\n]*)?\r?(?=\n|\Z)")
_BEFORE_LONE_DASH = re.compile(r".*:[ ]+")
_LEAD = re.compile(r"[ -]*")


def mend(text: str, problem: str, offset: int) -> str | None:
    """The same block, equally long, without what libyaml stumbled over; `None` where it was right."""
    start = text.rfind("\n", 0, offset) + 1
    if "tab character" in problem or "cannot start any token" in problem:
        if "block scalar" in problem:
            return _tab_as_content(text, start, offset)
        return _tab_as_spaces(text, offset)
    lone = _LONE_DASH.match(text, offset) and _BEFORE_LONE_DASH.fullmatch(text, start, offset)
    if lone and "block sequence entries" in problem and _ends_here(text, offset):
        return f"{text[:offset]}{EMPTY_ITEM}{text[offset + 1 :]}"
    return None


def _tab_as_content(text: str, start: int, offset: int) -> str | None:
    """A tab that begins a block scalar's first line, behind spaces enough."""
    header_end = len(text[:start].rstrip())
    header = text.rfind("\n", 0, header_end) + 1
    lead = _LEAD.match(text, header, header_end)
    if lead is None or offset - start <= len(lead[0]):
        return None
    return f"{text[:offset]}{TAB}{text[offset + 1 :]}"


_ITEM_TEXT = re.compile(r"[^-?:][^:]*+(?::(?=\S)[^:]*+)*+\Z")
"""No map, nor another list: those a tab cannot indent."""


def _tab_as_spaces(text: str, offset: int) -> str | None:
    """Tabs between a dash and its text, or with nothing but a comment behind them on their line."""
    line_end = text.find("\n", offset)
    line_end = len(text) if line_end < 0 else line_end
    rest = text[offset:line_end]
    first = offset + rest.find("\t")
    words = rest.lstrip(" \t")
    lead = text[text.rfind("\n", 0, offset) + 1 : first]
    if first < offset or text[offset:first].strip(" -"):
        return None
    behind_dash = lead.strip() == "-" and _ITEM_TEXT.match(words) is not None
    if words and words[0] not in "#\r" and not behind_dash:
        return None
    end = line_end - len(words)
    return f"{text[:first]}{' ' * (end - first)}{text[end:]}"


_NEXT_LINE = re.compile(r"\n( *)(?=[^ \t\r\n#])")


def _ends_here(text: str, offset: int) -> bool:
    """Whether the next line with something on it is indented no deeper than the line of `offset`."""
    following = _NEXT_LINE.search(text, offset)
    if following is None:
        return True
    start = text.rfind("\n", 0, offset) + 1
    return len(following[1]) <= offset - start - len(text[start:offset].lstrip(" -"))


def stand_ins(content: str) -> dict[str, str]:
    """A private-use character for each character that libyaml cannot take; mostly empty."""
    if FOREIGN.search(content) is None:
        return {}
    free = (chr(code) for code in range(0xF0000, 0xFFFF0) if chr(code) not in content)
    return dict(zip(free, sorted(set(FOREIGN.findall(content))), strict=False))
