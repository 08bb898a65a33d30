"""What a run over one vault prints, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.cli.notices import tell_notices
from vaultlint.cli.patch import write_patch
from vaultlint.engine.values import FixResult, Suppressed
from vaultlint.report import summary
from vaultlint.report.escape import shown_path
from vaultlint.report.style import COLOURED, PLAIN, Style

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import TypeAlias

    from vaultlint.cli.asked import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.config.settings import Settings
    from vaultlint.engine.report_files import ReportFiles
    from vaultlint.engine.values import Report
    from vaultlint.report.views import ReadNote

    Done: TypeAlias = FixResult | Suppressed
    """What a run did to notes before it told what is left."""

_FOR_PEOPLE = ("full", "concise")


class Printer:
    """Prints as the flags of the call say, and makes the reports for files."""

    def __init__(
        self, vault: Vault, settings: Settings | None, arguments: CheckArguments, output: Output, files: ReportFiles
    ) -> None:
        """`settings`: `None` where they need not be known, for the format names no rule but by its findings."""
        self._vault = vault
        self._settings = settings
        self._arguments = arguments
        self._output = output
        self._files = files
        self._style = COLOURED if output.colours(arguments.color) else PLAIN

    def files(self, notes: Iterable[str]) -> None:
        """Effect: prints notes, one a line, from the current folder."""
        prefix = self._vault.prefix()
        self._output.write("".join([f"{shown_path(prefix + path)}\n" for path in notes]))

    def report(self, report: Report, read: ReadNote, fixed: Done | None = None) -> None:
        """Effect: prints findings in the format asked for, then what closes a report for people.

        `fixed` is what the run mended or hid before, if it was asked to.
        """
        self._notices(report, fixed.proofs if fixed is not None else {})
        form = self._arguments.output_format
        if form in _FOR_PEOPLE:
            self._output.write(self._shown(report, read, fixed))
        else:
            self._output.write_bytes(self._data(form, report, read))
        self._to_files(report, read, fixed)

    def note(self, text: str, result: FixResult, read: ReadNote) -> None:
        """Effect: prints a mended note on standard output, and what is left to do on standard error."""
        self._notices(result.report, result.proofs)
        self._output.write_bytes(text.encode())
        form = self._arguments.output_format
        if form in _FOR_PEOPLE:
            self._output.tell_shown(self._shown(result.report, read, result))
        else:
            self._output.tell_shown(self._data(form, result.report, read).decode())
        self._to_files(result.report, read, result)

    def diff(self, result: FixResult) -> None:
        """Effect: prints the patch on standard output, and its size on standard error."""
        self._notices(result.report, result.proofs)
        write_patch(result.changed, self._vault, self._output)
        if not self._arguments.quiet:
            self._output.tell_shown(summary.fixed(result.fixed, len(result.changed), written=False))

    def notice(self, text: str) -> None:
        """Effect: prints a line on standard error, unless the call wants none."""
        if not self._arguments.quiet:
            self._output.tell(f"vaultlint: {text}")

    def _to_files(self, report: Report, read: ReadNote, fixed: Done | None) -> None:
        """Make the reports for files: what standard output would hold in that format, without colours."""
        for form in self._files.formats:
            if form in _FOR_PEOPLE:
                text = self._text(form, report, read, fixed, PLAIN, None)
                self._files.add(form, text.encode("utf-8"))
            else:
                self._files.add(form, self._data(form, report, read))

    def _data(self, form: str, report: Report, read: ReadNote) -> bytes:
        """What programs read."""
        from vaultlint.report.formats import data
        from vaultlint.report.views import ReportContext
        from vaultlint.rule.registry import RuleSet

        context = ReportContext(
            read=read,
            ruleset=self._settings.ruleset if self._settings is not None else RuleSet(),
            ran=[setting.name for setting in self._settings.rules] if self._settings is not None else [],
            prefix=self._vault.prefix(self._vault.work_tree()),
            tell=self.notice,
        )
        return data(form, report, context)

    def _shown(self, report: Report, read: ReadNote, fixed: Done | None) -> str:
        """What people read on standard output."""
        form = "statistics" if self._arguments.statistics else self._arguments.output_format
        return self._text(form, report, read, fixed, self._style, self._output.width)

    def _text(
        self, form: str, report: Report, read: ReadNote, fixed: Done | None, style: Style, width: int | None
    ) -> str:
        """Findings or their counts, and the closing lines."""
        prefix = self._vault.prefix()
        if form == "statistics":
            from vaultlint.report.statistics import statistics

            body = statistics(report, style=style)
        elif form == "concise":
            from vaultlint.report.concise import concise

            body = concise(report, prefix=prefix, style=style)
        else:
            from vaultlint.report.full import WIDTH, full

            body = full(report, read, prefix=prefix, style=style, width=width or WIDTH)
        if self._arguments.quiet:
            return body
        if fixed is None:
            return body + summary.closing(report, style=style)
        did = _did(fixed)
        if fixed.run:
            did += f"`vaultlint undo {fixed.run}` takes this back.\n"
        return body + did + summary.closing(report, style=style, left=True)

    def _notices(self, report: Report, proofs: Mapping[str, float]) -> None:
        """Effect: prints on standard error what is no fault of a note, and with `--debug` what took time."""
        asked = self._arguments
        tell_notices(report, proofs, self._vault, self._output, quiet=asked.quiet, debug=asked.debug)


def _did(done: Done) -> str:
    """In one line, what a run did to notes."""
    if isinstance(done, FixResult):
        return summary.fixed(done.fixed, len(done.changed), written=True)
    return summary.suppressed(done.comments, len(done.changed), len(done.report.diagnostics), done.noted)
