"""What `import vaultlint` offers: the engine with the vault's own config, and no more to think of."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from vaultlint.config.roots import find_root
from vaultlint.config.settings import FORMAT_PACK, Settings, load_settings
from vaultlint.engine.check import VaultRun, check_vault, no_gc
from vaultlint.engine.cluster import as_executor
from vaultlint.engine.fix import fix_run, fix_vault
from vaultlint.engine.known import together
from vaultlint.engine.live import LiveRun
from vaultlint.rule.errors import UserError
from vaultlint.rule.fix import Applicability
from vaultlint.rule.kinds import NoteRule, RunRule
from vaultlint.rule.registry import installed_rules
from vaultlint.vault.url import is_url, masked

if TYPE_CHECKING:
    from collections.abc import Iterable
    from concurrent.futures import Executor

    from vaultlint.engine.known import Known
    from vaultlint.engine.values import FixResult, Report

    Place = str | os.PathLike[str]


def check(
    path: Place,
    *,
    paths: Iterable[Place] | None = None,
    since: str | None = None,
    baseline: Place | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
) -> Report:
    """Effect: reads a vault. What is wrong in the vault, folder or note at `path`, or in the vault at a URL.

    Links are judged against the whole vault that it belongs to, rules and severities are those of the vault's
    config. `paths` are the notes or folders to judge, where not all below `path`. With `since`, the name of a commit,
    only what was not wrong where HEAD left it is told; with a `baseline`, the file that `vaultlint baseline` writes,
    only what that does not know. The work stays in this process unless `jobs` is more than one (`None`: as many as
    serve) or there is an `executor`, of `concurrent.futures` or of a Dask client.

    The vault at a URL (`s3://bucket/vault`, whatever fsspec opens) is only read; `paths` in it are vault-relative, or
    URLs. Raises `UserError`.
    """
    executor = as_executor(executor)
    if is_url(path):
        return _check_url(str(path), paths, since or baseline, jobs, executor)
    settings, wanted = _settings(path, paths)
    known = _known(settings, since, baseline)
    return check_vault(settings, paths=wanted, jobs=jobs, executor=executor, known=known)


def live(path: Place, *, paths: Iterable[Place] | None = None) -> LiveRun:
    """The vault, folder or note at `path`, to be checked again and again while it changes: for editors and servers.

    `live(vault).check()` reads the vault and tells what `check` tells; `update(["Home.md"])` tells it anew after a
    change of these files, for the cost of what they touch, and `update()` looks which they are. The rest is as in
    `check`. Raises `UserError`.
    """
    root = find_root(Path(path))
    _, wanted = _settings(path, paths)
    return LiveRun(lambda: load_settings(root, installed_rules()), wanted)


def fix(
    path: Place,
    *,
    unsafe: bool = False,
    write: bool = True,
    paths: Iterable[Place] | None = None,
    since: str | None = None,
    baseline: Place | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
) -> FixResult:
    """Effect: changes notes. Mend what is safe (and what is `unsafe`) in the vault, folder or note `path`.

    With `write=False` nothing is written: the result says what would be. Old bytes go to the journal in the user's
    state folder. The rest is as in `check`: what is not told is not mended. Raises `UserError`.
    """
    settings, wanted = _settings(path, paths)
    known = _known(settings, since, baseline)
    executor = as_executor(executor)
    at_least = _at_least(unsafe=unsafe)
    return fix_vault(settings, paths=wanted, at_least=at_least, write=write, jobs=jobs, executor=executor, known=known)


def format(  # noqa: A001  the name of the command
    path: Place,
    *,
    write: bool = True,
    paths: Iterable[Place] | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
) -> FixResult:
    """Effect: changes notes. Tidy the vault, folder or note `path` as `vaultlint format` does.

    The rules are those of the pack `format`, as the vault's config sets them; no note's meaning changes. The rest is
    as in `fix`. Raises `UserError`.
    """
    settings, wanted = _settings(path, paths, within=FORMAT_PACK)
    return fix_vault(settings, paths=wanted, write=write, jobs=jobs, executor=as_executor(executor), kind="format")


def check_text(text: str, path: str = "Note.md", *, vault: Place | None = None) -> Report:
    """What is wrong in one note, given as text. `path` is its name in the vault.

    Without a `vault` nothing is read: only what the note itself tells is judged, by the recommended rules.
    With one, the text stands in for the file at `path`, and its links are judged against the vault. Raises
    `UserError`.
    """
    return check_text_with(text_settings(vault), text, path, alone=vault is None)


def fix_text(text: str, path: str = "Note.md", *, unsafe: bool = False, vault: Place | None = None) -> str:
    """One note's text, what is safe (and `unsafe`) to mend mended; `path` and `vault` as in `check_text`."""
    result = fix_text_with(text_settings(vault), text, path, _at_least(unsafe=unsafe), alone=vault is None)
    return result.changed[0].after if result.changed else text


