"""Blocks of properties by chance: what people write, what they get wrong, and what only YAML's authors think of.

`frontmatter(chance)` makes one block, without its dashes. The same chance makes the same block.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable


def words(text: str) -> list[str]:
    """The words of a text; a dot in the middle stands for a space."""
    return [word.replace("·", " ") for word in text.split()]


KEYS = words(r"""
title aliases tags created modified done count status up cssclasses tag alias cssclass speaker topics at source mail
duration videoId x y é 日本 😀 👩‍👩‍👧
a-b a_b A 1 01 0x1 1.0 1e3 true True null ~ yes no on off << = 2024-01-01 12:30 #x -x ?x :x ::x x: x# "q" 'q' ""
'' "a\nb" 'it''s' [a] {a:·b} {a} [] {} [[L]] {{title}} {{date:YYYY}} !!str·a !t·a &k·a <%·tp.x·%> key·with·spaces
$·x (x) x.y x/y x,y x·· a"b a'b a[b a{b .inf .nan -0 +1 0o7 Infinity constructor __proto__ - ? "a:·b" a·:b
""")
PLAIN_KEYS = KEYS[: KEYS.index("true")]
WRONG_KEYS = words("@x `x` %x !x &x *x *k x·# | >")
"""Refused before a colon, or read as something else."""
VALUES = words(r"""
word two·words a,·b don't x. ·x x· 1 -1 +1 0 -0 007 012 0x1F 0o17 0o8 0b1 1_000 1e3 1E-3 .5 1. 1.50 -.5e+2 1e999
9007199254740993 12345678901234567890 .inf -.Inf +.INF .nan .NaN inf NaN true True TRUE tRUE false yes no on off y n
Y null Null ~ none 2024-01-01 2026-13-40 2024-01-01T10:00 2024-01-01T10:00:00Z 2024-01-01·10:00 12:30:45 12:30 1:2
01/02/2024 9:5 [[Link]] [[a|b]] "[[Link]]" '[[a#b^c|d]]' "[[a]],·[[b]]" [[a:·b]] [[a]] #tag a#b a·#c "a·#b"
https://x.y:80/a?b=c#d [a,·b] [a,b,] [a·b,·c] ["a",'b'] [a:·b,·c] [a:b] ["a":b] [a:,b] [:a] [:] [?] [?·a] [-a]
{a:·b} {a:b} {"a":b} {a,·b:·c} {a:·[b,·{c:·d}]} {?·a·:·b} {:·a} {a:} {:} {a·b} {{x}} "{{x}}"
<%·tp.date.now("YYYY")·%> "quoted" 'single' 'it''s' "say·\"x\"" "\x41\u00e9\U0001F600" "\ud83d\ude00"
"\e\0\N\_\L\P\/" "tab\there" "a·\·b" "x"·#y 'x"·"x' "a:·b" a:b a::b :a -a --- ... ?a &x &x·y !x !x·y !!str·1
!!int·"2" !!int·x !!float·1.5 !!float·1 !!bool·true !!null·'' !!null·x !!str !!seq·[a] !!map·{a:·b} !!map·[a]
!!str·[a] !·1 !<tag:yaml.org,2002:int>·1 !a%21b·c !a%C3%A9·d
&a·!b·c !b·&a·c &a"x" [&a·x,·*a] {&a·x:·1} [!t,·a] [&a,·b] $x$ x%% =x= ==x==
~~x~~ ~x ^x \x \ x\ 日本語 Crème·brûlée 😀😀 İı \u00a0 {"a":·[1,·{"b":·null}]} {"a":1,"b":[true,"c"]} '' "" "·" '·' x"y
x'y x[y x]y x{y x}y x,y a|b a>b a&b a*b a!b a@b a`b
""")
IN_FLOW = [value for value in VALUES if "#" not in value and "!!" not in value]
WRONG = words(r"""
!!binary·aGk= !!timestamp·2024-01-01 !!timestamp·x !!set·{a,·b} !!set·{a:·b} !!omap·[a:·1] !!pairs·[a:·1] !!merge·x
x: ![[e.png]] [[a]],·[[b]] [[a]]·x [x](y.md) [ ] { } [[ ]] [[a [,a] [a,,b] ["a"'b'] [#a,·#b] [a,#b [-] [-·a]
{a:·b,·a:·c} {a:·b:·c} {{date}}·x 'it's' "a·\d" "x"·y 'x'·y "x"#y " ' a:·b a·: ::·a -·a -·-·a -·[a] ?·a -:·a @x @·x
`x` %x %·x |x >x ,x ]x }x &x·*x &·y *x *k *x·y *· !<x !<!>·a !h!x·2 !!·a &a·&b·c !a·!b·c !b"x" &a[x] &a,b [*x,·*x]
*a:·b
""")
"""Refused behind a colon, or of a type that JSON does not have."""
ODD = [
    *"\u00a0\u200b\u2028\u2029\u0085\ufeff\x00\x07\x0b\x0c\x1b\x1f\x7f\u3000é日😀\ud800",
    "e\u0301",
    "\u00ad",
    "\uffff",
]
PIECES = [
    *(
        ": ",
        ":",
        " :",
        "- ",
        "-",
        "? ",
        "?",
        "#",
        " #",
        " # c",
        "[",
        "]",
        "{",
        "}",
        ",",
        ", ",
        "'",
        '"',
        "''",
        "\\",
        "|",
        ">",
    ),
    *(
        "|-",
        ">+",
        "|2",
        "&a ",
        "*a",
        "!",
        "!!str ",
        "!t ",
        "%",
        "@",
        "`",
        "\t",
        " ",
        "  ",
        "    ",
        "\n",
        "\n\n",
        "\n ",
        "\n  ",
        "\n\t",
    ),
    *(
        "\r\n",
        "--- ",
        "\n--- ",
        "...",
        "\n...\n",
        "\n...\n# c\n",
        "<<: ",
        "[[a]]",
        "{{x}}",
        "a: b",
        "\na: b",
        "\n- a",
        "\n# c\n",
        "~",
        "null",
        "1",
    ),
    *(
        "[]",
        "{}",
        "\\n",
        '\\"',
        "\n  # c",
        "\n    # c\n",
        " \n",
        "\t\n",
        "\n \t",
        "x",
        "\n? a\n: b",
        "\n: c",
        "\ufeff",
        "\n%YAML 1.2\n--- \n",
    ),
]
HEADERS = words(
    "| > |- >- |+ >+ |2 >1 |4 |2- |-2 >+1 |0 |12 |-+ |x |·# |·#c |#c >··#·c |·x |·|·> |9 |·- |·: |2· &a·| !t·> !!str·|-"
)
TOKEN = re.compile(r"\w+|[^\w\s]|[ \t]+|\n")


class Maker:
    """Makes parts of a block, each from the same chance."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._odds = chance.choice((0.0, 0.0, 0.005, 0.02, 0.1, 0.3))
        """How often something odd is done."""

    def block(self) -> str:
        """A whole block: properties, mostly, and what may stand around them."""
        lines = self._odd(self._map("", 0), self._other_block)
        text = self._odd("", self._prelude) + lines + self._odd("", self._end)
        for _ in range(self._chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 5))):
            text = self._mutated(text)
        breaks = self._chance.random()
        if breaks < 0.08:
            text = text.replace("\r\n", "\n").replace("\n", "\r\n")
        elif breaks < 0.11:
            text = re.sub("\n", lambda found: self._chance.choice(("\n", "\r\n")), text)
        elif breaks < 0.115:
            text = text.replace("\n", "\r")
        return text

    def _one(self, *choices: str) -> str:
        return self._chance.choice(choices)

    def _odd(self, usual: str, *others: Callable[[], str]) -> str:
        return self._chance.choice(others)() if self._chance.random() < self._odds else usual

    def _word(self, words: list[str]) -> str:
        return self._chance.choice(words)

    def _prelude(self) -> str:
        return self._one(
            *(
                "\ufeff",
                "# c\n",
                "\n",
                "  \n",
                "\t\n",
                "--- \n",
                "---\t# c\n",
                "--- # c\n",
                "%YAML 1.2\n--- \n",
                "%TAG !h! tag:x,\n--- \n",
            ),
            *(
                "%YAML 1.3\n--- \n",
                "%YAML\n--- \n",
                "%X y\n--- \n",
                "%X y\n",
                "...\n",
                "--- a: 1\n",
                "--- |\n",
                "!!map\n",
                "&r\n",
                "&r ",
                "!t\n",
                " # c\n",
            ),
            *(
                "%TAG ! tag:yaml.org,2002:\n--- \n",
                "%TAG a\n--- \n",
                "... # c\n",
                "--- &r\n",
                "# c\n\n# d\n",
                "%YAML 1.2 # c\n--- \n",
            ),
        )

    def _end(self) -> str:
        return self._one(
            *(
                "...\n",
                "... \n# c\n",
                "...\n...\n",
                "...\na: 1\n",
                "--- \n",
                "--- \nb: 2\n",
                "---x\n",
                "# c\n",
                "  # c\n",
                "\n\n",
                "\t\n",
                "  \t",
                " ",
                "... x\n",
            ),
            *("...\n%X\n", "...\n%YAML\n", "--- # c\n", "...# c\n"),
        )

    def _other_block(self) -> str:
        value: object = {"a": [1, {"b": None}], "é😀": "x\ny: z", "c": {"d": True}}
        return self._chance.choice(
            (
                lambda: json.dumps(value, indent=self._chance.choice((None, 2, 4)), ensure_ascii=False) + "\n",
                lambda: self._flow(3) + "\n",
                lambda: self._list("", 1) + "\n",
                lambda: self._scalar() + "\n",
                lambda: self._lines(" ") + "\n",
                lambda: self._map(" ", 0),
                lambda: "a: &a [x]\n" + "".join(f"k{i}: *a\n" for i in range(self._chance.choice((3, 98, 99, 100)))),
                lambda: (
                    "a: &a [x]\nb: &b [*a, *a]\n"
                    + "".join(f"k{i}: *b\n" for i in range(self._chance.choice((3, 33, 40, 50))))
                ),
                lambda: "a: " + "[" * (deep := self._chance.choice((3, 60, 99))) + "]" * deep + "\n",
                lambda: "".join("  " * i + f"k{i}:\n" for i in range(self._chance.choice((3, 30)))),
                lambda: "- " * self._chance.choice((2, 9)) + "x\n",
                lambda: f"{'k' * self._chance.choice((600, 1023, 1024, 1025, 2000))}: x\n",
                lambda: f"a: [{'😀' * self._chance.choice((300, 511, 512, 513))}: x]\n",
                lambda: "",
            )
        )()

    def _comment(self) -> str:
        usual = self._one("", "", "", "", " ", "  # c", " # a: b", " #", " # 'x", " # [")
        return self._odd(usual, lambda: self._one("# c", "\t# c", "\t", " \t", ":", " :", " x"))

    def _deeper(self, indent: str) -> str:
        return self._odd(
            indent + self._one("  ", "  ", " ", "    "), lambda: self._one(indent, indent + "\t", "", "\t")
        )

    def _gap(self) -> str:
        """Between properties."""
        return self._odd(
            "",
            lambda: self._one(
                "\n", "# c\n", "  # c\n", "\n\n", " \n", "\t\n", "    # c\n", "\n# c\n\n", "\t# c\n", "#\n"
            ),
        )

    def _map(self, indent: str, depth: int) -> str:
        lines: list[str] = []
        for _ in range(self._chance.choice((1, 1, 2, 2, 3, 4) if depth else (1, 2, 3, 4, 5, 7))):
            lines.append(self._gap())
            lead = self._odd(
                indent,
                lambda: self._one(indent + " ", indent[1:], indent + "\t", "\t" + indent, indent + "- ", indent + "  "),
            )
            lines.append(f"{lead}{self._entry(indent, depth)}\n")
        return "".join(lines)

    def _entry(self, indent: str, depth: int) -> str:
        if self._chance.random() > self._odds:
            key = self._word(PLAIN_KEYS) + self._chance.choice(("", "", *[str(self._chance.randrange(1000))] * 3))
        else:
            key = self._word(self._chance.choice((KEYS, KEYS, KEYS, WRONG_KEYS)))
        if self._chance.random() < self._odds:
            key = self._one("&k ", "!t ", "? ", "!!str ", "&k !t ", "- ", "? - ", "") + key
        if self._chance.random() < self._odds / 3:
            key = self._flow(1)
        colon = self._odd(
            ":",
            lambda: self._one(
                " :", ":", "", "::", f"\n{indent}:", f" # c\n{indent}:", ": &a", ": !t", ": &a !!map", "\t:"
            ),
        )
        return key + colon + self._value(indent, depth)

    def _value(self, indent: str, depth: int) -> str:
        kind = self._chance.random()
        if kind < 0.5:
            return f" {self._scalar()}{self._comment()}"
        if kind < 0.6:
            return self._one("", "", " ", "  ", "\t") + self._comment()
        if kind < 0.68:
            return f"{self._one(' ', ' ', '', '  ', chr(9))}{self._flow(2)}{self._comment()}"
        if kind < 0.78:
            return f"{self._comment()}\n{self._gap()}" + self._list(
                self._one(indent, indent + "  ", indent + "  ", indent + " ", indent + "    "), depth
            )
        if kind < 0.84:
            return f"{self._one(' ', ' ', ' ', '')}{self._block_scalar(indent)}"
        if kind < 0.89:
            return f" {self._quoted_lines(indent)}{self._comment()}"
        if kind < 0.93:
            return f" {self._lines(self._deeper(indent))}{self._comment()}"
        if depth < 4:
            inner = self._map(self._deeper(indent), depth + 1)
            return f"{self._comment()}\n{self._gap()}{inner.rstrip(chr(10))}"
        return ""

    def _scalar(self) -> str:
        if self._chance.random() > self._odds:
            return self._word(VALUES)
        if self._chance.random() < 0.1:
            return "x" * self._chance.choice((50, 500, 3000)) + self._one("", ": y", " #z", " y" * 99)
        word = self._word(self._chance.choice((VALUES, WRONG)))
        return self._odd(
            word,
            lambda: self._mutated(word),
            lambda: word + self._chance.choice(ODD),
            lambda: f'"{word}"',
            lambda: f"'{word}'",
        )

    def _list(self, indent: str, depth: int) -> str:
        lines: list[str] = []
        for _ in range(self._chance.choice((1, 2, 3))):
            dash = self._odd(
                "- ",
                lambda: self._one(
                    "-",
                    "-  ",
                    "-\t",
                    "- - ",
                    "- &a ",
                    "- !t ",
                    "- ? ",
                    "",
                    "* ",
                    "-\n" + indent + "  ",
                    "- # c\n" + indent + "  ",
                    "- -\t",
                ),
            )
            kind = self._chance.random()
            if kind < 0.75:
                item = self._scalar() + self._comment()
            elif kind < 0.85:
                item = self._flow(1)
            elif kind < 0.9:
                item = self._block_scalar(indent + "  ")
            elif depth < 4:
                item = self._map(self._odd(indent + "  ", lambda: self._deeper(indent)), depth + 1).strip("\n ")
            else:
                item = ""
            lead = self._odd(indent, lambda: self._one(indent + " ", indent[1:], "\t" + indent, indent + "  "))
            lines.append(self._gap() + lead + dash + item)
        return "\n".join(lines)

    def _flow(self, depth: int) -> str:
        """Lists and maps in brackets, over one line or several."""
        space = (
            self._one("", " ", " ", "\n  ", "\n", "\n    ", " # c\n  ", "\n  # c\n  ", "\t")
            if self._chance.random() < 0.4
            else ""
        )
        items: list[str] = []
        is_map = self._chance.random() < 0.4
        for _ in range(self._chance.randrange(4)):
            item = (
                self._flow(depth - 1)
                if depth > 0 and self._chance.random() < 0.3
                else self._odd(self._word(IN_FLOW), self._scalar)
            )
            if is_map or self._chance.random() < self._odds:
                key = (
                    self._word(PLAIN_KEYS)
                    if self._chance.random() < 0.7
                    else self._one('"k"', "'k'", "[k]", "{k: l}", "k l", self._word(KEYS))
                )
                colon = self._odd(": ", lambda: self._one(":", " : ", ":\n  ", "\n  : ", "", " :", ":  # c\n  ", "? "))
                item = self._odd("", lambda: "? ") + key + colon + item
            items.append(item)
        comma = self._odd(", ", lambda: self._one(",", " ,", ",\n  ", ", # c\n  ", ",,", " ", "\n  , ", ",\n"))
        ends = self._odd("{}" if is_map else "[]", lambda: self._one("[}", "{]", "[ ", " ]", "{ ", "[]]", "{}}"))
        last = self._odd("", lambda: self._one(",", ", ", ",\n", "\n", "\n  ", " # c\n"))
        return ends[0].strip() + space + comma.join(items) + last + space + ends[1:].strip()

    def _lines(self, indent: str) -> str:
        """Plain text that goes on in the next lines."""
        words = [self._scalar() for _ in range(self._chance.choice((2, 2, 3)))]
        return self._one("\n", "\n", "\n\n", "\n \n", " \n", "\n\t").join(
            [words[0], *(indent + word for word in words[1:])]
        )

    def _quoted_lines(self, indent: str) -> str:
        quote = self._one('"', "'")
        parts = [
            self._one(
                "x",
                "x ",
                " x",
                "",
                "it''s",
                "\\n",
                "# c",
                "a: b",
                "\t",
                "é😀",
                "- y",
                "---",
                "...",
                self._odd("", lambda: self._one("\\", "\\ ", '\\"', "it's")),
            )
            for _ in range(self._chance.choice((2, 3, 4)))
        ]
        lead = self._deeper(indent)
        return quote + ("\n" + lead).join(parts) + self._odd(quote, lambda: "")

    def _block_scalar(self, indent: str) -> str:
        header = self._word(HEADERS[:10]) if self._chance.random() > self._odds else self._word(HEADERS)
        lead = self._deeper(indent)
        lines = [
            lead
            + self._odd("", lambda: self._one(" ", "  ", "\t"))
            + self._one("x", "x y", "# no", "a: b", "- c", "'q", "", "  ", "\t", "---", "é 😀 ", "x" * 90)
            for _ in range(self._chance.randrange(5))
        ]
        blank = self._odd("", lambda: self._one("\n", "   \n", "\n\n", "      \n", "\t\n"))
        return "\n".join([header + self._one("", "", "", " ", " # c"), *lines]) + (
            f"\n{blank}".rstrip("\n") if blank else ""
        )

    def _mutated(self, text: str) -> str:
        chance = self._chance
        at = chance.randrange(len(text) + 1)
        way = chance.randrange(9)
        if way < 2:
            return text[:at] + chance.choice(PIECES) + text[at:]
        if way == 2:
            token = TOKEN.search(text, at)
            return text[: token.start()] + chance.choice(PIECES) + text[token.end() :] if token else text
        if way == 3:
            return text[:at] + text[at + chance.choice((1, 1, 2, 5)) :]
        if way == 4:
            return text[:at] + chance.choice(ODD) + text[at:]
        lines = text.split("\n")
        one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        if way == 5:
            lines[one], lines[other] = lines[other], lines[one]
        elif way == 6:
            lines.insert(other, lines[one])
        elif way == 7:
            lines[one] = chance.choice((" ", "  ", "\t", "- ", "    ")) + lines[one]
        else:
            lines[one] = lines[one][chance.choice((1, 2)) :]
        return "\n".join(lines)


def frontmatter(chance: random.Random) -> str:
    """A block of properties, without its dashes; it may hold such lines, as it may hold anything."""
    return Maker(chance).block()
