"""What `vaultlint config` prints: for people, and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vaultlint.report.escape import cells, shown_path, visible
from vaultlint.rule.options import toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from vaultlint.config.explained import Explained, RuleSaid, Said
    from vaultlint.config.judged import Judged, SchemaSaid


def config_text(explained: Explained, judged: Judged) -> str:
    """All of it for people."""
    return "".join(f"{line}\n" for line in _lines(explained, judged))


def config_json(explained: Explained, judged: Judged) -> dict[str, Any]:
    """All of it for programs; version 1 may gain keys, and loses none."""
    return {
        "version": 1,
        "root": explained.root,
        "path": explained.path,
        "config": list(explained.files),
        "packs": _pairs(explained.packs),
        "exclude": _pairs(explained.exclude),
        "left_out": _pairs(judged.left_out),
        "max_note_size": _pair(explained.max_note_size),
        "plugin_properties": _pair(explained.plugin_properties),
        "fail_on": _pair(explained.fail_on),
        "rules": {
            rule.name: {
                "severity": rule.severity,
                "from": rule.place,
                "options": {key: _pair(said) for key, said in rule.options.items()},
            }
            for rule in explained.rules
        },
        "schemas": [
            {"title": one.title, "from": one.place, "for": one.chosen_by, "applies": one.applies or None}
            for one in judged.schemas
        ],
    }


def _pair(said: Said) -> dict[str, Any]:
    return {"value": said.value, "from": said.place}


def _pairs(said: Iterable[Said]) -> list[dict[str, Any]]:
    return [_pair(one) for one in said]


def _lines(explained: Explained, judged: Judged) -> Iterator[str]:
    what = shown_path(explained.root)
    yield f"Settings for {visible(explained.path)} in {what}" if explained.path is not None else f"Settings for {what}"
    for notice in explained.notices:
        yield f"notice: {visible(notice)}"
    yield ""
    yield from columns(_general(explained))
    if explained.path is not None:
        yield from _of_note(judged)
    on = [rule for rule in explained.rules if rule.severity != "off"]
    off = [rule for rule in explained.rules if rule.severity == "off"]
    yield from ("", "rules that are on", *columns(row for rule in on for row in _of_rule(rule)))
    if off:
        yield from ("", "rules that are off", *columns(row for rule in off for row in _of_rule(rule)))
    if judged.schemas:
        yield from ("", "schemas", *columns(_of_schema(one) for one in judged.schemas))


def _general(explained: Explained) -> Iterator[tuple[str, str, str]]:
    yield "config", ", ".join(explained.files) or "none: all is as vaultlint has it", ""
    for pack in explained.packs:
        yield "pack", pack.value, pack.place
    for glob in explained.exclude:
        yield "exclude", glob.value, glob.place
    yield "max-note-size", f"{explained.max_note_size.value:,} bytes", explained.max_note_size.place
    owners = explained.plugin_properties
    yield "plugin-properties", ", ".join(owners.value) or "none", owners.place
    yield "fail-on", explained.fail_on.value, explained.fail_on.place


def _of_note(judged: Judged) -> Iterator[str]:
    yield ""
    if judged.left_out:
        yield "the note is not judged, but may be linked to"
        yield from columns(("", one.value, one.place) for one in judged.left_out)
    elif judged.unread:
        yield f"the note can't be read, so which schemas are for it is not known: {visible(judged.unread)}"
    else:
        yield "the note is judged"
        yield from map(visible, judged.remarks)


def _of_rule(rule: RuleSaid) -> Iterator[tuple[str, str, str]]:
    yield rule.name, rule.severity, rule.place
    for key, said in rule.options.items():
        yield f"  {key}", toml(said.value), said.place


def _of_schema(schema: SchemaSaid) -> tuple[str, str, str]:
    words = {"yes": "for this note", "no": "not for this note", "by links": "for it if such a note links here"}
    about = f", for {schema.chosen_by}" if schema.title != schema.chosen_by else ""
    return schema.place, words.get(schema.applies, ""), schema.title + about


def columns(rows: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Rows in columns, indented; safe to show."""
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [min(max((cells(row[at]) for row in shown), default=0), 40) for at in range(2)]
    for first, second, third in shown:
        both = zip((first, second), widths, strict=True)
        padded = [cell + " " * (width - cells(cell)) for cell, width in both if width]
        yield "  ".join(("", *padded, third)).rstrip()
