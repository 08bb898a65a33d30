"""What a run over one vault prints, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultlint.report import summary
from vaultlint.report.escape import shown_path
from vaultlint.report.style import COLOURED, PLAIN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vaultlint.cli.arguments import CheckArguments
    from vaultlint.cli.output import Output
    from vaultlint.cli.places import Vault
    from vaultlint.engine.values import FixResult, Report
    from vaultlint.report.views import ReadNote


class Printer:
    """Prints as the flags of the call say."""

    def __init__(self, vault: Vault, arguments: CheckArguments, output: Output) -> None:
        self._vault = vault
        self._arguments = arguments
        self._output = output
        self._style = COLOURED if output.colours(arguments.color) else PLAIN

    def files(self, notes: Iterable[str]) -> None:
        """Effect: prints notes, one a line, from the current folder."""
        prefix = self._vault.prefix()
        self._output.write("".join([f"{shown_path(prefix + path)}\n" for path in notes]))

    def report(self, report: Report, read: ReadNote) -> None:
        """Effect: prints findings in the format asked for, then what closes a report for people."""
        form = self._arguments.output_format
        if form in ("json", "jsonl"):
            from vaultlint.report.json_report import json, jsonl

            self._output.write_bytes((json if form == "json" else jsonl)(report, read))
        elif form == "github":
            from vaultlint.report.github import github

            self._output.write(github(report, prefix=self._vault.prefix(self._vault.work_tree())))
        else:
            self._output.write(self.text(report, read))

    def text(self, report: Report, read: ReadNote) -> str:
        """What people read: findings or their counts, and the closing lines."""
        prefix, style = self._vault.prefix(), self._style
        if self._arguments.statistics:
            from vaultlint.report.statistics import statistics

            body = statistics(report, style=style)
        elif self._arguments.output_format == "concise":
            from vaultlint.report.concise import concise

            body = concise(report, prefix=prefix, style=style)
        else:
            from vaultlint.report.full import WIDTH, full

            body = full(report, read, prefix=prefix, style=style, width=self._output.width or WIDTH)
        return body if self._arguments.quiet else body + summary.closing(report, style=style)

    def fixed(self, result: FixResult) -> None:
        """Effect: says what was mended; on standard error where standard output is data."""
        if self._arguments.quiet:
            return
        text = summary.fixed(result.fixed, len(result.changed), written=True)
        if result.backup and result.changed:
            text += f"Their text from before is kept in {shown_path(result.backup)}.\n"
        if self._arguments.output_format in ("full", "concise"):
            self._output.write(text)
        else:
            self._output.tell_shown(text)

    def diff(self, result: FixResult) -> None:
        """Effect: prints the patch on standard output, and its size on standard error."""
        from vaultlint.report.diff import unified_diff
        from vaultlint.report.escape import visible_lines

        patch = "".join([unified_diff(note.path, note.before, note.after) for note in result.changed])
        if self._output.is_terminal:
            self._output.write(visible_lines(patch))
        else:
            self._output.write_bytes(patch.encode("utf-8", "surrogateescape"))
        if not self._arguments.quiet:
            self._output.tell_shown(summary.fixed(result.fixed, len(result.changed), written=False))

    def notices(self, report: Report) -> None:
        """Effect: prints on standard error what is no fault of a note."""
        if not self._arguments.quiet:
            for notice in report.notices:
                self._output.tell(f"vaultlint: {notice}", lines=self._arguments.debug)
        if self._arguments.debug:
            times = ", ".join(f"{phase} {seconds:.3f} s" for phase, seconds in report.timings.items())
            self._output.tell(f"vaultlint: {times}")
