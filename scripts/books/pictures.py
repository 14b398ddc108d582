"""Pictures with a title: what a shared link shows of each page, and the cover of the EPUB. Drawn by Pillow."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from books.chapters import lever_of
from content.model import Page, Study
from web.assets import ASSETS, colours
from web.pages import share_picture

FONT = ASSETS / "newsreader.woff2"

SHARE_SIZE = (1200, 630)  # pixels, as social networks show it
COVER_SIZE = (1600, 2560)  # pixels, as book shops ask
LEADING = 1.15  # of the lines of a title, times their letters
LEVERS = tuple(f"lever-{number}" for number in range(1, 8))


@dataclass(frozen=True)
class Card:
    """A title, what it is the title of, and who says it."""

    kicker: str
    title: str
    foot: str
    bars: tuple[str, ...]  # the names of the colours at its top


def card(page: Page, study: Study) -> Card:
    """The picture of a page."""
    words, number = study.words_in[page.locale], lever_of(study, page)
    bars: tuple[str, ...] = (f"lever-{number}" if number else "accent",)
    if page.path == "index.md":
        kicker, bars = words["site_short"], LEVERS
    elif page.kind == "lever":
        kicker = words["lever_number"].format(number)
    elif page.kind == "case":
        kicker = f"{words['case']} · {study.territories[page.meta['territory']].name[page.locale]}"
    else:
        kicker = words[f"kind_{page.kind}"]
    return Card(kicker, page.meta["title"], words["not_publisher"], bars)


def _wrapped(title: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """The title in lines that fit; a no-break space holds."""
    lines: list[str] = []
    for word in title.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _largest(title: str, unit: int, width: int, room: float) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest letters, of the unit of the picture, in which the lines of a title have room; the lines."""
    for step in range(16):
        font = ImageFont.truetype(str(FONT), round(unit * (4.2 - 0.15 * step)))
        lines = _wrapped(title, font, width)
        if len(lines) * font.size * LEADING <= room:
            break
    return font, lines


def draw(shown: Card, size: tuple[int, int] = SHARE_SIZE) -> Image.Image:
    """Bars of colour, the kicker, the title as large as it fits, the foot; a tall picture has steps of bars besides."""
    (width, height), on_paper = size, colours()
    unit = width // 60
    image = Image.new("RGB", size, on_paper["paper"])
    pen = ImageDraw.Draw(image)
    for number, name in enumerate(shown.bars):
        left, right = (width * n // len(shown.bars) for n in (number, number + 1))
        pen.rectangle((left, 0, right, unit), fill=on_paper[name])
        if height > width:
            top = height // 2 + number * 4 * unit
            pen.rectangle((4 * unit, top, (number + 3) * width // 10, top + 2.5 * unit), fill=on_paper[name])
    main = on_paper[shown.bars[0] if len(shown.bars) == 1 else "accent"]

    def text(y: float, line: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
        pen.text((4 * unit, y), line, font=font, fill=colour)

    small, foot = (ImageFont.truetype(str(FONT), round(unit * factor)) for factor in (1.9, 1.25))
    text(4 * unit, shown.kicker, small, main)
    font, lines = _largest(shown.title, unit, width - 8 * unit, min(height - 16 * unit, height / 2))
    for number, line in enumerate(lines):
        text(7.5 * unit + number * font.size * LEADING, line, font, on_paper["ink"])
    for number, line in enumerate(reversed(_wrapped(shown.foot, foot, width - 8 * unit))):
        text(height - 4 * unit - number * foot.size * 1.3, line, foot, on_paper["ink"])
    return image


def save(file: Path, shown: Card) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # The smallest file would take much longer and be little smaller.
    draw(shown).quantize(32, method=Image.Quantize.FASTOCTREE).save(file, compress_level=7)


def write(study: Study, site: Path) -> None:
    """Write the pictures below `site`: one for each page that has its own, and that of the home page for all others."""
    every = [page for pages in study.pages.values() for page in (*pages.values(), pages["index.md"])]
    by_file = {site / share_picture(page): page for page in every}
    with ProcessPoolExecutor() as pool:
        list(pool.map(save, by_file, (card(page, study) for page in by_file.values()), chunksize=8))
