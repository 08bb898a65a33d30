"""The page is rendered as the service does it, by CommonMark with GitHub's extensions."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from findings import ERROR, fix, found, report
from pyromark import Markdown, Options

from vaultlint.ci.annotations import Remark
from vaultlint.ci.job_summary import LIMIT, Page, blob_url, job_summary, totals
from vaultlint.ci.worth import Worth
from vaultlint.engine.values import Report
from vaultlint.note.model import Position
from vaultlint.rule.finding import Related
from vaultlint.rule.fix import Applicability

HERE = "https://github.com/owner/vault/blob/" + "a" * 40 + "/"
GITHUB = Markdown(
    options=Options.ENABLE_TABLES | Options.ENABLE_STRIKETHROUGH | Options.ENABLE_GFM | Options.ENABLE_MATH
)
HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</code></pre><h1>x",
    "[a](https://evil.example)",
    "![a](https://evil.example/a.png)",
    "https://evil.example www.evil.example a@evil.example",
    "@everyone #123 GH-1 owner/vault#1",
    "| a | b |",
    "`` ` ``` a",
    "```",
    "</pre>\n\n# x\n\n- [ ] y",
    "%0A::error::x",
    "$x$",
    "a\u202eb\u200bc\x1b[31m",
)


def page(**more: Any) -> Page:
    known = {"lines": HERE, "prefix": "", "compared": "compared with branch 'main'", "fixing": ["vaultlint", "check"]}
    return Page(**{**known, "known": 0, **more})


def made(told: Report, limit: int = LIMIT, remarks: tuple[Remark, ...] = (), **more: Any) -> str:
    return job_summary(told, page(**more), Worth(), remarks, limit)


def links(markdown: str) -> dict[str, str]:
    """Text -> address of each link in the rendered page."""
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', GITHUB.html(markdown))
    return {html.unescape(re.sub("<[^>]*>", "", text)): html.unescape(url) for url, text in found}


def text(markdown: str) -> str:
    """What a reader sees of the page."""
    shown = html.unescape(re.sub("<[^>]*>", "", GITHUB.html(markdown)))
    return re.sub(r"\n+", "\n", shown).strip()


def test_page() -> None:
    """The page says how much is new, how often each rule found something, and what stands where."""
    told = report(found("A.md", 3, "no file named 'B'", fix=fix("A.md"), hint="did you mean 'C'?"), found("D.md", 4))

    assert """\
vaultlint
2 new findings (2 warnings) in 2 of 10 notes, 7 known before (compared with branch 'main')
ruleseverityfindings--fix mends
some-rule🟡 warning21
A.md
🟡 line 3 some-rule no file named 'B' (did you mean 'C'?)
D.md
🟡 line 4 some-rule this is wrong
What --fix would do
A.md:3: link to 'Recipes'
vaultlint check""" == re.sub(" *\n *", "\n", text(made(told, known=7)))


def test_one_rule_of_two_severities() -> None:
    """A rule whose findings differ in severity has a row for each."""
    shown = text(made(report(found(fix=fix()), found(line=2), found(line=3, severity=ERROR))))

    assert "some-rule🟡 warning21\nsome-rule🔴 error10\n" in shown


def test_clean() -> None:
    """Where nothing is new, the page is one line."""
    assert "vaultlint\nNo new findings in 10 notes (compared with branch 'main')" == text(made(report()))
    assert "No findings in 10 notes ('schedule' compares nothing)" == totals(report(), "'schedule' compares nothing", 0)


def test_links() -> None:
    """Lines are linked in the commit, in the plain view, whatever the note is called."""
    names = {
        "My Note.md": "My%20Note.md",
        "a#b?c.md": "a%23b%3Fc.md",
        "(x).md": "%28x%29.md",
        "🍲\n.md": "%F0%9F%8D%B2%0A.md",
    }
    for name, spelt in names.items():
        shown = links(made(report(found(name, 3, fix=fix())), prefix="vault/"))

        assert f"{HERE}vault/{spelt}?plain=1#L3" == shown["line 3"]
        assert f"{HERE}vault/{spelt}" == next(iter(url for label, url in shown.items() if label.endswith(".md")))


def test_no_links_at_a_desk() -> None:
    """Without a service there is nothing to link to."""
    assert {} == links(made(report(found(fix=fix())), lines=blob_url("https://github.com", "", "")))


def test_places_hit() -> None:
    """A finding that stands for harm elsewhere names ten places, and counts the rest."""
    hit = tuple(Related(f"N{n}.md", "no file", position=Position(n, 1)) for n in range(1, 51))

    shown = text(made(report(found("Hub.md", rule="unresolved-link", related=hit))))

    assert (True, True, False) == ("N1.md:1 no file" in shown, "and 40 more places" in shown, "N11.md" in shown)


def test_unsafe_fixes() -> None:
    """Where all that could be mended needs a look, the call says so."""
    told = report(found(fix=fix(applicability=Applicability.UNSAFE)))

    assert "--unsafe-fixes would mend 1 that needs a look\nvaultlint check --unsafe-fixes" in text(made(told))


def test_cut() -> None:
    """A page that would be too long says how many are left out, keeps its end, and is never longer than allowed."""
    told = report(found("A.md", 1, fix=fix("A.md")), *[found(f"🍲 {n:04}.md", n, "ä" * 200) for n in range(1, 3001)])

    for limit in (LIMIT, 100_000, 20_001, 20_002, 20_003, 20_004):
        written = made(told, limit)

        assert limit - 1_000 < len(written.encode()) <= limit
        end = written[written.index("\n### What `--fix` would do") :]
        shown = written.count("[line ")
        assert written.endswith(
            f"\n… {3001 - shown:,} findings left out here: the job's log and its report have them.\n{end}"
        )


def test_long_message() -> None:
    """A message is cut where it would fill the page."""
    assert len(made(report(found(message="x" * 100_000)))) < 2_000


def test_what_matters_comes_first() -> None:
    """Notes come in the order of their worst finding, and a note's findings in that of its lines."""
    told = report(found("A.md", 1), found("B.md", 1), found("B.md", 2, severity=ERROR))

    shown = text(made(told))

    assert shown.index("B.md") < shown.index("A.md")


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile(words: str) -> None:
    """What a note, a path, a hint, a fix or a branch says is text on the page: no element, link or image of its own."""
    related = (Related(f"{words}.md", words, position=Position(1, 1)),)
    one = found(f"{words}.md", 1, words, hint=words, rule=words, related=related, fix=fix(title=words))
    plain = found(
        "plain.md",
        1,
        "plain",
        hint="plain",
        rule="plain",
        related=(Related("plain.md", "plain", position=Position(1, 1)),),
        fix=fix(title="plain"),
    )

    def skeleton(finding: Any, said: str) -> list[str]:
        rendered = GITHUB.html(
            made(report(finding), remarks=(Remark("notice", said),), compared=f"compared with {said}", fixing=[said])
        )
        tags = re.findall(r"<[^>]*>", rendered)
        return [re.sub('"[^"]*"', '""', tag) for tag in tags if "span" not in tag]

    assert skeleton(plain, "plain") == skeleton(one, words)
    rendered = GITHUB.html(made(report(one), compared=words, fixing=[words]))
    assert all(url.startswith(HERE) for url in re.findall(r'(?:href|src)="([^"]*)"', rendered))
