"""The records about instruments: what an authority can do, in which order to start, what it cost.

`load.py` makes them of `data/instruments.yml`, `data/start.yml` and `data/amounts.yml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from content.model import Translated

# What another country needs for an instrument: money and staff alone, European law, a law as the French one.
TRAVELS = ("money", "eu", "french")
# What a way to start begins from.
STARTS = ("situation", "reader", "budget")
# What an amount is counted in, and for what it is given.
MEASURES = ("EUR", "posts", "people", "hours", "days")
UNITS = (
    *("in-all", "year", "month", "project", "place", "post", "m2", "inhabitant", "contract", "organisation"),
    *("member", "person", "session", "share", "dwelling", "winner", "partner", "agreement"),
)


# What an amount may be kept out of, where it is unlike the others: the sums by inhabitant, the chart of costs; `kind`
# alone says that it is unlike those of its kind. Any of them sets it apart in the tables of the page of costs.
COMPARISONS = ("inhabitants", "chart", "kind")


@dataclass(frozen=True)
class Instrument:
    """Something an authority can do, of `data/instruments.yml`: a section of its lever's page, whose id it has.

    `takes` is what it costs in money and staff, `months` the time from decision to first effect (shortest, longest)
    where that is known. `law` names sections below `frameworks/` (`legal/powers.md#grants`). `travels` is one of
    TRAVELS: what another country would need for it.
    """

    id: str
    lever: str
    name: Translated
    use: Translated  # good for what
    takes: Translated
    first: Translated  # the first step
    months: tuple[int, int] | None
    risk: Translated
    who: tuple[str, ...]  # types of territory that may use it
    who_why: Translated | None
    law: tuple[str, ...]
    travels: str
    travels_why: Translated
    cases: tuple[str, ...]
    sources: tuple[str, ...]  # of what no page says
    line: int

    @property
    def page(self) -> str:
        """The address of its section: `levers/responsible-purchasing.md#social-clauses`."""
        return f"levers/{self.lever}.md#{self.id}"


@dataclass(frozen=True)
class Step:
    """One instrument of a way to start; the `reason` rests on these amounts, by id.

    `takes` is what the step alone takes, where that is less than the whole instrument. `case` is the slug of a case
    that shows this very step.
    """

    instrument: str
    reason: Translated | None
    takes: Translated | None
    case: str | None
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """A way to start, of `data/start.yml`: instruments in their order, for one section of the page `start/index.md`.

    The id is that of the section, which has the name and the advice in words; `group` is one of STARTS.
    """

    id: str
    group: str
    steps: tuple[Step, ...]
    line: int

    @property
    def instruments(self) -> tuple[str, ...]:
        return tuple(step.instrument for step in self.steps)


@dataclass(frozen=True)
class Amount:
    """Money, staff or time that something cost, of `data/amounts.yml`.

    `low` and `high` are the ends of a range, equal for one value, in `measure` (one of MEASURES) for each `unit`
    (one of UNITS). `said` are its words where it is no plain number ("some fifty"). `count` is what it paid for in
    all: (31, "place") for thirty-one places. `page` is the section that tells it. `apart` (of COMPARISONS): what it
    is kept out of, for others paid it, or it is a net cost, a saving, a value put on something, a sum only asked for.
    """

    id: str
    instrument: str | None
    kind: str
    what: Translated
    territory: str | None  # of data/territories.yml; else `where` is a name
    where: Translated
    low: float | None
    high: float | None
    measure: str
    unit: str
    said: Translated | None
    covers: Translated | None
    count: tuple[float, str] | None
    apart: tuple[str, ...]
    first_year: int | None
    last_year: int | None
    sources: tuple[str, ...]
    page: str
    line: int

    @property
    def paid_for(self) -> tuple[float, str]:
        """How many of what: thirty-one places; one of its unit where nothing is counted."""
        return self.count or (1, self.unit)
