"""Pictures with the title of the study: what a shared link shows, and the cover of the EPUB. Drawn by Pillow."""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from content.model import Study
from web.assets import ASSETS, colours

FONT = ASSETS / "newsreader.woff2"

SHARE_SIZE = (1200, 630)  # pixels, as social networks show it
COVER_SIZE = (1600, 2560)  # pixels, as book shops ask
LEADING = 1.15  # of the lines of a title, times their letters
BARS = tuple(f"lever-{number}" for number in range(1, 8))  # the names of their colours


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


def draw(kicker: str, title: str, foot: str, size: tuple[int, int]) -> Image.Image:
    """Bars of colour, the kicker, the title as large as it fits, the foot; a tall picture has steps of bars besides."""
    (width, height), on_paper = size, colours()
    unit = width // 60
    image = Image.new("RGB", size, on_paper["paper"])
    pen = ImageDraw.Draw(image)
    for number, name in enumerate(BARS):
        left, right = (width * n // len(BARS) for n in (number, number + 1))
        pen.rectangle((left, 0, right, unit), fill=on_paper[name])
        if height > width:
            top = height // 2 + number * 4 * unit
            pen.rectangle((4 * unit, top, (number + 3) * width // 10, top + 2.5 * unit), fill=on_paper[name])

    def text(y: float, line: str, font: ImageFont.FreeTypeFont, colour: str) -> None:
        pen.text((4 * unit, y), line, font=font, fill=on_paper[colour])

    small, smallest = (ImageFont.truetype(str(FONT), round(unit * factor)) for factor in (1.9, 1.25))
    text(4 * unit, kicker, small, "accent")
    font, lines = _largest(title, unit, width - 8 * unit, min(height - 16 * unit, height / 2))
    for number, line in enumerate(lines):
        text(7.5 * unit + number * font.size * LEADING, line, font, "ink")
    for number, line in enumerate(reversed(_wrapped(foot, smallest, width - 8 * unit))):
        text(height - 4 * unit - number * smallest.size * 1.3, line, smallest, "ink")
    return image


def write(study: Study, site: Path) -> None:
    """Write what a shared link to any page of a language shows: `share/study-en.png` below `site`."""
    (site / "share").mkdir(exist_ok=True)
    for locale, words in study.words_in.items():
        title = study.pages[locale]["index.md"].meta["title"]
        picture = draw(words["site_short"], title, words["not_publisher"], SHARE_SIZE)
        picture.quantize(32, method=Image.Quantize.FASTOCTREE).save(site / f"share/study-{locale}.png", optimize=True)
