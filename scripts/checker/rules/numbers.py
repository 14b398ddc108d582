"""N001: figures are the same in both languages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from checker import figures
from checker.document import Block, Note, by_language
from checker.figures import Figure
from checker.pair import Pair, tell
from checker.registry import pair_rule
from content.findings import Hit
from content.model import TEXT_KEYS


def figures_of(block: Block, locale: str) -> list[Figure]:
    """The figures of a block, words marked with their language read in that language."""
    return [figure for lang, text in by_language(block, locale) for figure in figures.read(text, lang)]


@pair_rule("N001")
def different_figures(pair: Pair) -> Iterator[Hit]:
    """Both languages say the same numbers, dates, amounts, percentages, articles: in each paragraph, item or cell."""
    for en, fr in pair.rows:
        alone = zip_longest(*figures.differences(figures_of(en, "en"), figures_of(fr, "fr")))
        yield from tell(pair, ((_mark(en, a, b), _mark(fr, b, a)) for a, b in alone), lines=(en.line, fr.line))
    for key in (key for key in TEXT_KEYS if key in pair.en.page.meta and key in pair.fr.page.meta):
        here, there = figures.compare(*(str(sheet.page.meta.get(key) or "") for sheet in (pair.en, pair.fr)))
        if here or there:
            line = pair.fr.page.meta_lines.get(key, 1)
            yield pair.en.meta_hit(key, f"the {key}: {both(here, there)} (line {line}): make them the same")


def _mark(block: Block, figure: Figure | None, twin: Figure | None) -> Note | None:
    """A figure as it is written, with what it says where the other is written alike: 1,234 is 1.234 in French."""
    if figure is None:
        return None
    text = figure.text
    if twin and figures.plain(text) == figures.plain(twin.text):
        value = figure.value if isinstance(figure.value, str) else f"{float(figure.value):.12g}"
        text = f"{text} ({f'{value} {figure.unit}'.rstrip()})"
    return Note(text, *block.place(figure.start))


def both(here: Sequence[Figure], there: Sequence[Figure]) -> str:
    """What is said of figures that each language has alone."""
    texts = [", ".join(f"'{figure.text}'" for figure in side) or "nothing" for side in (here, there)]
    return f"{texts[0]} here, {texts[1]} in French"
