"""The app's own settings, as far as a linter heeds them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from vaultlint.vault.ignored import MOST_FILTERS, read_filter
from vaultlint.vault.settings import VaultSettings, find_config_folder, read_settings


def configure(root: Path, folder: str = ".obsidian", **files: object) -> None:
    for name, content in files.items():
        path = root / folder / f"{name.replace('_', '-')}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def test_no_settings(tmp_path: Path) -> None:
    """A vault without settings has the app's defaults, and that is nothing to speak of."""
    assert VaultSettings() == read_settings(tmp_path)
    assert () == read_settings(tmp_path).notices


def test_what_is_heeded(tmp_path: Path) -> None:
    """Every key of the app's files that a linter heeds (semantics 2.12, 6.8, 10.1-10.3)."""
    configure(
        tmp_path,
        app={
            "newLinkFormat": "relative",
            "useMarkdownLinks": True,
            "attachmentFolderPath": "./files",
            "strictLineBreaks": True,
            "useTab": False,
            "tabSize": 2,
        },
        types={"types": {"Created": "date", "odd": 7}},
        templates={"folder": "/Extras/Templates/"},
        daily_notes={"folder": "Journal", "format": "YYYY/MM-DD", "template": "Extras/Daily"},
        zk_prefixer={"template": "Extras/Unique.md"},
    )
    templater = tmp_path / ".obsidian/plugins/templater-obsidian/data.json"
    templater.parent.mkdir(parents=True)
    templater.write_text('{"templates_folder": "Templater"}')

    assert read_settings(tmp_path) == VaultSettings(
        new_link_format="relative",
        use_markdown_links=True,
        attachment_folder="./files",
        strict_line_breaks=True,
        use_tab=False,
        tab_size=2,
        property_types={"created": "date"},
        template_folders=("Extras/Templates", "Templater"),
        template_notes=("Extras/Daily.md", "Extras/Unique.md"),
        daily_folder="Journal",
        daily_format="YYYY/MM-DD",
    )


def test_broken_json(tmp_path: Path) -> None:
    """A broken file is one notice in words, and the defaults hold."""
    configure(tmp_path, app="{not json", types="[" * 200_000)

    settings = read_settings(tmp_path)

    assert (
        "'.obsidian/app.json' is no valid JSON, so the app's defaults hold",
        "'.obsidian/types.json' is no valid JSON, so the app's defaults hold",
    ) == settings.notices
    assert "shortest" == settings.new_link_format


@pytest.mark.parametrize(
    ("periodic", "folder", "form"),
    [
        ({"daily": {"enabled": True, "folder": "Days", "format": "DD.MM.YYYY"}}, "Days", "DD.MM.YYYY"),
        ({"daily": {"enabled": True, "folder": "", "format": ""}}, "", "YYYY-MM-DD"),
        ({"daily": {"enabled": False, "folder": "Days", "format": "DD.MM.YYYY"}}, "Journal", "YYYY"),
        ({"daily": "Days"}, "Journal", "YYYY"),
    ],
)
def test_periodic_notes_makes_the_daily_notes_where_it_is_asked_to(
    tmp_path: Path, periodic: object, folder: str, form: str
) -> None:
    """The plug-in's own settings come before the app's then, empty ones as well."""
    configure(tmp_path, daily_notes={"folder": "Journal", "format": "YYYY"})
    configure(tmp_path, ".obsidian/plugins/periodic-notes", data=periodic)

    settings = read_settings(tmp_path)
    assert (folder, form) == (settings.daily_folder, settings.daily_format)


@pytest.mark.parametrize("app", ["[]", "null", "3", '"x"', "", '{"newLinkFormat": 3, "tabSize": true}'])
def test_odd_json(tmp_path: Path, app: str) -> None:
    """Values of a wrong kind are as good as none."""
    configure(tmp_path, app=app)

    assert VaultSettings() == read_settings(tmp_path)


def test_byte_order_mark(tmp_path: Path) -> None:
    """A byte order mark does no harm."""
    configure(tmp_path, app='\ufeff{"newLinkFormat": "absolute"}')

    assert "absolute" == read_settings(tmp_path).new_link_format


def test_other_config_folder(tmp_path: Path) -> None:
    """The config folder may bear another name; `.obsidian` comes first (semantics 2.17)."""
    configure(tmp_path, ".zz", app={"newLinkFormat": "absolute"})
    (tmp_path / ".git").mkdir()

    assert ".zz" == find_config_folder(tmp_path)
    assert "absolute" == read_settings(tmp_path).new_link_format

    configure(tmp_path, app={})

    assert ".obsidian" == find_config_folder(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="needs pipes and links")
def test_nothing_outside_is_read(tmp_path: Path) -> None:
    """Settings behind a link out of the vault, or in a pipe, are left out with a notice."""
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    (tmp_path / "secret.json").write_text('{"newLinkFormat": "absolute"}')
    (vault / ".obsidian/app.json").symlink_to(tmp_path / "secret.json")
    os.mkfifo(vault / ".obsidian/types.json")

    settings = read_settings(vault)

    assert "shortest" == settings.new_link_format
    assert (
        "'.obsidian/app.json' could not be read: it lies behind a symbolic link out of the vault",
        "'.obsidian/types.json' could not be read: it is no regular file",
    ) == settings.notices


