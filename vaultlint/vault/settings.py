"""What the app's own settings say of a vault: `.obsidian/*.json` (semantics 2.12, 6.8, 10.1-10.5)."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import DecodeError, Struct, field
from msgspec.json import decode

from vaultlint.vault.callout_types import callout_types
from vaultlint.vault.files import read_regular

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from vaultlint.vault.ignored import Filter

CONFIG_FOLDER = ".obsidian"
_MOST_BYTES = 4_000_000

PLUGIN_PROPERTIES = (
    "database-plugin",
    "db-folder",
    "excalidraw-plugin",
    "kanban-plugin",
    "longform",
    "mindmap-plugin",
    "tldraw-file",
)
"""Properties by which a plug-in calls a note its own (semantics 10.9-10.11)."""


class VaultSettings(Struct, frozen=True):
    """The settings that a linter heeds. None of them changes what a link leads to (semantics 2.11)."""

    config_folder: str = CONFIG_FOLDER
    """The folder of the settings, a dot folder at the root; it may bear another name (semantics 2.17)."""
    new_link_format: str = "shortest"
    """How the app writes a path: `shortest`, `relative` or `absolute`."""
    use_markdown_links: bool = False
    attachment_folder: str = "/"
    """Where new attachments go: `/`, a folder, `./` (beside the note) or `./sub`."""
    strict_line_breaks: bool = False
    use_tab: bool = True
    tab_size: int = 4
    property_types: dict[str, str] = field(default_factory=dict)
    """Property name in lower case -> `text`, `multitext`, `number`, `checkbox`, `date`, `datetime`, ..."""
    template_folders: tuple[str, ...] = ()
    """Folders of templates, vault-relative, of the core plug-in and of Templater."""
    template_notes: tuple[str, ...] = ()
    """The templates of daily notes and of unique notes, vault-relative."""
    daily_folder: str = ""
    daily_format: str = "YYYY-MM-DD"
    """How daily notes are named, in Moment.js tokens."""
    filters: tuple[Filter, ...] = ()
    """`userIgnoreFilters`."""
    callout_types: tuple[str, ...] = ()
    """The types of callouts that the vault's own CSS and plug-ins define, in lower case."""
    notices: tuple[str, ...] = ()
    """What could not be read, in words."""

    def is_template(self, path: str) -> bool:
        """Whether a note is a template: what it says is filled in elsewhere (semantics 10.5)."""
        return is_template(path, self.template_folders, self.template_notes)

    def ignores(self, path: str) -> bool:
        """Whether the owner excluded a note in the app: linked to, not judged (semantics 2.15)."""
        return any(each.hits(path) for each in self.filters)


def is_template(path: str, folders: Iterable[str], notes: Container[str]) -> bool:
    """Whether a note is one of these `notes`, or lies in one of these `folders`; all are vault-relative."""
    return path in notes or any(path.startswith(f"{folder.rstrip('/')}/") for folder in folders)


def read_settings(root: str | os.PathLike[str]) -> VaultSettings:
    """Effect: reads files. The settings of the vault at `root`; where there are none, the app's defaults.

    A file that is broken, no regular file or behind a link out of the vault is left out, with a notice.
    """
    reader = _Reader(os.fspath(root))
    app = reader.read("app.json")
    templates = reader.read("templates.json")
    templater = reader.read("plugins/templater-obsidian/data.json")
    daily = reader.read("daily-notes.json")
    periodic = reader.read("plugins/periodic-notes/data.json").get("daily")
    if isinstance(periodic, dict) and periodic.get("enabled") is True:
        daily = {**daily, **periodic}  # the plug-in makes the daily notes then
    unique = reader.read("zk-prefixer.json")
    return VaultSettings(
        config_folder=reader.folder,
        new_link_format=_one_of(app.get("newLinkFormat"), "shortest", "relative", "absolute"),
        use_markdown_links=app.get("useMarkdownLinks") is True,
        attachment_folder=_text(app.get("attachmentFolderPath"), "/"),
        strict_line_breaks=app.get("strictLineBreaks") is True,
        use_tab=app.get("useTab") is not False,
        tab_size=_number(app.get("tabSize"), 4),
        property_types=_types(reader.read("types.json")),
        template_folders=_paths((templates.get("folder"), templater.get("templates_folder"))),
        template_notes=tuple(map(_as_note, _paths((daily.get("template"), unique.get("template"))))),
        daily_folder=_text(daily.get("folder"), "").strip("/"),
        daily_format=_text(daily.get("format"), "") or "YYYY-MM-DD",
        filters=reader.filters(app.get("userIgnoreFilters")),
        callout_types=reader.callout_types(),
        notices=tuple(reader.notices),
    )


