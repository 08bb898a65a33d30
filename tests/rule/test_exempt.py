"""Which notes a rule leaves alone: templates, and notes that a plug-in owns."""

from __future__ import annotations

import pytest

from vaultlint.note.note import parse_note
from vaultlint.rule.context import Context
from vaultlint.rule.exempt import ORDINARY, PLUGIN_NOTE, TEMPLATE, Exemptions, left_alone, speaking
from vaultlint.rule.kinds import Group, NoteRule

CONTEXT = Context(template_folders=("Meta/Templates",), template_notes=("Daily.md",))


class OfLinks(NoteRule):
    """A rule whose group speaks of all notes."""

    name = "of-links"
    group = Group.LINKS


class OfStyle(NoteRule):
    """A rule whose group speaks of ordinary notes alone."""

    name = "of-style"
    group = Group.STYLE


class OfStyleInTemplates(OfStyle):
    """A rule that says otherwise."""

    name = "of-style-in-templates"
    in_templates = True


class OfLinksNotOfPlugins(OfLinks):
    """Another."""

    name = "of-links-not-of-plugins"
    in_plugin_notes = False


@pytest.mark.parametrize(
    ("path", "text", "kind"),
    [
        ("Note.md", "---\nstatus: open\n---\n# A\n", ORDINARY),
        ("Note.md", "kanban-plugin: board\n", ORDINARY),
        ("Board.md", "---\nKanban-Plugin: basic\n---\n", ORDINARY),
        ("Meta/Templates/Day.md", "", TEMPLATE),
        ("Meta/Templates/deep/Day.md", "", TEMPLATE),
        ("Meta/Templates.md", "", ORDINARY),
        ("Daily.md", "", TEMPLATE),
        ("Board.md", "---\nkanban-plugin: board\n---\n", PLUGIN_NOTE),
        ("Board.md", "---\n\ntags: [x]\nkanban-plugin: basic\n\n---\n", PLUGIN_NOTE),
        ("Drawing.md", "---\nexcalidraw-plugin: parsed\n---\n", PLUGIN_NOTE),
        ("Drawing.excalidraw.md", "", PLUGIN_NOTE),
        ("Broken.md", "---\nexcalidraw-plugin: parsed\ntags: [\n---\n", PLUGIN_NOTE),
        ("Broken.md", "---\ntags: [\n---\n", ORDINARY),
        ("Meta/Templates/Board.md", "---\nkanban-plugin: board\n---\n", TEMPLATE | PLUGIN_NOTE),
    ],
)
def test_what_a_note_is(path: str, text: str, kind: int) -> None:
    """A template by where it lies, a plug-in's note by a property or, for a drawing, its name."""
    assert kind == Exemptions(CONTEXT).kind_of(parse_note(text, path))


def test_the_properties_can_be_others() -> None:
    """What a config names instead counts, and nothing else."""
    exemptions = Exemptions(Context(plugin_properties=("my-plugin",)))

    assert PLUGIN_NOTE == exemptions.kind_of(parse_note("---\nmy-plugin: x\n---\n"))
    assert ORDINARY == exemptions.kind_of(parse_note("---\nkanban-plugin: board\n---\n"))
    assert ORDINARY == Exemptions(Context(plugin_properties=())).kind_of(parse_note("---\nx: [\n---\n"))


def test_what_a_rule_leaves_alone() -> None:
    """Its group decides, unless the class says it."""
    kinds = (OfLinks, OfStyle, OfStyleInTemplates, OfLinksNotOfPlugins)

    assert [ORDINARY, TEMPLATE | PLUGIN_NOTE, PLUGIN_NOTE, PLUGIN_NOTE] == [left_alone(kind) for kind in kinds]


def test_who_speaks() -> None:
    """Of an ordinary note every rule speaks; of one that is both, those that speak of both."""
    rules = [kind() for kind in (OfLinks, OfStyle, OfStyleInTemplates, OfLinksNotOfPlugins)]

    assert 4 == len(speaking(rules, ORDINARY))
    assert ["of-links", "of-style-in-templates", "of-links-not-of-plugins"] == [
        rule.name for rule in speaking(rules, TEMPLATE)
    ]
    assert ["of-links"] == [rule.name for rule in speaking(rules, TEMPLATE | PLUGIN_NOTE)]