def test_excluded_files(tmp_path: Path) -> None:
    """Excluded files are path prefixes, or regular expressions between slashes (semantics 2.15)."""
    configure(tmp_path, app={"userIgnoreFilters": ["Templates/", r"/\.excalidraw\.md$/", 7, ""]})

    settings = read_settings(tmp_path)

    assert [True, True, False, False] == [
        settings.ignores(path)
        for path in ("Templates/a.md", "x/b.excalidraw.md", "x/Templates/a.md", "x/b.excalidraw.md.md")
    ]


def test_excluded_files_that_cannot_be_heeded(tmp_path: Path) -> None:
    """An expression that can't be heeded is a notice, and excludes nothing."""
    configure(tmp_path, app={"userIgnoreFilters": ["/(/", "/(?=(a+)+$)/"], "newLinkFormat": "absolute"})

    settings = read_settings(tmp_path)

    assert not settings.ignores("aaaa(")
    assert "the excluded files '/(?=(a+)+$)/' are not heeded: it could take very long: a repeat in a repeat" in (
        settings.notices
    )
    assert 2 == len(settings.notices)
    assert "absolute" == settings.new_link_format


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (r"/^Log\/(?<year>\d{4})\/\k<year>/", "Log/2024/2024-01.md"),
        (r"/(?:png|jpg)$/", "a/b.jpg"),
        ("/[^/]+/old/", "x/old/y.md"),
        ("/^a{2,3}b?/", "aaa.md"),
        ("/[[x]/", "a[b"),
        ("/[\\]x]y/", "]y"),
        (r"/^(?!Notes\/).*\.md$/", "Log/a.md"),
        (r"/(?<=\/)x(?<!y)/", "a/x"),
        (r"/[\w-]+ \(\d\)\.md/", "a-b (1).md"),
        ("/[a&&b]c/", "&c"),
        (r"/\A\z/", "Az"),
        (r"/\<a{/", "<a{"),
        (r"/^(a|b)*$/", "ab" * 2_000),
        ("#Definition", "#Definition.md"),
        ("/", "/x"),
    ],
)
def test_javascript(entry: str, path: str) -> None:
    """What JavaScript and Python spell differently is translated."""
    assert read_filter(entry).hits(path)


@pytest.mark.parametrize(
    "entry",
    [
        r"/\p{L}+/",
        "/[^]/",
        "/(?i)a/",
        "/(?#[)(a*)*b(?#])/",
        "/[a--b]/",
        "/a++/",
        "/(?=(a*)*b)/",
        "/(?=(a|aa)+$)/",
        "/(x(a+)y)*(?!z)/",
        "/(?=(a?){30})/",
        "/(?=(a{1,9}){1,9})/",
        "/(?=(?:(?:(?:){1000}){1000}){1000})/",
        "/.*a.*b.*c.*(?=d)/",
        "/(a*)(b*)\\1\\2c/",
        f"/{'a?' * 40}{'a' * 40}(?=b)/",
        f"/{'(a|a)' * 40}(?=b)/",
        "/(?:(?:.{1000}){1000}){1000}/",
        f"/{'(' * 5000}x/",
        f"/{'(' * 900}x{')' * 900}/",
        f"/{'(?=' * 500}x/",
    ],
)
def test_refused(entry: str) -> None:
    """Forms that only JavaScript has, and expressions that could run for very long, are refused in words."""
    with pytest.raises(ValueError, match=r"^it (uses a form|could take very long|can't be read)"):
        read_filter(entry)


@pytest.mark.parametrize(
    "entry",
    [
        "/.*a.*b$/",
        "/a*a*c/",
        "/(?:x|y|z)[^b]*d/",
        "/(a*)*b/",
        "/(a|aa)+b$/",
        "/(a{,30}){,30}b/",
        f"/^{'a?' * 40}{'a' * 40}b/",
        f"/{'(a|a)' * 100}b/",
        f"/{'a{0,9}' * 200}b/",
        "/a*(?=b)/",
        "/^a*a*(?=b)c/",
        "/^(a*)\\1b/",
    ],
)
def test_bounded(entry: str) -> None:
    """What is not refused comes to an end, whatever the path."""
    filter_ = read_filter(entry)

    for length in (100, 200, 215, 1_000, 4_000, 100_000):
        assert not filter_.hits("a" * length)


def test_many_excluded_files(tmp_path: Path) -> None:
    """A list that no person wrote is heeded in part only, for each entry is held against each path."""
    configure(tmp_path, app={"userIgnoreFilters": [f"{number}/" for number in range(10_000)]})

    settings = read_settings(tmp_path)

    assert MOST_FILTERS == len(settings.filters)
    assert (f"of 10000 excluded files only the first {MOST_FILTERS} are heeded",) == settings.notices
