"""Whether the note of a rule is complete, and says what the class says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.rule.fix import Applicability
from vaultlint.rule.meta import ENGINE_FINDINGS
from vaultlint.rule.options import describe
from vaultlint.rule.registry import installed_rules
from vaultlint.testing.declaration import broken, misread
from vaultlint.testing.examples import RuleNote, rule_note
from vaultlint.testing.run import offers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vaultlint.rule.kinds import Rule
    from vaultlint.rule.registry import RuleSet
    from vaultlint.testing.examples import Example

_KEYS = ("rule", "title", "summary", "group", "default", "fix", "since")
_FIXES = ("none", *(str(one.name).lower() for one in Applicability))
_OF_RULES = ("Why it matters", "Examples", "Sources")
_OF_THE_ENGINE = ("Why it matters", "What to do")


def check_rule_note(name: str, ruleset: RuleSet | None = None) -> None:
    """Effect: works in a temporary folder. Raises `AssertionError` with all that is wrong in a note."""
    ruleset = ruleset or installed_rules()
    note = rule_note(name, ruleset)
    problems = [*_frontmatter(note, ruleset), *_sections(note, name in ruleset)]
    if name in ruleset:
        rule = ruleset.load(name)
        examples = list(note.examples())
        problems += [*_agrees(note, rule), *_options(note, rule), *_of_examples(examples)]
        if not problems:
            problems += _offered(note, examples, ruleset)
    if problems:
        raise AssertionError(f"the note of {name}:\n" + "\n".join(f"- {problem}" for problem in problems))


def options_table(rule: type[Rule]) -> str:
    """The table for the section `Options` of a rule's note; empty where it has none."""
    rows = [f"| `{one.key}` | `{one.default}` | {one.type}: {one.meaning} |" for one in describe(rule)]
    return "\n".join(("| option | default | meaning |", "|---|---|---|", *rows)) if rows else ""


def _frontmatter(note: RuleNote, ruleset: RuleSet) -> Iterator[str]:
    for key in _KEYS:
        if note.property(key) in (None, ""):
            yield f"the property '{key}' is missing"
    if note.property("rule") != note.name:
        yield f"the property 'rule' should be {note.name}"
    old = sorted(one for one, new in ruleset.old_names.items() if new == note.name)
    if (note.property("aliases") or []) != old:
        yield f"the property 'aliases' should be {old}, its old names"
    if note.property("fix") not in _FIXES:
        yield f"the property 'fix' should be one of {', '.join(_FIXES)}"
    yield from misread(note.property("changes"), fixes=note.property("fix") != "none")
    default = _default(note.name, ruleset)
    if note.property("default") != default:
        yield f"the property 'default' should be {default}"
    if not note.intro():
        yield "the text before the first heading, which says what it finds, is missing"


def _default(name: str, ruleset: RuleSet) -> str:
    """The severity under the pack `recommended`, or `off`."""
    if name in ENGINE_FINDINGS:
        return str(ENGINE_FINDINGS[name])
    said = ruleset.pack("recommended").data()["rules"].get(name, "off") if "recommended" in ruleset.packs else "off"
    return str(said.get("severity", "on") if isinstance(said, dict) else said)


def _sections(note: RuleNote, is_rule: bool) -> Iterator[str]:
    wanted = list(_OF_RULES if is_rule else _OF_THE_ENGINE)
    if is_rule and note.property("fix") != "none":
        wanted.append("Fix safety")
    sections = note.sections()
    for title in wanted:
        if not sections.get(title):
            yield f"the section '{title}' is missing or empty"


def _agrees(note: RuleNote, rule: type[Rule]) -> Iterator[str]:
    summary = (rule.__doc__ or "").strip().partition("\n")[0]
    for key, value in (("summary", summary), ("group", rule.group.value), ("since", rule.since)):
        if note.property(key) != value:
            yield f"the property '{key}' should be {value!r}, as the class says"
    if note.property("default") not in ("off", str(rule.severity)):
        yield f"the pack 'recommended' and the class, {rule.severity}, say different severities"


def _options(note: RuleNote, rule: type[Rule]) -> Iterator[str]:
    table = options_table(rule)
    if table not in note.sections().get("Options", ""):
        yield f"the section 'Options' should hold this table:\n{table}"
    for option in describe(rule):
        if not option.meaning:
            yield f"the option '{option.key}' has no sentence that says what it means"


def _of_examples(examples: list[Example]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for example in examples:
        if example.found is None:
            yield f"the example '{example.sentence}' has no block 'text found'"
        same = seen.setdefault(str(sorted(example.files.items())), example.sentence)
        if same != example.sentence:
            yield f"the examples '{same}' and '{example.sentence}' have the same notes"
    if not any(example.found for example in examples):
        yield "no example shows what is found"
    if not any(example.found == () for example in examples):
        yield "no example shows what is fine"


def _offered(note: RuleNote, examples: list[Example], ruleset: RuleSet) -> Iterator[str]:
    fixes = [fix for example in examples for fix in offers(example, ruleset)]
    most = max(fix.applicability for fix in fixes).name.lower() if fixes else "none"
    said = note.property("fix")
    more = ruleset.load(note.name).reads_git  # with a longer history there may be more and safer fixes
    if said != most and not (more and _FIXES.index(said) > _FIXES.index(most)):
        yield f"the property 'fix' should be {most}, the most that its examples offer"
    elif said != "none":
        yield from broken(note.property("changes"), fixes, more=more)
