from __future__ import annotations

from collections.abc import Callable
from typing import Any

Check = Callable[..., Any]


def test_only_new(pull: Check) -> None:
    """A pull request is told what it breaks, and not what was broken before."""
    job = pull({"Old.md": "[[Nowhere]]\n"}, {"New.md": "Read\n[[Nobody]]\n"})

    outcome = job.run()
    print("\n".join(outcome.log), outcome.statuses)

    assert [("New.md", "2", "no file named 'Nobody'")] == [
        (one.properties["file"], one.properties["line"], one.data) for one in outcome.shown("error", "warning")
    ]
    assert ("1", "1", "0", "1") == tuple(outcome.outputs[name] for name in ("new", "known", "errors", "warnings"))
    assert outcome.failed
