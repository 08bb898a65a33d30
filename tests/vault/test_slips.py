"""Names a slip or two away: those that a look at every name would find, without that look."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from vaultlint.vault import slips
from vaultlint.vault.slips import Names

LETTERS = "abcé "


@st.composite
def slipped(draw: st.DrawFn, name: str) -> str:
    """A name after one slip or two: a letter too many, too few, another, or two changed about."""
    for _ in range(draw(st.integers(1, 2))):
        at = draw(st.integers(0, max(len(name) - 2, 0)))
        letter = draw(st.sampled_from(LETTERS))
        name = draw(
            st.sampled_from(
                [
                    name[:at] + letter + name[at:],
                    name[:at] + name[at + 1 :],
                    name[:at] + letter + name[at + 1 :],
                    name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :],
                ]
            )
        )
    return name


@given(st.data())
def test_nothing_that_is_near_is_missed(data: st.DataObject) -> None:
    """Whatever the slips, and wherever: the name is among those offered, or nearer ones are."""
    names = data.draw(st.lists(st.text(LETTERS, min_size=7, max_size=14), min_size=1, max_size=6, unique=True))
    wanted = data.draw(slipped(data.draw(st.sampled_from(names))))
    with pytest.MonkeyPatch.context() as patch:
        by_hand = Names(names).nearest(wanted)
        patch.setattr(slips, "_FEW", 0)

        assert by_hand == Names(names).nearest(wanted)


def one_slip(name: str) -> set[str]:
    """All that one slip makes of a name, with letters that it does not have."""
    places = range(len(name))
    return {
        *(name[:at] + "X" + name[at:] for at in (*places, len(name))),
        *(name[:at] + name[at + 1 :] for at in places),
        *(name[:at] + "X" + name[at + 1 :] for at in places),
        *(name[:at] + name[at + 1] + name[at] + name[at + 2 :] for at in places[:-1]),
    }


@pytest.mark.parametrize("name", ["abcde", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmn"])
def test_two_slips_leave_a_third(name: str) -> None:
    """All that two slips can make of a name of letters that are all different leads back to it."""
    thirds = slips._Thirds(len(name), [name])
    twice = {wanted for once in one_slip(name) for wanted in one_slip(once)}

    assert [wanted for wanted in twice if OSA.distance(name, wanted) <= 2 and name not in thirds.alike(wanted)] == []


def test_few_of_many_names_are_looked_at() -> None:
    """Of twenty thousand names of one shape, a handful is compared."""
    first = "abdefghiklmnoprstuvw"
    names = [
        f"{a}{b}{a} {c}{b}{a}{c} {d}{c}{d}" for a in first for b in first[:10] for c in first[:10] for d in first[:10]
    ]
    wanted = names[4321][:5] + names[4321][6:]

    choices = Names(names)._choices(wanted, 2)

    assert names[4321] in choices
    assert len(set(map(len, names))) == 1
    assert len(choices) < len(names) / 50


def test_names_that_look_alike_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is offered where more share a third than are worth a comparison; it is found where fewer do."""
    alike = [f"what was said on that day of {word}" for word in ("rain", "hail", "mist", "snow")]
    monkeypatch.setattr(slips, "_FEW", 1)

    assert alike[:1] == Names(alike).nearest("what was said on that day of raim")

    monkeypatch.setattr(slips, "_MOST_CHOICES", 3)

    assert [] == Names(alike).nearest("what was said on that day of raim")
    assert slips._Thirds(len(alike[0]), alike).alike(alike[0]) is None  # not even put together
