"""The languages of the site, the one list, and what each is called."""

from babel import Locale

LOCALES: tuple[str, ...] = ("en", "fr")  # the one list; the first is served at the root
LANGUAGE = {"en": "English", "fr": "French"}
OTHER = {"en": "fr", "fr": "en"}  # for two languages: whose translation a page is held to, and links to
BABEL = {"en": Locale.parse("en_GB"), "fr": Locale.parse("fr_FR")}  # "en" alone writes American dates
LATIN_LETTERS = "A-Za-zÀ-ÖØ-öø-ɏ"  # of Latin alphabets, in a bracket of an expression: faster than [^\W\d_]