def format_text(text: str, path: str = "Note.md", *, vault: Place | None = None) -> str:
    """One note's text, tidied as `vaultlint format` does; `path` and `vault` as in `check_text`."""
    result = fix_text_with(text_settings(vault, within=FORMAT_PACK), text, path, alone=vault is None)
    return result.changed[0].after if result.changed else text


def check_text_with(
    settings: Settings, text: str, path: str, *, alone: bool = False, debug: bool = False, known: Known | None = None
) -> Report:
    """As `check_text`, with settings at hand; `alone`: there is no vault. What is `known` is left out."""
    with no_gc():
        run = _text_run(settings, text, path, alone=alone, debug=debug, known=known)
        return run.report(run.judge())


def fix_text_with(
    settings: Settings,
    text: str,
    path: str,
    at_least: Applicability = Applicability.SAFE,
    *,
    alone: bool = False,
    debug: bool = False,
    known: Known | None = None,
) -> FixResult:
    """As `fix_text`, with settings at hand; nothing is written. What is `known` is left as it is."""
    with no_gc():
        run = _text_run(settings, text, path, alone=alone, debug=debug, known=known)
        return fix_run(run, at_least, write=False)


def text_settings(vault: Place | None, *, within: str = "") -> Settings:
    """The settings of a vault, or the recommended ones where there is none; `within` as in `load_settings`."""
    if vault is not None:
        return load_settings(find_root(Path(vault)), installed_rules(), within=within)
    # A folder of our own, for it has no config.
    settings = load_settings(Path(__file__).parent, installed_rules(), within=within)
    return structs.replace(settings, root=Path.cwd())


def _text_run(settings: Settings, text: str, path: str, *, alone: bool, debug: bool, known: Known | None) -> VaultRun:
    if alone:
        kinds = (NoteRule, RunRule)
        rules = tuple(one for one in settings.rules if issubclass(settings.ruleset.load(one.name), kinds))
        settings = structs.replace(settings, rules=rules, narrowed=True)
    run = VaultRun(settings, [path], texts={path: text}, alone=alone, debug=debug, known=known)
    run.examine(None, 1, None)
    return run


def _check_url(
    url: str, paths: Iterable[Place] | None, known: object, jobs: int | None, executor: Executor | None
) -> Report:
    from vaultlint.engine.remote import remote_vault, within

    if known is not None:
        raise UserError(f"'{masked(url)}' is a URL: there is no git, and no baseline of a vault there")
    wanted = None if paths is None else within(url, [os.fspath(one) for one in paths])
    with remote_vault(url) as remote:
        settings = remote.settings(installed_rules())
        return check_vault(settings, paths=wanted, jobs=jobs, executor=executor, remote=remote)


def _settings(path: Place, paths: Iterable[Place] | None, *, within: str = "") -> tuple[Settings, list[str] | None]:
    if is_url(path):
        raise UserError(f"'{masked(str(path))}' is a URL, where a vault is only checked: copy it to a folder first")
    root = find_root(Path(path))
    settings = load_settings(root, installed_rules(), within=within)
    if paths is not None:
        return settings, [_relative(one, root) for one in paths]
    relative = _relative(path, root)
    return settings, None if relative == "." else [relative]


def _known(settings: Settings, since: str | None, baseline: Place | None) -> Known | None:
    """Effect: asks git, reads the baseline. What is not to be told; raises `UserError`."""
    known: list[Known] = []
    if since is not None:
        from vaultlint.engine.since import Since

        known.append(Since.of(settings, since))
    if baseline is not None:
        from vaultlint.engine.baseline import Baseline
        from vaultlint.engine.baseline_file import BaselineFile

        name = os.fspath(baseline)
        remedy = shlex.join(["vaultlint", "check", "--baseline", name, "--baseline-update", str(settings.root)])
        counts = BaselineFile(name, str(settings.root)).read()
        known.append(Baseline(counts, settings.ruleset.current, remedy))
    return together(known)


def _relative(path: Place, root: Path) -> str:
    relative = os.path.relpath(path, root).replace(os.sep, "/")
    if relative == ".." or relative.startswith("../"):
        raise UserError(f"'{os.fspath(path)}' is not in the vault '{root}'")
    return relative


def _at_least(*, unsafe: bool) -> Applicability:
    return Applicability.UNSAFE if unsafe else Applicability.SAFE
