"""`vaultlint ci github`: a workflow's whole job, from the commit to compare with to the exit status."""

from __future__ import annotations

import hashlib
import tempfile
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from vaultlint.ci import autofix, outputs
from vaultlint.ci.annotations import Remark, commands, log
from vaultlint.ci.base import COMPARED, Base, base_of
from vaultlint.ci.job_summary import LIMIT, Page, blob_url, job_summary, totals
from vaultlint.ci.suggest import suggest
from vaultlint.ci.worth import Worth
from vaultlint.engine.check import VaultRun, no_gc
from vaultlint.engine.fix import fix_run
from vaultlint.engine.reader import NoteReader, NoteReadError
from vaultlint.engine.report_files import ReportFileError, ReportFiles
from vaultlint.git import trees
from vaultlint.git.door import Git, GitError
from vaultlint.note.source import NoteDecodeError, decode
from vaultlint.report.summary import counted
from vaultlint.rule.errors import UserError
from vaultlint.rule.fix import Applicability

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from vaultlint.ci.event import Job
    from vaultlint.config.settings import Settings
    from vaultlint.engine.known import Known
    from vaultlint.engine.values import Report
    from vaultlint.report.views import ReadNote
    from vaultlint.rule.finding import Diagnostic, Severity


class Wanted(Struct, frozen=True):
    """What a job is to do."""

    settings: Settings
    paths: Sequence[str] | None
    """As in `check_vault`."""
    since: str | None
    """A commit to compare with instead of the one that the event tells."""
    compare: Callable[[str | None], Known | None]
    """What is known, given the commit to compare with; raises `UserError`."""
    fail_on: Severity | None
    suggestions: bool
    autofix: str
    """`off`, `patch` or `commit`."""
    files: Sequence[tuple[str, str]]
    """Reports to write: format of `report.formats.DATA`, and file."""
    fixing: Sequence[str]
    """The words of a call that mends the same findings at a desk."""
    jobs: int | None = None
    debug: bool = False


class Outcome(Struct, frozen=True):
    """What a job prints, and whether it fails."""

    log: str
    commands: str
    failed: bool


def run_job(job: Job, wanted: Wanted, token: str) -> Outcome:
    """Effect: reads the vault, asks git and the service, and writes the files that the service reads.

    `token` ends the part of the log in which no line is a command. Raises `UserError` where the job can't be
    done; what the service refuses is a remark, never a failure.
    """
    git = _git(wanted.settings.root, job)
    try:
        base = base_of(git, job) if wanted.since is None else Base(wanted.since, f"compared with '{wanted.since}'")
        algorithm = trees.object_format(git) if git is not None else "sha1"
    except GitError as error:
        raise UserError(f"git can't be asked: {error}") from None
    files = _report_files(wanted.files)
    known = wanted.compare(base.commit)
    counting = _Counting(known) if known is not None else None
    run = VaultRun(wanted.settings, wanted.paths, debug=wanted.debug, digest=algorithm, known=counting)
    with no_gc():
        run.examine(None, wanted.jobs, None)
        report = run.report(run.judge())
    told = _JobRun(job, wanted, git, base, run, report, counting.count if counting is not None else 0)
    return told.outcome(files, token)


