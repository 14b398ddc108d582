"""The kinds of fault, see plant.py: those that change a place of a file are rows of kinds.yml, others are functions.

Those that change some characters of a text are in texts.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import texts
import yaml
from world import Plant, World, fault, register

from checker.project import ParsedPage
from checker.rules.language import is_name, plain_words, sentences
from content.locales import OTHER

CITATION = re.compile(r"\[\^([\w-]+)\]")

# What the rows of kinds.yml call files; any other name is that of a file.
FILES = {
    "pages": "docs/*/**/*.md",
    "en": "docs/en/**/*.md",
    "fr": "docs/fr/**/*.md",
    "cases": "docs/*/cases/[!i]*.md",
    "cited": "docs/*/[clft]*/**/[!i]*.md",
    "templates": "overrides/**/*.html",
    "data": "data/*.yml",
    "sources": "data/sources.yml",
}


def fillers(world: World, file: str) -> dict[str, str]:
    """What the words in capitals of a template stand for, in a file: ways to other pages, sources, a count."""
    locale = "fr" if file.startswith("docs/fr/") else "en"
    other = OTHER[locale] + "/"
    sources = world.project.sources
    return {
        "BYTE": "\udce9",  # written as the byte E9
        "TOP": "../" * (file.count("/") - 2),
        "HOME": "../" * (file.count("/") - 1) + other,
        "SOURCE": world.random.choice(sorted(sources)),
        "DOUBTFUL": next((source.id for source in sources.values() if source.caution), ""),
        "COUNT": "A count: 7,654 (2003)." if locale == "en" else "Un compte\u00a0: 7\u202f654 (2003).",
    }


def translation_of(file: str) -> str:
    """The same page in the other language."""
    docs, locale, path = file.split("/", 2)
    return f"{docs}/{OTHER[locale]}/{path}"


def changed(world: World, file: str, found: re.Pattern[str], nth: int, how: str, template: str) -> Plant | None:
    """A match of a file changed; None where the other language has no match that corresponds, or the same text."""
    text = world.text(file)
    matches = list(found.finditer(text))
    match = matches[nth]
    if how != "one":
        others = list(found.finditer(world.text(translation_of(file))))
        if len(others) != len(matches):
            return None
        template = others[nth][0].replace("\\", r"\\") if how == "twin" else template
        said = re.sub(r"^\w+: |^#+ | \{ #.*", "", template)
        if how == "twin" and is_name(said, world.project.known.same):
            return None
    if how != "twin":
        for word, filler in fillers(world, file).items():
            template = template.replace(word, filler)
    new = texts.changed(match, template)
    if new == match[0]:
        return None
    whole = text[: match.start()] + new + text[match.end() :]
    start = match.start("at") if "at" in found.groupindex else match.start()
    line = text.count("\n", 0, start) + 1
    if file.startswith("data/"):  # the line on which its record begins
        line = max((n for n, row in enumerate(text.split("\n")[:line], 1) if row.startswith("- ")), default=line)
    return Plant({file: whole.encode(errors="surrogateescape")}, file, line)


def places(world: World, files: str, how: str, expression: str, template: str) -> Iterator[Plant]:
    """The places of some files that an expression matches, in random order, each changed in one language or in both."""
    found = re.compile(expression, re.MULTILINE)
    names = sorted(path.relative_to(world.root).as_posix() for path in world.root.glob(FILES.get(files, files)))
    for file, nth in world.shuffled(
        (name, n) for name in names for n, _ in enumerate(found.finditer(world.text(name)))
    ):
        plant = changed(world, file, found, nth, how, template)
        twin = changed(world, translation_of(file), found, nth, how, template) if plant and how == "both" else plant
        if plant and twin:
            yield replace(plant, changes=plant.changes | twin.changes)


for name, codes, follow, *how in yaml.safe_load(Path(__file__).with_name("kinds.yml").read_text(encoding="utf-8")):
    register(name, codes, follow, places, **dict(zip(("files", "how", "expression", "template"), how, strict=True)))


# ---------------------------------------------------------------- pages and addresses


@fault("P001", "L S002 D003 N002 N003")
def page_without_translation(world: World) -> Iterator[Plant]:
    for parsed in world.parsed(kind="case"):
        yield Plant({parsed.file: None}, world.twin(parsed).file, 1)


@fault("R001", "L002 R002 D003 D014 M010 X")
def address_lost(world: World) -> Iterator[Plant]:
    published = world.text("data/published.txt").split("\n") if (world.root / "data/published.txt").exists() else []
    for plant in places(world, "pages", "both", r"^##+ .*(?= \}$)", r"\g<0>-x"):
        id = world.text(plant.file).split("\n")[plant.line - 1].split("#")[-1].split()[0]
        address = f"{plant.file.split('/', 2)[2]}#{id}"
        if address in published:
            yield replace(plant, file="data/published.txt", line=published.index(address) + 1)


# ---------------------------------------------------------------- tables and citations


@fault("P002", "N P S")
def table_column_missing(world: World) -> Iterator[Plant]:
    for parsed in world.parsed():
        found = re.finditer(r"^\|(?:.*\|){3,}\n(?:\|.*\n)+", world.text(parsed.file), re.MULTILINE)
        for match in world.shuffled(found)[:1]:
            start = world.text(parsed.file).count("\n", 0, match.start()) + 1
            cut = [line.rstrip(" |").rsplit("|", 1)[0] + "|" for line in match[0].splitlines()]
            yield world.lines(parsed, start, start + len(cut), *cut)


@fault("P009", "S N T")
def citation_in_another_section(world: World) -> Iterator[Plant]:
    for parsed in world.parsed():
        cited = [(s, b) for s in parsed.doc.sections for b in s.blocks if b.citations and b.line == b.end]
        if len({s.id for s, _ in cited}) > 1:
            section, block = world.random.choice(cited)
            other = world.random.choice([b for s, b in cited if s.id != section.id and b.kind != "cell"] or [block])
            if other is not block:
                mark = f"[^{block.citations[0].text}]"
                lines = world.text(parsed.file).split("\n")
                lines[block.line - 1] = lines[block.line - 1].replace(mark, "", 1)
                lines[other.line - 1] += mark
                yield Plant({parsed.file: "\n".join(lines).encode()}, parsed.file, block.line)


def citing(world: World, sources: list[str]) -> Iterator[Plant]:
    """A case of both languages that cites the first of two sources once, and the second wherever it cites any."""
    first, others = sources[:2]

    def cited(parsed: ParsedPage) -> Plant:
        text = CITATION.sub(f"[^{others}]", world.text(parsed.file)).replace(f"[^{others}]", f"[^{first}]", 1)
        return Plant({parsed.file: text.encode()}, parsed.file, 1)

    yield from (world.both(parsed, cited) for parsed in world.parsed(kind="case"))


@fault("S005", "S P009")
def case_with_one_source(world: World) -> Iterator[Plant]:
    yield from citing(world, [world.random.choice(sorted(world.project.sources))] * 2)


@fault("S005", "S P009")
def case_with_one_publisher(world: World) -> Iterator[Plant]:
    sources = world.project.sources.values()
    publishers = Counter(source.publisher for source in sources)
    publisher = world.random.choice([name for name, count in publishers.items() if count > 1])
    yield from citing(world, [source.id for source in sources if source.publisher == publisher])


CITED_KINDS = ("case", "lever", "theme", "framework")
# A figure: neither a year, nor the number of a day, an article, a law or a recital.
FIGURE = re.compile(r"[€£$]\d|\d(?=\u00a0?%)|(?<![\w.,\u202f-])\d{1,3}[,\u202f]\d{3}\b|(?<=\d) (?:million|billion)\b")


@fault("S009 D009", "P S")
def citations_of_a_figure_missing(world: World) -> Iterator[Plant]:
    """From a paragraph, an item or a table row; not where the paragraph above cites for the whole list or table."""
    for parsed, block in world.blocks("en", "paragraph item cell"):
        row = [b for b in parsed.blocks if b.line == block.line]
        above = [b for b in parsed.blocks if b.line < block.line and b.kind in ("paragraph", "heading", "header")]
        introduced = any(b.citations or b.text.startswith(world.project.known.steps) for b in above[-1:]) or any(
            b.citations for b in parsed.blocks if b.kind == "header" and above and b.line == above[-1].line
        )
        ours = any(word in b.text for word in world.project.known.ours for b in row)
        if parsed.kind not in CITED_KINDS or not FIGURE.search(block.text) or block.text.endswith(":") or ours:
            continue

        def without(s: ParsedPage, n: int = block.line) -> Plant:
            return world.lines(s, n, n + 1, CITATION.sub("", world.line(s, n)))

        if any(b.citations for b in row) and (block.kind == "paragraph" or not introduced):
            yield world.both(parsed, without)


# ---------------------------------------------------------------- language


@fault("T001", "N P S009 T01")
def paragraph_in_the_wrong_language(world: World) -> Iterator[Plant]:
    for parsed, block in world.blocks(kinds="paragraph"):
        others = [b for b in world.twin(parsed).blocks if b.kind == "paragraph" and len(plain_words(b.text)) >= 3]
        if others and not block.inside:
            yield world.lines(parsed, block.line, block.line + 1, world.random.choice(others).text)


@fault("T001", "N P T01")
def sentence_in_the_wrong_language(world: World) -> Iterator[Plant]:
    for parsed, block in world.blocks(kinds="paragraph item"):
        others = [
            sentence
            for b in world.twin(parsed).blocks
            if b.kind == "paragraph" and b.unmarked == b.text
            for _, sentence in sentences(b.text)
            if len(plain_words(sentence)) >= 4 and sentence.endswith(".")
        ]
        text = world.line(parsed, block.line)
        if others and block.text.endswith("."):
            yield world.lines(parsed, block.line, block.line + 1, f"{text} {world.random.choice(others)}")
