"""Does reading a note take time in proportion to its length, whatever stands in it?

Each worst case is read at one size and at twice that size, every attribute of the note by itself. Linear work takes
twice as long; anything over the limit fails. What takes less than a tenth of a second is not judged. The garbage
collector is off: its work depends on what else is in memory.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from typing import TYPE_CHECKING

from vaultlint.note.note import Note, parse_note
from vaultlint.vault.suppressions import find_suppressions

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 2.5
TOO_SHORT = 0.1
"""Seconds: a shorter run says more of the machine than of the program."""


def repeated(unit: str) -> Callable[[int], str]:
    return lambda size: unit * (size // len(unit))


def nested(opener: str, middle: str, closer: str) -> Callable[[int], str]:
    def make(size: int) -> str:
        times = size // (len(opener) + len(closer))
        return opener * times + middle + closer * times

    return make


def deep(unit: str, depth: int, line: str) -> Callable[[int], str]:
    """Lines that all stand in the same deep nest."""
    prefix = unit * depth
    return repeated(prefix + line + "\n")


def properties(unit: str) -> Callable[[int], str]:
    """Frontmatter of one shape; a fourth of the size, for more than 1 MiB is not read."""
    return lambda size: "---\n" + repeated(unit)(size // 4) + "\n---\n"


def video(unit: str) -> Callable[[int], str]:
    """A note in which bare times are timestamps."""
    return lambda size: "---\nvideoId: a\n---\n" + repeated(unit)(size)


PROPERTIES = (
    "- a\n",
    "a: b\n",
    "a: [",
    "a: {b: ",
    "'",
    '"',
    "# a\n",
    "a:\n  - b\n",
    "&a ",
    "? a\n",
    "a: |\n  b\n",
    ": ",
    "[[a]], ",
)

WORST: dict[str, Callable[[int], str]] = {
    **{f"only {sign!r}": repeated(sign) for sign in "[]()!`$%<>|*_#^=~\\-+&:.'\"\t\n\r é"},
    **{
        f"unclosed {sign!r} on one line": repeated(sign)
        for sign in (
            "[[a ",
            "[[",
            "![[",
            "[a](",
            "[a](b ",
            "[a](<b ",
            "![",
            "`a ",
            "``a ",
            "$a ",
            "$$a ",
            "%%a",
            "<!-- ",
            "<a ",
            "<% ",
            "==a ",
            "[^a ",
            "^[a ",
            "[k:: ",
            "(k:: ",
            "k:: ",
            "#a#",
            ">#a",
            "^a ",
            "[a][",
            "<a b='",
            "\\[[",
            "[!a ",
            "~~~",
            "</",
            "<?",
            "<![CDATA[",
            "&a",
            "[[a|",
            "[[a\\|b",
            "_#a",
            "*#a",
            "|#a",
            "12:03 ",
            "<a data-t=",
        )
    },
    **{
        f"unclosed {sign!r} on many lines": repeated(sign + "\n")
        for sign in (
            "[[a",
            "[a](b",
            "`a",
            "$a",
            "$$a",
            "$$",
            "%%a",
            "%%",
            "<!--",
            "<div>",
            "- %%",
            "- $$",
            "> %%",
            "> $$",
            "- ```",
            "```",
            "~~~",
            "> ```",
            "<% a",
            "| a |",
            "|-|",
            "- [ ] - [ ]",
            "# a #",
            "a\n===",
            "^a",
            "k:: v",
            "[a]: b",
            "[^a]: b",
            "> [!a]",
            "a ^a",
            "\t",
            "- a\n\t- b",
            "1. a",
            "* a\n- b",
            "---",
            "    a",
            "- a\n\n  %% x",
            "\n%%\n- a",
        )
    },
    "closers alone": repeated("]] "),
    "alternating brackets": repeated("[[ ]"),
    "links on one line": repeated("[[a]] "),
    "aliases on one line": repeated("[[a|b]] "),
    "links with code in them": repeated("[[a `b` "),
    "code with closers": repeated("[[ `]]` "),
    "code and links": repeated("`[[a]]` [[b]] "),
    "Markdown links on one line": repeated("[a](b) "),
    "titled links": repeated('[a](b "c](d") '),
    "links in tables": repeated("| [[a|b]] | [[c\\|d]] |\n|-|-|\n"),
    "one long table": lambda size: "|a|b|\n|-|-|\n" + repeated("| [[a\\|b]] | `c` |\n")(size),
    "one long row": lambda size: "|a\n|-\n" + repeated("| [[a|b]] ")(size),
    "nested brackets": nested("[", "a", "]"),
    "nested links": nested("[[", "a", "]]"),
    "nested images": nested("![", "a", "](b)"),
    "nested images with titles": nested("![", "a", '](b "c")'),
    "nested quotes": nested(">", "a", ""),
    "nested lists": nested("- ", "a", ""),
    "nested items and quotes": nested("- > ", "[[a]]", ""),
    "many lines in a deep quote": deep(">", 1000, " [[a]] #b ^c"),
    "many lines in a deep list": lambda size: "- " * 200 + "a\n" + repeated(" " * 400 + "[[a]] ^c\n")(size),
    "a deep list by indentation": lambda size: "".join("  " * (n % 300) + "- a\n" for n in range(size // 300)),
    "blank lines behind a deep list": lambda size: "- " * 2000 + "a" + "\n" * size,
    "emphasis": nested("*a **b ", "c", "** d*"),
    "inline footnotes": nested("^[", "a", "]"),
    "fences of growing length": lambda size: "".join("`" * (3 + n) + "\n" for n in range(int((size * 2) ** 0.5))),
    "code spans of growing length": lambda size: " ".join("`" * (1 + n) for n in range(int((size * 2) ** 0.5))),
    "comments and code": repeated("%%\n```\n%%\n```\n"),
    "math and code": repeated("$$\n`a`\n$$\n```\n$$\n```\n"),
    "comments with links": repeated("%% `[[a]]` [[b]] [c](d) #e %%\n"),
    "comments in a line": repeated("a %%[[b]]%% `%%` "),
    "math in a line": repeated("$a$ $$b$$ $c "),
    "html comments": repeated("<!-- a\n-->\n%%\n"),
    "html blocks": repeated("<div>\n%% a\n$$\n\n"),
    "html comments in a line": repeated("a <!-- b --> "),
    "tags": repeated("#a/b "),
    "tags without space": repeated("#a"),
    "headings": repeated("# a\n"),
    "setext": repeated("a\nb\n---\n"),
    "block ids": repeated("a ^b\n\n^c\n\n"),
    "block ids in one paragraph": repeated("a ^b\n"),
    "definitions": lambda size: "".join(f"[{n}]: x\n\n[{n}] " for n in range(size // 20)),
    "references without definitions": repeated("[a][b] "),
    "fields on one line": repeated("[a:: b] (c:: d) "),
    "fields": repeated("key:: value [[x]]\n"),
    "colons": repeated("::"),
    "callouts": repeated("> [!note]+ a\n> b\n\n"),
    "backslashes": lambda size: repeated("\\")(size) + "[[a]]",
    "escaped brackets": repeated("\\[\\["),
    "long white space": lambda size: "- " + " " * size + "[[a]]",
    "long line of spaces and hashes": repeated("# "),
    "wide characters": repeated("日本[[語]] "),
    "wide characters the long way": lambda size: "[é]: x\n\n" + repeated("日本 [é] ")(size // 2),
    **{f"properties of {unit!r}": properties(unit) for unit in PROPERTIES},
    "many properties": lambda size: "---\n" + "".join(f"key{n}: v\n" for n in range(size // 40)) + "---\n",
    "unclosed properties": lambda size: "---\n" + repeated("a: b\n")(size),
    "timestamps": video("- 12:03 a [12:04](https://youtu.be/a?t=724) "),
    "timestamps as anchors": video('<a data-t="00:12:03">[00:12:03]</a> '),
    "unclosed anchors": video("<a data-t='00:12"),
    "times in brackets": video("[12:03] (12:04 "),
    "suppressions": repeated("%% vaultlint-disable-line a, b %%\n"),
    "suppressions that nothing ends": repeated("<!-- vaultlint-disable a --> "),
    "suppressions on and off": repeated("%% vaultlint-disable %%\n%% vaultlint-enable %%\n"),
}

ATTRIBUTES = [name for name in vars(Note) if not name.startswith("_") and name not in ("hidden", "property")]


def seconds(text: str) -> dict[str, float]:
    """How long each attribute takes, in the order in which they are asked for, and all together."""
    gc.collect()
    note = parse_note(text)
    spent: dict[str, float] = {}
    for name in ATTRIBUTES:
        before = time.process_time()
        getattr(note, name)
        spent[name] = time.process_time() - before
    before = time.process_time()
    find_suppressions(note)
    spent["suppressions"] = time.process_time() - before
    spent["all"] = sum(spent.values())
    return spent


def best(text: str, tries: int) -> dict[str, float]:
    """The shortest of some measurements of each attribute: what else the machine does only makes them longer."""
    found = seconds(text)
    for _ in range(tries - 1):
        found = {name: min(found[name], now) for name, now in seconds(text).items()}
    return found


def judge(name: str, make: Callable[[int], str], size: int, tries: int) -> list[str]:
    """What takes too long for twice the text, and again for twice that: a busy machine does not do that twice."""
    once, twice = best(make(size), 1), best(make(2 * size), 1)
    slow = too_slow(once, twice)
    if slow:
        once, twice = best(make(size), tries), best(make(2 * size), tries)
        slow = too_slow(once, twice)
    print(f"{once['all']:8.3f} {twice['all']:8.3f} {twice['all'] / max(once['all'], 1e-9):6.2f}  {name}", flush=True)
    if not slow:
        return []
    slow &= too_slow(twice, best(make(4 * size), tries))
    return [f"{each} of {name}: {once[each]:.3f} s, then {twice[each]:.3f} s" for each in sorted(slow)]


def too_slow(once: dict[str, float], twice: dict[str, float]) -> set[str]:
    return {name for name in once if twice[name] > TOO_SHORT and twice[name] > LIMIT * once[name]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--size", type=int, default=1_000_000, help="characters of the smaller text")
    parser.add_argument("--tries", type=int, default=3, help="measurements of a case that seems to fail")
    parser.add_argument("--match", default="", help="only the cases with this in their name")
    arguments = parser.parse_args()
    gc.disable()
    seconds("[[warm]] `up`")
    print(f"{'once':>8} {'twice':>8} {'ratio':>6}  worst case")
    failures: list[str] = []
    for name, make in WORST.items():
        if arguments.match in name:
            failures += judge(name, make, arguments.size, arguments.tries)
    for failure in failures:
        print("not linear:", failure)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
