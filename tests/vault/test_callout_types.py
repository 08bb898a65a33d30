"""The types of callouts that a vault's own CSS and plug-ins define."""

from __future__ import annotations

import json
from pathlib import Path

from vaultlint.vault.settings import read_settings


def write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_types_of_snippets_theme_and_plugins(tmp_path: Path) -> None:
    """Snippets that are on, the theme in use, Callout Manager and Admonition; no others."""
    app = tmp_path / ".obsidian"
    write(app / "appearance.json", {"enabledCssSnippets": ["mine"], "cssTheme": "Plain"})
    write(
        app / "snippets/mine.css", '.callout[data-callout="Recipe"] {} /* [data-callout="no"] */ [data-callout=pie] {}'
    )
    write(app / "snippets/off.css", '.callout[data-callout="off"] {}')
    write(app / "themes/Plain/theme.css", ".callout[ data-callout = 'leek' ] {}")
    write(app / "themes/Other/theme.css", ".callout[data-callout='other'] {}")
    write(app / "plugins/callout-manager/data.json", {"callouts": {"custom": ["soup", 1]}})
    write(app / "plugins/obsidian-admonition/data.json", {"userAdmonitions": {"stew": {"type": "stew"}}})

    assert ("leek", "pie", "recipe", "soup", "stew") == read_settings(tmp_path).callout_types


def test_all_snippets_where_the_app_lists_none(tmp_path: Path) -> None:
    """A vault in git often has no `appearance.json`."""
    write(tmp_path / ".obsidian/snippets/a.css", '[data-callout="recipe"] {}')

    assert ("recipe",) == read_settings(tmp_path).callout_types


def test_nothing_outside_the_vault_is_read(tmp_path: Path) -> None:
    """A folder, a file or a theme that leads elsewhere defines nothing, and neither does what is broken."""
    outside = tmp_path / "outside"
    write(outside / "a.css", '[data-callout="secret"] {}')
    app = tmp_path / "vault/.obsidian"
    write(app / "appearance.json", {"cssTheme": "../../../outside"})
    write(app / "plugins/callout-manager/data.json", {"callouts": []})
    write(app / "plugins/obsidian-admonition/data.json", {"userAdmonitions": "no"})
    (app / "snippets").symlink_to(outside)
    assert () == read_settings(tmp_path / "vault").callout_types

    (app / "snippets").unlink()
    (app / "snippets").mkdir()
    (app / "snippets/a.css").symlink_to(outside / "a.css")
    assert () == read_settings(tmp_path / "vault").callout_types
