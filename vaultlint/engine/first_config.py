"""A first config for a vault: what it is, what its notes have in common, and how loud each rule would be."""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from vaultlint.config.draft import Draft, Level, config_text
from vaultlint.config.settings import DEFAULT_PACKS, load_settings
from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.engine.survey import Survey, survey
from vaultlint.rule.finding import Severity
from vaultlint.schema.evidence import as_glob, is_in
from vaultlint.schema.model import Selector

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from vaultlint.config.settings import Settings
    from vaultlint.rule.finding import Diagnostic
    from vaultlint.rule.registry import RuleSet
    from vaultlint.schema.select import Chooser

VIDEO_NOTES = "video-notes"
_LEAST_OF_A_KIND = 3
"""So many notes make a pack for their kind worth having."""

MANY = 100
"""So many findings of one rule are how a vault is, and not slips."""
_MANY_HERE = 20
_SHARE = 0.1
"""Fewer are that, too, where they are in such a part of all notes."""


class FirstConfig(Struct, frozen=True):
    """A config, and what `check` finds under it."""

    text: str
    draft: Draft
    counts: dict[Severity, int]
    """Severity -> how many findings there are today; no errors."""
    notices: tuple[str, ...] = ()
    """What the owner should know, a line each."""


def first_config(
    root: Path,
    ruleset: RuleSet,
    *,
    jobs: int | None = 1,
    progress: Callable[[int, int], None] | None = None,
) -> FirstConfig:
    """Effect: reads a vault, whose own config, if it has one, does not count. A config under which it has no errors.

    `jobs` and `progress` are as for `check_vault`.
    """
    with no_gc():
        chooser = _video_notes(ruleset)
        seen = survey(root, chooser=chooser)
        draft = Draft(
            notes=0,
            packs=tuple(_packs(ruleset, seen.chosen)),
            exclude=tuple(_templates(seen)),
            schemas=seen.schemas(),
            heeded=tuple(_heeded(seen)),
        )
        run = VaultRun(_settings(draft, root, ruleset))
        run.examine(None, jobs, progress)
        draft = structs.replace(draft, notes=len(run.judged))
        found = run.judge()
        draft = structs.replace(draft, levels=tuple(_levels(found, run.settings, draft.notes)))
        left = run.judged_by(_settings(draft, root, ruleset))
        off = {one.rule for one in left if one.severity >= Severity.ERROR}
        if off:  # rules that give some findings a severity of their own
            levels = [structs.replace(one, level="off") if one.rule in off else one for one in draft.levels]
            draft = structs.replace(draft, levels=tuple(levels))
            left = tuple([one for one in left if one.rule not in off])
    counts = Counter(one.severity for one in left)
    return FirstConfig(config_text(draft), draft, dict(counts), run.vault_settings.notices + run.files.notices)


def _settings(draft: Draft, root: Path, ruleset: RuleSet) -> Settings:
    """Effect: writes the config to a folder of its own and reads it back: what is written is what is tried."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "vaultlint.toml")
        file.write_text(config_text(draft), encoding="utf-8", newline="\n")
        return load_settings(root, ruleset, config=file)


def _video_notes(ruleset: RuleSet) -> Chooser | None:
    """What takes the notes that the pack for them is about."""
    from vaultlint.schema.read import schema_from
    from vaultlint.schema.select import Chooser

    pack = ruleset.packs.get(VIDEO_NOTES)
    if pack is None:
        return None
    selectors = tuple([schema_from(table).selector for table in pack.data().get("schema", [])])
    return Chooser(Selector(any=selectors)) if selectors else None


def _packs(ruleset: RuleSet, video_notes: int) -> Iterator[tuple[str, str]]:
    yield from ((name, "") for name in DEFAULT_PACKS if name in ruleset.packs)
    if video_notes >= _LEAST_OF_A_KIND:
        yield VIDEO_NOTES, f"{video_notes:,} notes are of a recording"


def _templates(seen: Survey) -> Iterator[tuple[str, str]]:
    """Folders and notes of templates that are there, the outermost alone."""
    paths = seen.files.notes
    folders = sorted(seen.settings.template_folders)
    for folder in folders:
        inside = sum(is_in(path, folder) for path in paths)
        if inside and not any(is_in(folder, other) for other in folders if other != folder):
            why = "most of its notes have something to fill in" if folder in seen.guessed else "templates"
            yield f"{as_glob(folder)}/**", f"{why}: {inside:,} note{'' if inside == 1 else 's'}"
    for path in seen.settings.template_notes:
        if path in paths and not any(is_in(path, folder) for folder in folders):
            yield as_glob(path), "a template"


def _heeded(seen: Survey) -> Iterator[str]:
    """What the app's settings say that rules go by."""
    settings = seen.settings
    if not (Path(seen.files.root) / settings.config_folder).is_dir():
        return
    form = "Markdown links" if settings.use_markdown_links else "wikilinks"
    path = {"shortest": "the shortest path", "relative": "relative paths", "absolute": "paths from the root"}
    yield f"- new links are {form}, with {path[settings.new_link_format]}"
    if settings.property_types:
        yield f"- types of {len(settings.property_types):,} properties"
    if settings.filters:
        yield f"- excluded files: {len(settings.filters):,}"
    yield f"- daily notes: '{settings.daily_format}'" + (
        f" in '{settings.daily_folder}'" if settings.daily_folder else ""
    )


def _levels(found: Sequence[Diagnostic], settings: Settings, notes: int) -> Iterator[Level]:
    """How loud each rule may be, so that there are no errors, and no rule drowns what is new under what was there."""
    by_rule: dict[str, list[Diagnostic]] = defaultdict(list)
    for one in found:
        by_rule[one.rule].append(one)
    usual = {**settings.engine, **{setting.name: setting.severity for setting in settings.rules}}
    for rule, its in sorted(by_rule.items()):
        severity = max(one.severity for one in its)
        share = len({one.path for one in its}) / max(notes, 1)
        many = len(its) >= MANY or (len(its) >= _MANY_HERE and share >= _SHARE)
        # a rule may say some of its findings in a lower voice: that is no reason to switch the others off
        level = _level(severity, many=many) if severity >= min(usual[rule], Severity.WARNING) else None
        if level is not None:
            yield Level(rule, usual[rule], level, len(its))


def _level(severity: Severity, *, many: bool) -> str | None:
    """A quieter level for a rule that finds something, or many things; `None`: it may stay as it is."""
    if many:
        return "off"
    return "warning" if severity is Severity.ERROR else None