def find_config_folder(root: str | os.PathLike[str]) -> str | None:
    """Effect: looks at the disk. `.obsidian`, or else the first dot folder at the root with an `app.json`."""
    if (Path(root) / CONFIG_FOLDER).is_dir():
        return CONFIG_FOLDER
    try:
        names = sorted(entry.name for entry in os.scandir(root) if entry.name.startswith("."))
    except OSError:
        return None
    return next((name for name in names if (Path(root) / name / "app.json").is_file()), None)


def read_app_file(root: str | os.PathLike[str], path: str) -> bytes:
    """Effect: reads a file of the vault at `root` that is no note, of at most 4 MB; `path` is vault-relative.

    Raises OSError, also for what is no regular file or lies behind a symbolic link out of the vault.
    """
    within = os.path.realpath(root)
    real = os.path.realpath(f"{within}/{path}")
    if not real.startswith(within.rstrip(os.sep) + os.sep):
        raise OSError(errno.EXDEV, "it lies behind a symbolic link out of the vault")
    data = read_regular(real, _MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise OSError(errno.EFBIG, "it is too large")
    return data


class _Reader:
    """Reads the files of one config folder, and notes what went wrong."""

    def __init__(self, root: str) -> None:
        self._root = os.path.realpath(root)
        self.folder = find_config_folder(root) or CONFIG_FOLDER
        self.notices: list[str] = []

    def read(self, name: str) -> dict[str, Any]:
        """The object in one file; empty where the file is not there or can't be read."""
        path = f"{self.folder}/{name}"
        try:
            data = read_app_file(self._root, path)
            value = decode(data.removeprefix(b"\xef\xbb\xbf")) if data.strip() else {}
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.notices.append(f"'{path}' could not be read: {error.strerror or error}")
            return {}
        except (DecodeError, UnicodeDecodeError, RecursionError):
            self.notices.append(f"'{path}' is no valid JSON, so the app's defaults hold")
            return {}
        return value if isinstance(value, dict) else {}

    def callout_types(self) -> tuple[str, ...]:
        """The types of callouts that CSS and plug-ins define."""
        return callout_types(self._root, self.folder, self.read, lambda path: read_app_file(self._root, path))

    def filters(self, value: object) -> tuple[Filter, ...]:
        """The excluded files, those that can't be heeded left out."""
        entries = _strings(value)
        if not entries:
            return ()
        from vaultlint.vault.ignored import MOST_FILTERS, read_filter

        if len(entries) > MOST_FILTERS:
            self.notices.append(f"of {len(entries)} excluded files only the first {MOST_FILTERS} are heeded")
        filters = []
        for entry in entries[:MOST_FILTERS]:
            try:
                filters.append(read_filter(entry))
            except ValueError as error:
                self.notices.append(f"the excluded files '{entry[:100]}' are not heeded: {error}")
        return tuple(filters)


def _strings(value: object) -> list[str]:
    return [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []


def _text(value: object, default: str) -> str:
    return value if isinstance(value, str) else default


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else default


def _one_of(value: object, default: str, *others: str) -> str:
    return value if isinstance(value, str) and value in others else default


def _types(value: dict[str, Any]) -> dict[str, str]:
    types = value.get("types")
    pairs = types.items() if isinstance(types, dict) else ()
    return {name.lower(): kind for name, kind in pairs if isinstance(kind, str)}


def _paths(values: Iterable[object]) -> tuple[str, ...]:
    """Paths without slashes at the ends, each once; the root is none."""
    paths = (value.strip().strip("/") for value in values if isinstance(value, str))
    return tuple(dict.fromkeys(path for path in paths if path))


def _as_note(path: str) -> str:
    return path if path.lower().endswith(".md") else f"{path}.md"
