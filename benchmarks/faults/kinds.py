"""The kinds of fault: each yields places for itself, in random order; see plant.py. Those of a text are in texts.py."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import yaml
from world import Plant, World, fault, register

from checker.document import Section
from checker.model import Sheet
from checker.rules import words
from content.model import OTHER

# ---------------------------------------------------------------- F, Y, M: files, YAML, front matter


def whole(world: World, change: Callable[[bytes], bytes], line: int = 1) -> Iterator[Plant]:
    for sheet in world.sheets():
        file = sheet.page.file
        yield Plant({file: change((world.root / file).read_bytes())}, file, line)


def is_name(world: World, text: str) -> bool:
    """Whether a title or heading may be the same in both languages."""
    return words.is_name(text, world.project.known.same if world.project.known else ())


@fault("F001", "L S002 P001")
def not_utf8(world: World) -> Iterator[Plant]:
    for place in world.matches("[éèà]", "fr"):
        text = world.text(place.sheet.page.file).encode()
        at = len("\n".join(world.text(place.sheet.page.file).split("\n")[: place.line - 1]).encode()) + 1
        at += len(world.line(place.sheet, place.line)[: place.at].encode())
        yield Plant({place.sheet.page.file: text[:at] + b"\xe9" + text[at + 2 :]}, place.sheet.page.file, place.line)


@fault("F002", "L S002")
def byte_order_mark(world: World) -> Iterator[Plant]:
    yield from whole(world, lambda data: b"\xef\xbb\xbf" + data)


@fault("F003", "L S002")
def crlf_line_ends(world: World) -> Iterator[Plant]:
    yield from whole(world, lambda data: data.replace(b"\n", b"\r\n"))


@fault("F004", "L S002")
def empty_file(world: World) -> Iterator[Plant]:
    yield from whole(world, lambda _: b"\n")


@fault("Y001", "L S002")
def broken_front_matter(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        yield world.meta(sheet, "title", "[A title: {")


@fault("Y002", "L S002")
def front_matter_key_twice(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        line = sheet.page.meta_lines["updated"]
        old = world.line(sheet, line)
        yield replace(world.lines(sheet, line, line + 1, old, old), line=line + 1)


@fault("Y002", "M004 M005 D004 D005 D011 S001 S002 L010 L002")
def data_key_twice(world: World) -> Iterator[Plant]:
    for file, key in (("sources", "publisher"), ("territories", "type"), ("glossary", "fr")):
        text = world.text(f"data/{file}.yml")
        for match in world.shuffled(re.finditer(rf"^  {key}: .*\n", text, re.MULTILINE))[:2]:
            changed = text[: match.end()] + match[0] + text[match.end() :]
            yield Plant(
                {f"data/{file}.yml": changed.encode()}, f"data/{file}.yml", text.count("\n", 0, match.end()) + 1
            )


@fault("Y001", "M004 M005 D004 D005 D011 S001 S002 L010 L002")
def broken_data(world: World) -> Iterator[Plant]:
    for file in ("sources", "territories", "glossary", "terms", "words"):
        text = world.text(f"data/{file}.yml")
        match = world.random.choice(list(re.finditer(r"(?m)^[ -]*\w+: (?:\{\w+: )?(?=\w)", text)))
        changed = text[: match.end()] + "{" + text[match.end() :]
        yield Plant({f"data/{file}.yml": changed.encode()}, f"data/{file}.yml", text.count("\n", 0, match.end()) + 1)


@fault("M001", "L S002")
def no_front_matter(world: World) -> Iterator[Plant]:
    yield from whole(world, lambda data: data.replace(b"---\n", b"", 1))


@fault("M002 M008", "D004 L005 S005 G001")
def missing_key(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        key = world.random.choice([key for key in sheet.page.meta if key != "kind"])
        yield replace(world.meta(sheet, key, None), line=1)


@fault("M002", "M005 M008 D004")
def empty_value(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        yield world.meta(sheet, world.random.choice(["title", "description", "updated"]), '""')


@fault("M003", "M002 M008 D004")
def misspelt_key(world: World) -> Iterator[Plant]:
    for sheet in world.sheets(kind="case"):
        key = world.random.choice(["territory", "levers", "status", "since"])
        yield world.meta(sheet, key, world.line(sheet, sheet.page.meta_lines[key]).split(": ", 1)[1], key + "s")


@fault("M004", "M008 M002 M003 G001 D004 L S")
def unknown_kind(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        yield world.meta(sheet, "kind", sheet.page.kind + "s")


def meta_fault(world: World, kind: str, key: str, value: str) -> Iterator[Plant]:
    """The same wrong value in both languages."""
    for sheet in world.sheets(kind=kind):
        yield world.both(sheet, lambda s: world.meta(s, key, value))


@fault("M006", "N001 T")
def long_description(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        yield world.meta(sheet, "description", '"' + "word " * 40 + '"')


@fault("M007 T001", "N001")
def untranslated_title(world: World) -> Iterator[Plant]:
    for sheet in world.sheets("fr"):
        if not is_name(world, str(world.twin(sheet).page.meta["title"])):
            yield world.meta(sheet, "title", f'"{world.twin(sheet).page.meta["title"]}"')


@fault("M007 T001", "N001")
def untranslated_description(world: World) -> Iterator[Plant]:
    for sheet in world.sheets("fr"):
        yield world.meta(sheet, "description", f'"{world.twin(sheet).page.meta["description"]}"')


@fault("M008", "S009")
def neutral_value_that_differs(world: World) -> Iterator[Plant]:
    for sheet in world.sheets(kind="case"):
        yield world.meta(sheet, "status_year", "1999")


@fault("P001", "L S002 G001 D005 D011 L010 N002 N003")
def page_without_translation(world: World) -> Iterator[Plant]:
    for sheet in world.sheets(kind="case"):
        yield Plant({sheet.page.file: None}, world.twin(sheet).page.file, 1)


# ---------------------------------------------------------------- H: headings

ID = re.compile(r" \{ #([a-z0-9-]+) \}$")


def headings(world: World, locale: str | None = None, level: int = 2) -> Iterator[tuple[Sheet, Section, str]]:
    found = [(s, h) for s in world.sheets(locale) for h in s.headings if h.level >= level]
    for sheet, heading in world.shuffled(found):
        yield sheet, heading, world.line(sheet, heading.line)


def heading(world: World, language: str, where: str, pattern: str, new: str) -> Iterator[Plant]:
    """The line of a heading changed, in one language or in both."""
    for sheet, place, _ in headings(world, None if language == "-" else language):
        nth = sheet.headings.index(place)

        def changed(sheet: Sheet, nth: int = nth) -> Plant:
            line = sheet.headings[nth].line
            return world.lines(sheet, line, line + 1, *re.sub(pattern, new, world.line(sheet, line)).split("\n"))

        yield world.both(sheet, changed) if where == "both" else changed(sheet)


@fault("H002", "H006 L002 D005 D011")
def id_twice(world: World) -> Iterator[Plant]:
    for sheet, place, text in headings(world):
        others = [h for h in sheet.headings if h.line < place.line and h.id]
        if others:
            yield world.lines(sheet, place.line, place.line + 1, ID.sub(f" {{ #{others[-1].id} }}", text))


@fault("H006", "H003")
def level_differs(world: World) -> Iterator[Plant]:
    for sheet, place, text in headings(world):
        yield world.lines(sheet, place.line, place.line + 1, "#" + text if text.startswith("## ") else text[1:])


@fault("H006", "P N L002 D005 D011 H003 S009")
def heading_missing(world: World) -> Iterator[Plant]:
    for sheet, place, _ in headings(world):
        yield world.lines(sheet, place.line, place.line + 2)


@fault("H006", "P N")
def heading_added(world: World) -> Iterator[Plant]:
    for sheet, place, text in headings(world):
        yield world.lines(sheet, place.line, place.line + 1, "## More { #more-of-it }", "", text)


@fault("H006", "P N H003 T001 S009")
def sections_in_another_order(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        starts = [h.line for h in sheet.headings if h.level == 2]
        if len(starts) > 3:
            n = world.random.randrange(len(starts) - 2)
            a, b, c = starts[n : n + 3]
            lines = world.text(sheet.page.file).split("\n")
            yield world.lines(sheet, a, c, *lines[b - 1 : c - 1], *lines[a - 1 : b - 1])


@fault("R001", "L002 D005 D011 X")
def address_lost(world: World) -> Iterator[Plant]:
    addresses = world.text("data/published.txt").split("\n") if (world.root / "data/published.txt").exists() else []
    for plant in heading(world, "-", "both", r" \}$", "-x }"):
        id = ID.search(world.text(plant.file).split("\n")[plant.line - 1])
        address = f"{plant.file.split('/', 2)[2]}#{id[1] if id else ''}"
        if address in addresses:
            yield replace(plant, file="data/published.txt", line=addresses.index(address) + 1)


@fault("P010 T001")
def untranslated_heading(world: World) -> Iterator[Plant]:
    for sheet, place, _ in headings(world, "fr"):
        twin = next(h for h in world.twin(sheet).headings if h.id == place.id)
        if not is_name(world, twin.text):
            yield world.lines(sheet, place.line, place.line + 1, world.line(world.twin(sheet), twin.line))


# ---------------------------------------------------------------- L: links

LINKS = {
    "page": re.compile(r"\[([^\]^][^\]]*)\]\(([^):]+)\.md(?:#[^)]*)?\)"),
    "web": re.compile(r"\[([^\]^][^\]]*)\]\((https?:[^)]+)\)"),
    "source": re.compile(r"\[\^([\w-]+)\]"),
}
CITATION = LINKS["source"]


def links(world: World, which: str, where: str, new: str) -> Iterator[Plant]:
    """The first link of a line changed, in one language or in both."""
    new = new.replace("HOST", f"https://{world.project.config.host}" if world.project.config else "")

    def changed(sheet: Sheet, line: int) -> Plant:
        return world.lines(sheet, line, line + 1, LINKS[which].sub(new, world.line(sheet, line), count=1))

    for sheet, block in world.blocks(kinds="paragraph item"):
        here, there = (bool(LINKS[which].search(world.line(s, block.line))) for s in (sheet, world.twin(sheet)))
        if here and where == "one":
            yield changed(sheet, block.line)
        elif here and there:  # the pages of the content have the same lines
            yield world.both(sheet, lambda s, line=block.line: changed(s, line))


@fault("L004", "P007")
def link_into_the_other_language(world: World) -> Iterator[Plant]:
    for place in world.matches(r"(?<= )[a-zéè]{5,}(?= )"):
        up = "../" * (place.sheet.page.path.count("/") + 1)
        yield place.put(world, f"[{place.match[0]}]({up}{OTHER[place.sheet.page.locale]}/index.md)")


def templates(world: World, suffix: str) -> list[str]:
    return [file for file in world.shuffled(world.project.templates) if suffix in file]


@fault("L010")
def missing_asset_in_a_template(world: World) -> Iterator[Plant]:
    for file in templates(world, ".html"):
        text = world.text(file)
        yield Plant(
            {file: (text + '<img src="{{ \'assets/nothing.svg\' | url }}" alt="">\n').encode()},
            file,
            text.count("\n") + 1,
        )


@fault("L010")
def missing_page_in_a_template(world: World) -> Iterator[Plant]:
    for file in templates(world, ".html"):
        text = world.text(file)
        yield Plant({file: (text + "{{ address('cases/nothing.md', 'en') }}\n").encode()}, file, text.count("\n") + 1)


@fault("G001 G002")
def page_outside_the_navigation(world: World) -> Iterator[Plant]:
    text = world.text("mkdocs.yml")
    for match in world.shuffled(re.finditer(r"^ .*?([\w/-]+\.md)\n", text[text.index("\nnav:") :], re.MULTILINE)):
        yield Plant({"mkdocs.yml": text.replace(match[0], "", 1).encode()}, f"docs/en/{match[1]}", 1)


@fault("G002", "G001")
def navigation_names_a_missing_page(world: World) -> Iterator[Plant]:
    text = world.text("mkdocs.yml")
    for match in world.shuffled(re.finditer(r"([\w/-]+)\.md\n", text[text.index("\nnav:") :])):
        yield world.data("mkdocs.yml", match[0], match[0].replace(".md", "x.md"))


@fault("G003")
def navigation_without_translation(world: World) -> Iterator[Plant]:
    titles = world.project.config.titles if world.project.config else ()
    lines = world.text("mkdocs.yml").split("\n")
    for title, line, _ in world.shuffled(titles):
        changed = [*lines[: line - 1], lines[line - 1].replace(title, title + " x", 1), *lines[line:]]
        yield Plant({"mkdocs.yml": "\n".join(changed).encode()}, "mkdocs.yml", line)


# ---------------------------------------------------------------- P: pairs


def removed(world: World, kinds: str, locale: str | None = None) -> Iterator[Plant]:
    """A block of one line left out, with the blank line below."""
    for sheet, block in world.blocks(locale, kinds):
        blank = not world.line(sheet, block.line + 1).strip()
        last = world.line(sheet, block.line - 1).startswith("!!! ") or world.line(sheet, block.line - 2).startswith(
            "!!! "
        )
        if not (last and block.inside):  # a box without text is a fault of its own
            yield world.lines(sheet, block.line, block.line + 1 + (blank and block.kind == "paragraph"))


@fault("P002", "P N S")
def paragraph_missing(world: World) -> Iterator[Plant]:
    yield from removed(world, "paragraph")


@fault("P002", "S009 T001 N")
def paragraph_added(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        if not block.inside:
            yield world.lines(sheet, block.line, block.line, "Not here.", "")


@fault("P002 P003", "N P T003 S009")
def paragraphs_joined(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        after = world.line(sheet, block.line + 2) if block.line + 2 <= world.text(sheet.page.file).count("\n") else ""
        if not block.inside and re.match(r"\w", after):
            yield world.lines(sheet, block.line, block.line + 3, f"{world.line(sheet, block.line)} {after}")


@fault("P003", "P N S")
def list_item_missing(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="item"):
        if world.line(sheet, block.line - 1).startswith("- "):
            yield world.lines(sheet, block.line, block.line + 1)


@fault("P003")
def list_of_another_kind(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="item"):
        lines, start = world.text(sheet.page.file).split("\n"), block.line
        while lines[start - 2].startswith("- "):
            start -= 1
        stop = start
        while lines[stop - 1].startswith("- "):
            stop += 1
        if stop > start:
            yield world.lines(sheet, start, stop, *(f"1. {line[2:]}" for line in lines[start - 1 : stop - 1]))


def tables(world: World) -> Iterator[tuple[Sheet, list[int]]]:
    """The lines of each table."""
    for sheet in world.sheets():
        lines = world.text(sheet.page.file).split("\n")
        rows = [n for n, line in enumerate(lines, 1) if line.startswith("|")]
        for row in world.shuffled(n for n in rows if n - 1 not in rows):
            yield sheet, [n for n in rows if n >= row and all(k in rows for k in range(row, n))]


@fault("P004", "N P S")
def table_row_missing(world: World) -> Iterator[Plant]:
    for sheet, rows in tables(world):
        row = world.random.choice(rows[2:])
        yield replace(world.lines(sheet, row, row + 1), line=rows[0])


@fault("P004", "N P S")
def table_column_missing(world: World) -> Iterator[Plant]:
    for sheet, rows in tables(world):
        cut = [world.line(sheet, row).rstrip(" |").rsplit("|", 1)[0] + "|" for row in rows]
        if cut[0].count("|") > 2:
            yield world.lines(sheet, rows[0], rows[-1] + 1, *cut)


@fault("T004", "N P")
def empty_header_cell(world: World) -> Iterator[Plant]:
    for sheet, rows in tables(world):
        yield world.lines(sheet, rows[0], rows[0] + 1, re.sub(r"\|[^|]*", "| ", world.line(sheet, rows[0]), count=1))


def boxes(world: World) -> Iterator[tuple[Sheet, int]]:
    for sheet in world.sheets():
        for n, line in enumerate(world.text(sheet.page.file).split("\n"), 1):
            if line.startswith("!!! "):
                yield sheet, n


@fault("P005")
def box_of_another_type(world: World) -> Iterator[Plant]:
    for sheet, line in boxes(world):
        yield world.lines(sheet, line, line + 1, re.sub(r"!!! \w+", "!!! note", world.line(sheet, line)))


@fault("P005", "P N T")
def box_missing(world: World) -> Iterator[Plant]:
    for sheet, line in boxes(world):
        yield world.lines(sheet, line, line + 3, world.line(sheet, line + 2).strip())


@fault("T003", "P N S T")
def box_without_text(world: World) -> Iterator[Plant]:
    for sheet, line in boxes(world):
        yield world.lines(sheet, line + 2, line + 3, world.line(sheet, line + 2).strip())


@fault("P007", "L")
def internal_link_differs(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph item"):
        for link in (k for k in block.links if k.target.endswith(".md")):
            other = world.random.choice(list(world.pages["en"]))
            target = "../" * sheet.page.path.count("/") + other
            text = world.line(sheet, block.line)
            if not link.target.endswith(other):
                yield world.lines(
                    sheet, block.line, block.line + 1, text.replace(f"]({link.target})", f"]({target})", 1)
                )


@fault("P009", "S")
def citation_differs(world: World) -> Iterator[Plant]:
    yield from links(world, "source", "one", f"[^{world.random.choice(list(world.project.sources or {}))}]")


@fault("P009", "S N T")
def citation_in_another_section(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        cited = [
            (s, b, b.citations[0]) for s in sheet.doc.sections for b in s.blocks if b.citations and b.line == b.end
        ]
        if len({s.id for s, _, _ in cited}) > 1:
            section, block, citation = world.random.choice(cited)
            other = world.random.choice([b for s, b, _ in cited if s.id != section.id and b.kind != "cell"] or [block])
            if other is not block:
                text = world.text(sheet.page.file).split("\n")
                text[block.line - 1] = text[block.line - 1].replace(f"[^{citation.id}]", "", 1)
                text[other.line - 1] += f"[^{citation.id}]"
                yield Plant({sheet.page.file: "\n".join(text).encode()}, sheet.page.file, block.line)


@fault("P011", "L009")
def generated_part_missing(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        for n, line in enumerate(world.text(sheet.page.file).split("\n"), 1):
            if line.startswith("<!-- generated"):
                yield world.lines(sheet, n, n + 1)


# ---------------------------------------------------------------- S, D: sources and data


@fault("S006")
def written_definition(world: World) -> Iterator[Plant]:
    for sheet in world.sheets():
        text = world.text(sheet.page.file)
        yield Plant(
            {sheet.page.file: (text + "\n[^a-2020-b]: A note.\n").encode()}, sheet.page.file, text.count("\n") + 2
        )


@fault("S005", "S P009")
def case_with_one_source(world: World) -> Iterator[Plant]:
    for sheet in world.sheets(kind="case"):
        ids = sorted({c.id for b in sheet.blocks for c in b.citations})
        keep = world.random.choice(ids)
        yield world.both(
            sheet,
            lambda s, keep=keep: Plant(
                {s.page.file: CITATION.sub(f"[^{keep}]", world.text(s.page.file)).encode()}, s.page.file, 1
            ),
        )


@fault("S005", "S P009")
def case_with_one_publisher(world: World) -> Iterator[Plant]:
    sources = world.project.sources or {}
    publishers = Counter(source.publisher for source in sources.values())
    for sheet in world.sheets(kind="case"):
        publisher = world.random.choice([name for name, count in publishers.items() if count > 1])
        a, b = [source.id for source in sources.values() if source.publisher == publisher][:2]

        def changed(s: Sheet, a: str = a, b: str = b) -> Plant:
            text = CITATION.sub(f"[^{a}]", world.text(s.page.file)).replace(f"[^{a}]", f"[^{b}]", 1)
            return Plant({s.page.file: text.encode()}, s.page.file, 1)

        yield world.both(sheet, changed)


@fault("S010", "S002 S005")
def caution_source_alone(world: World) -> Iterator[Plant]:
    doubtful = [source.id for source in (world.project.sources or {}).values() if source.caution]
    for sheet, block in world.blocks(kinds="paragraph item"):
        if len(CITATION.findall(world.line(sheet, block.line))) == 1:
            cited = f"[^{world.random.choice(doubtful)}]"

            def changed(s: Sheet, n: int = block.line, cited: str = cited) -> Plant:
                return world.lines(s, n, n + 1, CITATION.sub(cited, world.line(s, n)))

            yield world.both(sheet, changed)


CITED_KINDS = ("case", "lever", "theme", "framework")


@fault("S009", "P S")
def figure_without_source(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        if sheet.page.kind in CITED_KINDS and not block.inside:
            line = block.line
            yield world.both(
                sheet,
                lambda s, n=line: world.lines(
                    s,
                    n,
                    n,
                    "A count: 7,654 (2003)." if s.page.locale == "en" else "Un compte\u00a0: 7\u202f654 (2003).",
                    "",
                ),
            )


# A figure: neither a year, nor the number of a day, an article, a law or a recital.
FIGURE = re.compile(r"[€£$]\d|\d(?=\u00a0?%)|(?<![\w.,\u202f-])\d{1,3}[,\u202f]\d{3}\b|(?<=\d) (?:million|billion)\b")


@fault("S009", "P S")
def citations_of_a_figure_missing(world: World) -> Iterator[Plant]:
    """From a paragraph, an item or a table row; not where the paragraph above cites for the whole list or table."""
    for sheet, block in world.blocks("en", "paragraph item cell"):
        row = [b for b in sheet.blocks if b.line == block.line]
        above = [b for b in sheet.blocks if b.line < block.line and b.kind in ("paragraph", "heading", "header")]
        introduced = any(b.citations for b in above[-1:]) or any(
            b.citations for b in sheet.blocks if b.kind == "header" and above and b.line == above[-1].line
        )
        if sheet.page.kind not in CITED_KINDS or not FIGURE.search(block.text) or block.text.endswith(":"):
            continue

        def without(s: Sheet, n: int = block.line) -> Plant:
            return world.lines(s, n, n + 1, CITATION.sub("", world.line(s, n)))

        if any(b.citations for b in row) and (block.kind == "paragraph" or not introduced):
            yield world.both(sheet, without)


def records(world: World, name: str) -> Iterator[tuple[str, int, str]]:
    """The records of a data file: text, first line, id."""
    text = world.text(f"data/{name}.yml")
    for match in world.shuffled(re.finditer(r"^- id: (\S+)\n(?:  .*\n)+", text, re.MULTILINE)):
        yield match[0], text.count("\n", 0, match.start()) + 1, match[1]


def record(world: World, name: str, pattern: str, new: str) -> Iterator[Plant]:
    """A line of a record replaced."""
    for text, line, _ in records(world, name):
        changed = re.sub(pattern, new, text, count=1, flags=re.MULTILINE)
        if changed != text:
            yield replace(world.data(f"data/{name}.yml", text, changed), line=line)


@fault("S002")
def source_never_cited(world: World) -> Iterator[Plant]:
    for text, line, id in records(world, "sources"):
        new = text.replace(f"id: {id}", f"id: {id}-x", 1)
        new = re.sub("  publisher: .*", "  publisher: Somebody", re.sub("  url: .*", "  url: null", new))
        yield replace(world.data("data/sources.yml", text, new + text), line=line)


@fault("S004")
def source_given_twice(world: World) -> Iterator[Plant]:
    urls = [
        (line, url[1]) for text, line, _ in records(world, "sources") if (url := re.search("  url: (http.*)", text))
    ]
    for text, line, _ in records(world, "sources"):
        above = [url for other, url in urls if other < line]
        if above and "url: http" in text:
            new = re.sub("url: http.*", f"url: {world.random.choice(above)}".replace("\\", ""), text)
            yield replace(world.data("data/sources.yml", text, new), line=line)


@fault("D002 S004", "M S L D")
def source_id_twice(world: World) -> Iterator[Plant]:
    for text, line, _ in records(world, "sources"):
        yield replace(world.data("data/sources.yml", text, text + text), line=line + text.count("\n"))


@fault("D004", "N002")
def territory_without_case(world: World) -> Iterator[Plant]:
    for text, line, id in records(world, "territories"):
        new = text.replace(id, id + "-x")
        yield replace(world.data("data/territories.yml", text, new + text), line=line)


@fault("D005")
def glossary_term_twice(world: World) -> Iterator[Plant]:
    for text, line, id in records(world, "glossary"):
        yield replace(
            world.data("data/glossary.yml", text, text + text.replace(f"id: {id}", f"id: {id}-x", 1)),
            line=line + text.count("\n"),
        )


@fault("D006")
def interface_untranslated(world: World) -> Iterator[Plant]:
    text = world.text("data/words.yml")
    for match in world.shuffled(re.finditer(r"^(\w+): \{en: (.*?), fr: (.*)\}$", text, re.MULTILINE)):
        if match[2] != match[3] and not is_name(world, match[2]):
            yield world.data("data/words.yml", match[0], f"{match[1]}: {{en: {match[2]}, fr: {match[2]}}}")


# ---------------------------------------------------------------- T: language and layout


@fault("P010 T001", "N P S")
def untranslated_paragraph(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks("fr", "paragraph item"):
        twin = next((b for b in world.twin(sheet).blocks if b.line == block.line and b.kind == block.kind), None)
        if twin and len(words.plain_words(twin.text)) >= 3:
            yield world.lines(sheet, block.line, block.line + 1, world.line(world.twin(sheet), twin.line))


@fault("T001", "N P S009 T01")
def paragraph_in_the_wrong_language(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        others = [b for b in world.twin(sheet).blocks if b.kind == "paragraph" and len(words.plain_words(b.text)) >= 3]
        if others and not block.inside:
            yield world.lines(sheet, block.line, block.line + 1, world.random.choice(others).text)


@fault("T001", "N P T01")
def sentence_in_the_wrong_language(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph item"):
        others = [
            sentence
            for b in world.twin(sheet).blocks
            if b.kind == "paragraph" and b.unmarked == b.text
            for _, sentence in words.sentences(b.text)
            if len(words.plain_words(sentence)) >= 4 and sentence.endswith(".")
        ]
        text = world.line(sheet, block.line)
        if others and block.text.endswith("."):
            yield world.lines(sheet, block.line, block.line + 1, f"{text} {world.random.choice(others)}")


@fault("T002", "P N T001")
def stray_attributes(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph item"):
        text = world.line(sheet, block.line)
        if "*{ lang=" in text:
            yield world.lines(sheet, block.line, block.line + 1, text.replace("*{ lang=", "* { lang=", 1))


@fault("T003", "P N S")
def list_without_blank_line(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="item"):
        if not world.line(sheet, block.line - 1).strip() and re.match(r"\w", world.line(sheet, block.line - 2)):
            yield world.lines(sheet, block.line - 1, block.line)


# ---------------------------------------------------------------- N: numbers and names


@fault("N001", "S009 M006")
def number_in_description_differs(world: World) -> Iterator[Plant]:
    for sheet in world.sheets("fr"):
        text = str(sheet.page.meta["description"])
        if match := re.search(r"\d(?!.*\d)", text):
            changed = text[: match.start()] + str((int(match[0]) + 3) % 10) + text[match.end() :]
            yield world.meta(sheet, "description", f'"{changed}"')


@fault("N004")
def marked_name_differs(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks():
        for span in block.spans:
            name = block.text[span.start : span.end]
            if span.lang == OTHER[sheet.page.locale] and name[:1].isupper():
                new = name.rsplit(" ", 1)[0] + " zigzag" if " " in name else "Zigzag"
                yield world.lines(sheet, block.line, block.line + 1, world.line(sheet, block.line).replace(name, new))


# ---------------------------------------------------------------- A: allowances


@fault("A001")
def allowance_not_needed(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        if not block.inside:
            yield world.lines(sheet, block.line, block.line, "<!-- allow N001 2019: the figure of another year -->", "")


@fault("A002", "A001")
def allowance_without_reason(world: World) -> Iterator[Plant]:
    for sheet, block in world.blocks(kinds="paragraph"):
        if not block.inside:
            yield world.lines(sheet, block.line, block.line, "<!-- allow N001 -->", "")


# ---------------------------------------------------------------- X: the built site


MAIN = r"(<main[^>]*>)"


def site_pages(world: World, redirects: bool = False) -> Iterator[tuple[str, str]]:
    """The name and text of built pages, in random order."""
    for file in world.shuffled(sorted(world.root.glob("site/**/index.html"))):
        text = file.read_text(encoding="utf-8")
        if ('http-equiv="refresh"' in text) == redirects:
            yield file.relative_to(world.root).as_posix(), text


def site_change(file: str, text: str, changed: str) -> Iterator[Plant]:
    if changed != text:
        at = next(n for n, (a, b) in enumerate(zip(text, changed, strict=False)) if a != b)
        yield Plant({file: changed.encode()}, file, text.count("\n", 0, at) + 1)


def site_fault(world: World, pattern: str, new: str) -> Iterator[Plant]:
    for file, text in site_pages(world):
        if file != "site/index.html":  # the address of the home page is that of the site
            yield from site_change(file, text, re.sub(pattern, new, text, count=1))


@fault("X005", "X")
def site_link_to_the_other_language(world: World) -> Iterator[Plant]:
    for file, text in site_pages(world):
        up = "../" * (file.count("/") - 1)
        target = up if file.startswith("site/fr/") else f"{up}fr/"
        yield from site_change(file, text, re.sub(MAIN, rf'\1<a href="{target}">x</a>', text, count=1))


@fault("X013", "X")
def site_page_not_in_the_sitemap(world: World) -> Iterator[Plant]:
    text = world.text("site/sitemap.xml") if (world.root / "site/sitemap.xml").exists() else ""
    for match in world.shuffled(list(re.finditer(r"<url>[\s\S]*?</url>", text))):
        path = re.sub(r"[\s\S]*<loc>https?://[^/]+/([^<]*)</loc>[\s\S]*", r"\1", match[0])
        yield Plant({"site/sitemap.xml": text.replace(match[0], "").encode()}, f"site/{path}index.html", 1)


@fault("X014", "X")
def site_redirect_to_nowhere(world: World) -> Iterator[Plant]:
    for file, text in site_pages(world, redirects=True):
        yield from site_change(file, text, re.sub(r'(content="0; ?url=)[^"]*', r"\1nothing/", text))


@fault("X018", "X")
def site_lost_anchor(world: World) -> Iterator[Plant]:
    lines = world.text("data/published.txt").split("\n") if (world.root / "data/published.txt").exists() else []
    for line, published in world.shuffled(enumerate(lines, 1)):
        path, _, id = published.partition("#")
        file = world.root / "site" / path.replace("index.md", "index.html").replace(".md", "/index.html")
        if id and file.exists():
            changed = file.read_text(encoding="utf-8").replace(f'id="{id}"', f'id="{id}-x"')
            yield Plant({file.relative_to(world.root).as_posix(): changed.encode()}, "data/published.txt", line)


# ---------------------------------------------------------------- the kinds of kinds.yml


def of_shape(world: World, shape: str, how: list[str]) -> Iterator[Plant]:
    return SHAPES[shape](world, *how)


SHAPES: dict[str, Callable[..., Iterator[Plant]]] = {
    "meta": meta_fault,
    "headings": heading,
    "links": links,
    "records": record,
    "site": site_fault,
}
for shape, rows in yaml.safe_load(Path(__file__).with_name("kinds.yml").read_text(encoding="utf-8")).items():
    for name, codes, follow, *how in rows:
        register(name, codes, follow, of_shape, shape=shape, how=how)