class _JobRun:
    """A job whose findings are known: what is left is to tell them."""

    def __init__(
        self, job: Job, wanted: Wanted, git: Git | None, base: Base, run: VaultRun, report: Report, known: int
    ) -> None:
        self._job = job
        self._wanted = wanted
        self._git = git
        self._base = base
        self._run = run
        self._report = report
        self._known = known
        self._read = _reader(run)
        self._prefix = git.prefix if git is not None else _prefix(wanted.settings.root, job)
        self._remarks = list(_first_remarks(job))
        self._folder: Path | None = None

    def outcome(self, files: ReportFiles, token: str) -> Outcome:
        """Effect: see `run_job`."""
        values = outputs.counts(self._report, self._known)
        values |= self._write(files)
        worth = Worth(self._before(), self._read)
        if self._wanted.suggestions and self._job.pull is not None and self._wanted.autofix != "commit":
            # Not beside commits: what is mended need not be suggested.
            self._remarks += suggest(self._job.pull, self._job, self._git, self._run, self._report, self._read)
        values |= self._autofix()
        self._say_outputs(values)
        self._say_summary(worth)
        told = totals(self._report, self._base.said, self._known)
        said = commands(self._report, worth, prefix=self._prefix, totals=told, remarks=self._remarks)
        failed = outputs.fails(self._report, self._wanted.fail_on)
        return Outcome(log(self._report, self._report.notices, prefix=self._prefix, token=token), said, failed)

    def _before(self) -> Mapping[str, str | None] | None:
        """The notes with findings as they were in the base."""
        if self._git is None or self._base.commit is None:
            return None
        commit = trees.commit(self._git, self._base.commit)
        paths = {found.path for found in self._report.diagnostics}
        try:
            listed = trees.tree(self._git, commit or self._base.commit, self._prefix)
            entries = [entry for entry in listed if entry.path in paths and entry.mode.startswith("100")]
            texts = map(_text, trees.blobs(self._git, [entry.id for entry in entries]))
            return dict(zip([entry.path for entry in entries], texts, strict=True))
        except GitError as error:
            self._remark("notice", f"which lines are new can't be told: {error}")
            return None

    def _write(self, files: ReportFiles) -> dict[str, str]:
        """Effect: writes the report in each format asked for. The outputs that tell where."""
        from vaultlint.report.formats import data
        from vaultlint.report.views import ReportContext

        settings = self._wanted.settings
        context = ReportContext(
            read=self._read,
            ruleset=settings.ruleset,
            ran=[setting.name for setting in settings.rules],
            prefix=self._prefix,
            tell=partial(self._remark, "notice"),
        )
        for form in files.formats:
            files.add(form, data(form, self._report, context))
        try:
            files.write()
        except ReportFileError as error:
            raise UserError(str(error)) from None
        values = {}
        if sarif := next((file for form, file in self._wanted.files if form == "sarif"), None):
            values["sarif"] = str(Path(sarif).absolute())
        if self._job.output_file is not None:
            values["report"] = str(self._put("report.json", data("json", self._report, context)))
        return values

    def _autofix(self) -> dict[str, str]:
        """Effect: makes a patch or a commit, if asked to. The outputs that tell of it."""
        if self._wanted.autofix == "off":
            return {}
        result = fix_run(self._run, Applicability.SAFE, write=False)
        if not result.changed:
            return {}
        originals = self._run.files.originals
        if self._wanted.autofix == "commit":
            self._remarks += autofix.commit(self._job, self._git, result.changed, originals)
            return {}
        file = self._put("vaultlint.patch", autofix.patch(result.changed, self._prefix, originals))
        mended = f"{counted(result.fixed, 'finding')} in {counted(len(result.changed), 'note')}"
        self._remark("notice", f"a patch mends {mended}: it is among the artifacts of the run, for `git apply`")
        # The name is one of a kind in a run: the service keeps no two artifacts of one name.
        known = hashlib.sha256(f"{self._job.name}\0{self._prefix}".encode("utf-8", "backslashreplace"))
        return {"patch": str(file), "artifact": f"vaultlint-patch-{known.hexdigest()[:8]}"}

    def _say_outputs(self, values: Mapping[str, str]) -> None:
        """Effect: writes outputs where the service looks for them."""
        if self._job.output_file is not None:
            _append(self._job.output_file, outputs.outputs(values))

    def _say_summary(self, worth: Worth) -> None:
        """Effect: writes the job's page where the service looks for it."""
        file = self._job.summary_file
        if file is None:
            return
        since = self._base.commit
        page = Page(
            lines=blob_url(self._job.server_url, self._job.repository, self._job.head_sha),
            prefix=self._prefix,
            compared=self._base.said,
            fixing=(*self._wanted.fixing, *(("--since", since) if since else ())),
            known=self._known,
        )
        room = LIMIT - (file.stat().st_size if file.exists() else 0)
        _append(file, job_summary(self._report, page, worth, self._remarks, room))

    def _put(self, name: str, data: bytes) -> Path:
        """Effect: writes a file into a folder of the job's own; where it is."""
        if self._folder is None:
            self._folder = Path(tempfile.mkdtemp(prefix="vaultlint-", dir=self._job.temp))
        file = self._folder / name
        file.write_bytes(data)
        return file

    def _remark(self, level: str, message: str) -> None:
        self._remarks.append(Remark(level, message))


class _Counting:
    """What is known, and how much of it there was."""

    def __init__(self, known: Known) -> None:
        self.count = 0
        self._known = known
        self._is_first = True

    def begin(self, run: VaultRun) -> None:
        """As `Known.begin`."""
        self._known.begin(run)

    def new(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """As `Known.new`; counts what is left out of the first judgement."""
        found = self._known.new(diagnostics, run)
        if self._is_first:
            self._is_first = False
            self.count = len(diagnostics) - len(found)
        return found

    def told(self, diagnostics: Sequence[Diagnostic], run: VaultRun) -> tuple[Diagnostic, ...]:
        """As `Known.told`."""
        return self._known.told(diagnostics, run)

    @property
    def digest(self) -> str:
        """As `Known.digest`."""
        return self._known.digest

    @property
    def notices(self) -> tuple[str, ...]:
        """As `Known.notices`."""
        return self._known.notices


def _git(root: Path, job: Job) -> Git | None:
    try:
        return Git.of(root)
    except GitError as error:
        if job.event in COMPARED:
            raise UserError(f"git can't be asked: {error}") from None
        return None


def _prefix(root: Path, job: Job) -> str:
    """What leads to a vault in no git repository, from where the service put the files: as `Git.prefix`."""
    if job.workspace is None or root == job.workspace or not root.is_relative_to(job.workspace):
        return ""
    return root.relative_to(job.workspace).as_posix() + "/"


def _report_files(wanted: Sequence[tuple[str, str]]) -> ReportFiles:
    """The files to write reports to; raises `UserError`."""
    from vaultlint.report.formats import DATA

    for form, _ in wanted:
        if form not in DATA:
            raise UserError(f"args: --output {form}=FILE is for people; formats here: {', '.join(DATA)}")
    return ReportFiles(wanted)


def _first_remarks(job: Job) -> list[Remark]:
    remarks = []
    if job.problem:
        remarks.append(Remark("warning", job.problem))
    if job.event == "pull_request_target":
        risk = "'pull_request_target' hands strangers' pull requests the rights of the repository"
        remarks.append(Remark("warning", f"{risk}: let this job run on 'pull_request'"))
    return remarks


def _reader(run: VaultRun) -> ReadNote:
    """The notes as they lie on disk: the run's own texts change with its fixes."""
    reader = NoteReader(run.files.root, run.settings.max_note_size, run.files.originals)

    @lru_cache(maxsize=64)
    def read(path: str) -> str | None:
        try:
            return _text(reader.read(path))
        except NoteReadError:
            return None

    return read


def _text(data: bytes) -> str | None:
    try:
        return decode(data)
    except NoteDecodeError:
        return None


def _append(file: Path, text: str) -> None:
    with file.open("a", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(text)
