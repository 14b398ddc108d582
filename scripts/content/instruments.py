"""The records about instruments: what an authority can do, in which order to start, what it cost.

`load.py` makes them of `data/instruments.yml`, `data/duties.yml`, `data/start.yml` and `data/amounts.yml`.
"""

from dataclasses import dataclass, field
from typing import Literal

from content.forms import IdOrName, OneOrEachLanguage, Range, Translated, Year, named, room
from content.record import Record

# What another country needs for an instrument: money and staff alone, European law, a law as the French one.
Travels = Literal["money", "eu", "french"]
# Whether an authority can begin it with what it has, or first needs a budget, volume or partners.
ToBegin = Literal["at_hand", "budget"]
# What an amount is given for.
_Time = Literal["in-all", "year", "month", "session"]
_Thing = Literal["project", "place", "post", "m2", "contract", "share", "dwelling", "agreement"]
_Who = Literal["inhabitant", "organisation", "member", "person", "winner", "partner"]
Unit = Literal[_Time, _Thing, _Who]
# What an amount may be kept out of, where it is unlike the others: the sums by inhabitant, or those of its kind alone.
# Either keeps it off the page of costs.
Comparison = Literal["inhabitants", "kind"]


@dataclass(frozen=True)
class Instrument(Record):
    """Something an authority can do, of `data/instruments.yml`: a section of its lever's page, whose id it has.

    `takes` is what it costs in money and staff, `months` the time until it is in place (shortest, longest)
    where that is known, `to_begin` whether it can be begun with what one has: our judgement. `law` names sections
    below `frameworks/` (`legal/powers.md#grants`). `travels` is what another country would need for it.
    """

    lever: str = field(metadata=named("levers"))
    name: Translated
    use: Translated = field(metadata=room(90, "characters"))  # good for what
    takes: Translated = field(metadata=room(90, "characters"))
    first: Translated = field(metadata=room(140, "characters"))  # the first step
    months: Range | None
    to_begin: ToBegin
    risk: Translated = field(metadata=room(90, "characters"))
    who_why: Translated | None = field(metadata=room(110, "characters"))  # in France: whose council may
    law: tuple[str, ...] = field(metadata=named("frameworks/{}"))
    duties: tuple[str, ...] = field(metadata=named("duties"))  # of a French council that uses it
    travels: Travels
    travels_why: Translated = field(metadata=room(110, "characters"))
    cases: tuple[str, ...] = field(metadata=named("cases/{}.md"))
    evaluated: Translated | None  # what was judged, where a finding is known
    sources: tuple[str, ...]  # of what no page says
    advised: bool | None  # false: the lever tells of it last, and of what to choose instead

    @property
    def page(self) -> str:
        """The address of its section: `levers/responsible-purchasing.md#social-clauses`."""
        return f"levers/{self.lever}.md#{self.id}"


@dataclass(frozen=True)
class Duty(Record):
    """What French law asks of a council that uses an instrument, or we advise, of `data/duties.yml`.

    `when` is the condition on which it is due: "above €23,000 a year:". `page` is the section that tells it in full.
    """

    when: Translated | None
    name: Translated = field(metadata=room(10, "words"))
    page: str = field(metadata=named("frameworks/{}"))

    def text(self, locale: str) -> str:
        """What to do, after its condition: "above €23,000 a year: sign a grant agreement before you pay"."""
        return f"{self.when[locale]} {self.name[locale]}" if self.when else self.name[locale]


@dataclass(frozen=True)
class Step:
    """One instrument of a way to start; the `reason` rests on these amounts, by id.

    `takes` is what the step alone takes, where that teaches something; `wrong`, what went wrong there. `case` is the
    slug of a case that shows this very step; `how`, the section that says how, where it is not that of the instrument.
    """

    instrument: str = field(metadata=named("instruments"))
    how: str | None = field(metadata=named("{}"))
    reason: Translated | None
    takes: Translated | None
    wrong: Translated | None
    case: str | None = field(metadata=named("cases/{}.md"))
    amounts: tuple[str, ...] = field(metadata=named("amounts"))


@dataclass(frozen=True)
class Start(Record):
    """A way to start, of `data/start.yml`: instruments in their order, for one section of the page `start/index.md`,
    `start/outside-france.md` or, if it begins from a budget, `start/budgets.md`.

    The id is that of the section, which has the name and the advice in words; `group` is what it begins from.
    """

    id: str = field(metadata=named("start/index.md#{}|start/budgets.md#{}|start/outside-france.md#{}"))
    group: Literal["situation", "reader", "budget"]
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Brief(Record):
    """What the two-page brief of a lever shows, of `data/briefs.yml`: amounts, by id, and cases, by slug."""

    id: str = field(metadata=named("levers"))
    amounts: tuple[str, ...] = field(metadata=named("amounts"))
    cases: tuple[str, ...] = field(metadata=named("cases/{}.md"))


@dataclass(frozen=True)
class Count:
    """How many of what an amount paid for: thirty-one places."""

    number: float
    unit: Unit


@dataclass(frozen=True)
class Amount(Record):
    """Money, staff or time that something cost, of `data/amounts.yml`.

    `low` and `high` are the ends of a range, equal for one value, in `measure` for each `unit`. `count` is what it
    paid for in all. `page` is the section that tells it. `apart`: what it is kept out of, for others paid it, or it is
    a net cost, a saving, a value put on something, a sum only asked for.
    """

    instrument: str | None = field(metadata=named("instruments"))
    kind: str
    what: Translated
    territory: IdOrName = field(metadata=named("territories", key="where"))  # else `where` is a name
    where: OneOrEachLanguage
    low: float
    high: float
    measure: Literal["EUR", "posts", "people", "jobs", "hours", "days"]
    unit: Unit
    covers: Translated | None
    count: Count | None
    apart: tuple[Comparison, ...]
    first_year: Year | None = field(metadata={"key": "from"})
    last_year: Year | None = field(metadata={"key": "to"})
    sources: tuple[str, ...]
    page: str = field(metadata=named("{}"))

    @property
    def year(self) -> int | None:
        """The last year that it is about."""
        return self.last_year or self.first_year

    @property
    def paid_for(self) -> Count:
        """What it paid for in all: one of its unit where nothing is counted."""
        return self.count or Count(1, self.unit)

    @property
    def is_cost(self) -> bool:
        """Whether it is money or staff, and no jobs, hours or days, which are what the money gave."""
        return self.measure in ("EUR", "posts", "people")
