"""Types of options."""

from __future__ import annotations

from typing import NewType

PropertyName = NewType("PropertyName", str)
"""The name of a property that a rule takes away or writes: not to be tried at random against other rules."""

NO_PROPERTY = PropertyName("")
"""No name: nothing is asked for."""
