"""Where the time goes: CPU seconds of each phase of a check, of each rule, and of each import.

    python benchmarks/phases.py [VAULT] [--select NAMES] [--most 3] [--work FOLDER]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED). All runs in one
process: files are listed, read, decoded and made into facts, rules run, then index, links, rules over links and the
vault, and the report. What a note works out of its text counts as `parse` whoever asks first, each attribute without
those it asks for itself, and where links lead counts as `resolve`; so a rule's share is its own: what it finds, with
hints and fixes worked out. Imports are those of a check of a vault of one note, by Python's own clock. Rules above
`--most` percent are marked. Printed as Markdown.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, TypeAlias

from inputs import DEFAULT_WORK, unpack_hub

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.engine.reader import NoteReader
from vaultlint.note.lazy import lazy
from vaultlint.note.note import Note, parse_note
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.report.full import full
from vaultlint.rule.kinds import LinkRule, NoteRule, VaultRule
from vaultlint.rule.registry import installed_rules
from vaultlint.vault.facts_of import facts_of
from vaultlint.vault.files import walk
from vaultlint.vault.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import TypeVar

    from vaultlint.rule.finding import Finding
    from vaultlint.rule.kinds import Rule
    from vaultlint.vault.facts import Facts, LinkFact
    from vaultlint.vault.links import Target

    Links: TypeAlias = list[tuple[LinkFact, Target]]
    T = TypeVar("T")

Seconds: TypeAlias = dict[str, float]
"""Of CPU, by name."""

_IMPORT = re.compile(r"import time: +(\d+) \| +\d+ \| +(\S+)")
_SHOWN = 25
"""How many of the dearest modules and attributes are named."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--select", default="", help="rules, groups, packs or all; by default as the config says")
    parser.add_argument("--most", type=float, default=3.0, help="percent")
    parser.add_argument("--work", type=Path, default=DEFAULT_WORK)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    vault = (given.vault or unpack_hub(given.work)).resolve()
    with no_gc():
        profile = Profile(vault, given.select)
        profile.measure()
    table("phase", profile.phases)
    table("attribute of a note", profile.attributes, shown=_SHOWN)
    table("rule", profile.rules, most=given.most, found=profile.found)
    table("import", imports(given.select), shown=_SHOWN)
    return 0


