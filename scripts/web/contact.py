"""Where a reader reports an error: the setting `extra.contact` of mkdocs.yml, with the page filled in."""

from urllib.parse import quote


def is_one(contact: str) -> bool:
    """Whether a reader can be led there: a mail address, a page, or nothing."""
    return not contact or "@" in contact or contact.startswith(("http://", "https://"))


def report_link(contact: str, subject: str, title: str, url: str) -> str:
    """The address that a page's "Report an error" leads to; empty where there is no contact.

    `{title}` and `{address}` in `contact` become the page's own. A mail address that names neither gets both, the title
    after `subject`.
    """
    if "@" in contact and "://" not in contact:
        contact = "mailto:" + contact.removeprefix("mailto:")
        if "{" not in contact:
            sign = "&" if "?" in contact else "?"
            contact += f"{sign}subject={quote(f'{subject}: ')}{{title}}&body={{address}}"
    return contact.replace("{title}", quote(title, safe="")).replace("{address}", quote(url, safe=""))
