"""Print how long the talks of a vault are, and what is wrong with those that can't be counted.

python examples/talks_as_objects.py examples/faults
"""

import sys
from datetime import timedelta

from pydantic import BaseModel, ConfigDict, Field

import vaultlint


class Talk(BaseModel):
    """A note about a talk: properties that it does not name are let pass."""

    model_config = ConfigDict(frozen=True)

    video: str = Field(alias="videoId", min_length=1)
    duration: timedelta | None = None


def main(folder: str) -> None:
    """A line for each note that names its video, then the sum."""
    vault = vaultlint.Vault.open(folder)
    total = timedelta()
    for talk in vaultlint.load(vault, Talk, vault.query(has="videoId")):
        if isinstance(talk, vaultlint.Problem):
            for fault in talk.diagnostics:
                print(f"{talk.path}:{fault.position.line}: {fault.message}")
            continue
        print(f"{talk.path}: {talk.value.duration or 'length unknown'}")
        total += talk.value.duration or timedelta()
    print(f"in all: {total}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "seeds")
