"""What a run over one vault prints, and where."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vaultlint.report import summary
from vaultlint.report.escape import shown_path, visible_lines
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

    def report(self, report: Report, read: ReadNote, fixed: FixResult | None = None) -> None:
        """Effect: prints findings in the format asked for, then what closes a report for people.

        `fixed` is what the run mended before, if it was asked to.
        """
        self._notices(report)
        data = self._data(report, read)
        if data is None:
            self._output.write(self._text(report, read, fixed))
        else:
            self._output.write_bytes(data)

    def note(self, text: str, result: FixResult, read: ReadNote) -> None:
        """Effect: prints a mended note on standard output, and what is left to do on standard error."""
        self._notices(result.report)
        self._output.write_bytes(text.encode())
        data = self._data(result.report, read)
        self._output.tell_shown(self._text(result.report, read, result) if data is None else data.decode())

    def diff(self, result: FixResult) -> None:
        """Effect: prints the patch on standard output, and its size on standard error."""
        from vaultlint.report.diff import unified_diff

        self._notices(result.report)
        # Where the vault lies below the current folder, the patch applies there; elsewhere in the vault itself.
        prefix = self._vault.prefix()
        below = "" if prefix.startswith("../") or Path(prefix).is_absolute() else prefix
        patch = "".join([unified_diff(below + note.path, note.before, note.after) for note in result.changed])
        if self._output.is_terminal:
            self._output.write(visible_lines(patch))
        else:
            self._output.write_bytes(patch.encode("utf-8", "surrogateescape"))
        if not self._arguments.quiet:
            self._output.tell_shown(summary.fixed(result.fixed, len(result.changed), written=False))

    def notice(self, text: str) -> None:
        """Effect: prints a line on standard error, unless the call wants none."""
        if not self._arguments.quiet:
            self._output.tell(f"vaultlint: {text}")

    def _data(self, report: Report, read: ReadNote) -> bytes | None:
        """What programs read; `None` where a format for people is asked for."""
        form = self._arguments.output_format
        if form == "json":
            from vaultlint.report.json_report import json

            return json(report, read)
        if form == "jsonl":
            from vaultlint.report.json_report import jsonl

            return jsonl(report, read)
        if form == "github":
            from vaultlint.report.github import github

            return github(report, prefix=self._vault.prefix(self._vault.work_tree())).encode()
        return None

    def _text(self, report: Report, read: ReadNote, fixed: FixResult | None) -> str:
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
        if self._arguments.quiet:
            return body
        if fixed is None:
            return body + summary.closing(report, style=style)
        did = summary.fixed(fixed.fixed, len(fixed.changed), written=True)
        if fixed.backup:
            did += f"The text from before is kept in {shown_path(fixed.backup)}.\n"
        return body + did + summary.closing(report, style=style, left=True)

    def _notices(self, report: Report) -> None:
        """Effect: prints on standard error what is no fault of a note."""
        if not self._arguments.quiet:
            for notice in report.notices:
                self._output.tell(f"vaultlint: {notice}", lines=self._arguments.debug)
        if self._arguments.debug:
            times = ", ".join(f"{phase} {seconds:.3f} s" for phase, seconds in report.timings.items())
            self._output.tell(f"vaultlint: {times}")
