"""How templates are read, those of MkDocs and ours by the same rules. A name that is not given stops the build."""

from collections.abc import Sequence

import jinja2
from mkdocs.utils import get_relative_url

from web.pages import address

UNESCAPED = ("md", "txt", "bib", "ris")  # elsewhere a title or description is text, whatever it holds


def environment(folders: Sequence[str]) -> jinja2.Environment:
    """The templates in these folders."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(disabled_extensions=UNESCAPED, default=True),
    )
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    env.filters["url"] = _relative
    return env


@jinja2.pass_context
def _relative(context: jinja2.runtime.Context, to: str) -> str:
    """The filter `url`, as MkDocs has it: an address below the site's root, as a link on the page."""
    page = context["this"]
    return get_relative_url(to, address(page.path, page.locale))
