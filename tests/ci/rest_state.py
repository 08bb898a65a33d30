"""What the played service holds, and how it can be made to fail."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = Any
DOCUMENTATION = "https://docs.github.com/rest"


@dataclass
class Fault:
    """How calls that match go wrong: `times` of them, from the next one on."""

    match: str
    status: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    after: bool = False
    """The call is carried out first."""
    cut: bool = False
    """The connection ends in the middle of the answer."""
    times: int = 1


@dataclass
class State:
    token: str = "ghs_0123456789abcdefghijklmnopqrstuvwxyz"
    viewer: dict[str, Json] = field(default_factory=lambda: user("github-actions[bot]", 41898282))
    permissions: set[str] = field(default_factory=lambda: {"pull-requests: write", "contents: write"})
    reviews: list[dict[str, Json]] = field(default_factory=list)
    comments: list[dict[str, Json]] = field(default_factory=list)
    refused_lines: set[tuple[str, int]] = field(default_factory=set)
    """Lines that the service does not take, though they are in the diff."""
    without_patch: set[str] = field(default_factory=set)
    """Files whose diff is too large to be shown."""
    calls: list[str] = field(default_factory=list)
    """`POST /repos/owner/vault/pulls/7/reviews`, in order; those that failed too."""
    violations: list[str] = field(default_factory=list)
    """What calls had wrong that could never be right at the service."""


class Refused(Exception):  # noqa: N818  an answer, not a fault
    """An answer that is no success."""

    def __init__(self, status: int, message: str, errors: list[Json] | None = None) -> None:
        super().__init__(status, message)
        self.status = status
        more = {"errors": errors} if errors is not None else {}
        self.body = {"message": message, **more, "documentation_url": DOCUMENTATION, "status": str(status)}


def user(login: str, number: int) -> dict[str, Json]:
    return {"login": login, "id": number, "type": "Bot" if login.endswith("[bot]") else "User"}
