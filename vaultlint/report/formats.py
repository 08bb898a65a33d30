"""The formats that programs read, by name: one table for standard output, for files and for pipelines."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from vaultlint.report.azure import azure
from vaultlint.report.github import github
from vaultlint.report.gitlab import gitlab
from vaultlint.report.json_report import json, jsonl
from vaultlint.report.junit import junit
from vaultlint.report.rdjson import rdjson
from vaultlint.report.sarif import sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from vaultlint.report.views import ReportContext, ReportView

    Make: TypeAlias = Callable[[ReportView, ReportContext], bytes]

DATA: Mapping[str, Make] = MappingProxyType(
    {
        "json": lambda report, context: json(report, context.read),
        "jsonl": lambda report, context: jsonl(report, context.read),
        "github": github,
        "azure": azure,
        "sarif": sarif,
        "junit": junit,
        "gitlab": gitlab,
        "rdjson": rdjson,
    }
)
"""Name -> how a report of one vault is made in it."""

OF_ONE_VAULT = frozenset(("json", "jsonl", "sarif", "junit", "gitlab", "rdjson"))
"""Those that are one document, or name notes from the vault: they can't tell of several vaults."""


def data(form: str, report: ReportView, context: ReportContext) -> bytes:
    """A report of one vault in a format of `DATA`."""
    return DATA[form](report, context)
