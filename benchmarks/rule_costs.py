"""What each rule costs: seconds of CPU over one real vault, all rules on, as a share of reading, facts and rules.

    python benchmarks/rule_costs.py [VAULT] [--most 3]

VAULT is a folder, or by default the archive `obsidian-hub` of the shared test data (VAULTLINT_SHARED). All that a note
can tell is worked out first and counted by itself, so that no rule pays for what others use, too. A rule's share is
what it finds, with hints and fixes worked out; of rules over the whole vault also what they gather. Rules above
`--most` percent are marked. Printed as Markdown.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from against_rumdl import unpack_hub

from vaultlint.config.settings import load_settings
from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.note.lazy import lazy
from vaultlint.note.note import Note, parse_note
from vaultlint.rule.kinds import LinkRule, NoteRule, VaultRule
from vaultlint.rule.registry import installed_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from vaultlint.vault.target import Target

    from vaultlint.rule.finding import Finding
    from vaultlint.vault.facts import LinkFact
    from vaultlint.vault.index import Index

PARSE = "(all that a note tells)"


def main() -> int:
    """Run every rule, and print what each took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("vault", nargs="?", type=Path)
    parser.add_argument("--most", type=float, default=3.0, help="percent")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, no_gc():
        vault = arguments.vault or unpack_hub(Path(folder))
        spent, found = costs(vault)
    whole = sum(spent.values())
    print(f"{whole:.2f} s in all\n\n| rule | ms | share | findings |\n| --- | ---: | ---: | ---: |")
    for name, seconds in spent.most_common():
        share = 100 * seconds / whole
        mark = " **!**" if share > arguments.most and name != PARSE else ""
        print(f"| {name} | {seconds * 1000:.0f} | {share:.1f} %{mark} | {found[name]} |")
    return 0


def costs(vault: Path) -> tuple[Counter[str], Counter[str]]:
    """Seconds of CPU and findings, by rule."""
    ruleset = installed_rules()
    settings = load_settings(vault, ruleset, select=["all"])
    run = VaultRun(settings)
    run.examine(None, 1, None)  # for the index
    rules = [ruleset.load(each.name)(each.options, run.context) for each in settings.rules]
    spent: Counter[str] = Counter()
    found: Counter[str] = Counter()

    def time_of(name: str, work: Callable[[], Iterable[Finding]]) -> None:
        start = process_time()
        found[name] += sum(map(worked_out, work()))
        spent[name] += process_time() - start

    for path in run.files.notes:
        start = process_time()
        note = whole_note((vault / path).read_bytes().decode("utf-8", "replace"), path)
        spent[PARSE] += process_time() - start
        for rule in rules:
            if isinstance(rule, NoteRule) and (not rule.needs or any(getattr(note, need) for need in rule.needs)):
                time_of(rule.name, partial(rule.check, note))
            elif isinstance(rule, VaultRule) and rule.gathers:
                time_of(rule.name, partial(gathering, rule, note))
    run.judge()  # makes the index
    for rule in rules:
        if isinstance(rule, VaultRule):
            time_of(rule.name, partial(rule.check, run.index))
        elif isinstance(rule, LinkRule):
            time_of(rule.name, partial(of_links, rule, run.index))
    return spent, found


def whole_note(text: str, path: str) -> Note:
    """A note with all its attributes worked out."""
    note = parse_note(text, path)
    for name, attribute in vars(Note).items():
        if isinstance(attribute, lazy):
            getattr(note, name)
    return note


def worked_out(finding: Finding) -> int:
    """One finding, its hint and its fix worked out."""
    for part in (finding.hint, finding.fix):
        if callable(part):
            part()
    return 1


def gathering(rule: VaultRule, note: Note) -> tuple[Finding, ...]:
    """Nothing is found yet, but gathered."""
    rule.gather(note)
    return ()


def of_links(rule: LinkRule, index: Index) -> Iterator[Finding]:
    """What a rule over links says to all of them."""
    for path, facts in index.facts.items():
        links = index.faults(facts.links, path) if rule.only_faults else index_links(facts.links, path, index)
        for link, target in links:
            yield from rule.check(link, target, index)


def index_links(links: Iterable[LinkFact], path: str, index: Index) -> Iterator[tuple[LinkFact, Target]]:
    """Each link with what it leads to."""
    return ((link, index.resolve(link, path)) for link in links)


if __name__ == "__main__":
    sys.exit(main())