class Profile:
    """One vault, checked step by step."""

    def __init__(self, vault: Path, select: str) -> None:
        self._vault = vault
        self.phases: Seconds = defaultdict(float)
        """Name -> seconds of CPU."""
        self.attributes: Seconds = defaultdict(float)
        self.rules: Seconds = defaultdict(float)
        self.found: Counter[str] = Counter()
        """Rule -> how often it found something."""
        self._faults: Links = []
        self._leads: list[tuple[Facts, list[tuple[str, str | None]]]] = []
        """Each note, and what its links name with the file that each leads to."""
        self._links: dict[str, Links] = {}
        """Note -> its links, where a rule wanted them all."""
        ruleset = installed_rules()
        self._asked: list[float] = []
        """Seconds that attributes took within each phase that is under way, the innermost last."""
        self._settings = load_settings(vault, ruleset, select=select.split(",") if select else ())
        self._files = self.timed("walk", partial(walk, vault))
        self._run = VaultRun(self._settings)
        self._rules: list[Rule] = [
            ruleset.load(each.name)(each.options, self._run.context) for each in self._settings.rules
        ]

    def timed(self, phase: str, work: Callable[[], T], into: Seconds | None = None) -> T:
        """What `work` gives; its seconds are added to the phase, but for those of attributes it asks for."""
        self._asked.append(0.0)
        start = process_time()
        done = work()
        whole = process_time() - start
        (self.phases if into is None else into)[phase] += whole - self._asked.pop()
        if into is self.attributes and self._asked:
            self._asked[-1] += whole
        return done

    def measure(self) -> None:
        """Go through all phases, one after another."""
        with self._attributes_timed():
            for note in self._notes():
                self.timed("facts", partial(facts_of, note))
                self._judge(note)
        self.phases["parse"] = sum(self.attributes.values())
        self.phases["rules over notes"] = sum(self.rules.values())
        self._run.examine(None, 1, None)  # for what the rest works on; not counted: its parts were
        index = self.timed("index", self._index)
        self._resolve(index)
        before = sum(self.rules.values())
        for rule in self._rules:
            self._judge_all(rule, index)
        self.phases["rules over links and the vault"] = sum(self.rules.values()) - before
        report = self._run.report(self._run.judge())
        self.timed("report", lambda: full(report, self._run.text))

    def _index(self) -> Index:
        """An index that nobody has asked yet, with its tables of names."""
        index = Index(self._files, self._run.index.facts, self._run.vault_settings)
        index.history = self._run.index.history
        for tables in (index.files.by_path, index.files.by_name):
            assert tables
        return index

    def _notes(self) -> Iterator[Note]:
        """Each note, read and decoded."""
        reader = NoteReader(str(self._vault), self._settings.max_note_size, self._files.originals)
        for path in self._files.notes:
            data = self.timed("read", partial(reader.read, path))
            try:
                text = self.timed("decode", partial(decode, data))
            except NoteDecodeError:
                continue
            yield parse_note(text, path)

    @contextmanager
    def _attributes_timed(self) -> Iterator[None]:
        """Time what notes work out, for a while."""
        every = {name: attribute for name, attribute in vars(Note).items() if isinstance(attribute, lazy)}
        plain = {name: attribute.work_out for name, attribute in every.items()}
        for name, attribute in every.items():
            attribute.work_out = partial(self._attribute, name, plain[name])
        try:
            yield
        finally:
            for name, attribute in every.items():
                attribute.work_out = plain[name]

    def _attribute(self, name: str, work_out: Callable[[Note], object], note: Note) -> object:
        return self.timed(name, lambda: work_out(note), self.attributes)

    def _judge(self, note: Note) -> None:
        for rule in self._rules:
            if isinstance(rule, NoteRule) and (not rule.needs or any(getattr(note, need) for need in rule.needs)):
                self._told(rule, partial(rule.check, note))
            elif isinstance(rule, VaultRule) and rule.gathers:
                self.timed(rule.name, partial(rule.gather, note), self.rules)

    def _judge_all(self, rule: Rule, index: Index) -> None:
        if isinstance(rule, VaultRule):
            self._told(rule, partial(rule.check, index))
        elif isinstance(rule, LinkRule):
            links = self._faults if rule.only_faults else self.timed("resolve", lambda: self._concerning(rule, index))
            self._told(rule, partial(of_links, rule, links, index))

    def _resolve(self, index: Index) -> None:
        """What all rules over links share."""
        every = index.facts.values()
        self._faults = self.timed("resolve", lambda: [link for facts in every for link in index.faults(facts)])
        self._leads = self.timed("resolve", lambda: [(facts, index.leads(facts).to) for facts in every])

    def _concerning(self, rule: LinkRule, index: Index) -> Links:
        """The links of the notes that a rule may speak of, resolved once for all rules."""
        found: Links = []
        for facts, leads in self._leads:
            if any(rule.concerns(name, to) for name, to in leads):
                if facts.path not in self._links:
                    self._links[facts.path] = index.resolved(facts)
                found += self._links[facts.path]
        return found

    def _told(self, rule: Rule, work: Callable[[], Iterable[Finding]]) -> None:
        self.found[rule.name] += self.timed(rule.name, lambda: sum(map(worked_out, work())), self.rules)


def worked_out(finding: Finding) -> int:
    """One finding, its hint and its fix worked out."""
    for part in (finding.hint, finding.fix):
        if callable(part):
            part()
    return 1


def of_links(rule: LinkRule, links: Links, index: Index) -> Iterator[Finding]:
    """What a rule over links says to these."""
    for link, target in links:
        yield from rule.check(link, target, index)


def imports(select: str) -> Seconds:
    """Module -> seconds that importing it took, what it imports itself left out."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "Note.md").write_text("One [[link]].\n", encoding="utf-8")
        words = [
            sys.executable,
            "-X",
            "importtime",
            "-m",
            "vaultlint",
            "check",
            "--no-cache",
            "--vault",
            folder,
            folder,
        ]
        if select:
            words += ["--select", select]
        told = subprocess.run(words, capture_output=True, text=True, check=False).stderr
    return {name: int(microseconds) / 1e6 for microseconds, name in _IMPORT.findall(told)}


def table(
    head: str,
    spent: Seconds,
    *,
    shown: int | None = None,
    most: float = 100.0,
    found: Counter[str] | None = None,
) -> None:
    """Print seconds by name, the most first, and what all took."""
    whole = sum(spent.values()) or 1e-9
    more = (" | findings", " | ---:") if found is not None else ("", "")
    print(f"\n| {head} | ms | share{more[0]} |\n| --- | ---: | ---:{more[1]} |")
    for name, seconds in sorted(spent.items(), key=lambda each: -each[1])[:shown]:
        share = 100 * seconds / whole
        mark = " **!**" if share > most else ""
        count = f" | {found[name]}" if found is not None else ""
        print(f"| {name} | {seconds * 1000:.0f} | {share:.1f} %{mark}{count} |")
    print(f"| all {len(spent)} | {whole * 1000:.0f} | | {'|' if found is not None else ''}")


if __name__ == "__main__":
    sys.exit(main())
