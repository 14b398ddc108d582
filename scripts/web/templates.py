"""How templates are read: those of MkDocs and ours by the same rules. A name that is not given stops the build."""

from collections.abc import Sequence

import jinja2
from mkdocs.utils import get_relative_url

from web.pages import address

UNESCAPED = ("md", "txt", "bib", "ris")  # elsewhere a title or description is text, whatever it holds
# Templates are compiled once and not for each language and build.
COMPILED = jinja2.FileSystemBytecodeCache()


def environment(folders: Sequence[str]) -> jinja2.Environment:
    """Templates of our own, as MkDocs makes its environment for those of pages."""
    env = strict(jinja2.Environment(loader=jinja2.FileSystemLoader(folders)))
    env.filters["url"] = _relative
    return env


def strict(env: jinja2.Environment) -> jinja2.Environment:
    """An environment by our rules."""
    env.trim_blocks = env.lstrip_blocks = True
    env.bytecode_cache = COMPILED
    env.undefined = jinja2.StrictUndefined
    env.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":"), "sort_keys": True}
    env.autoescape = jinja2.select_autoescape(disabled_extensions=UNESCAPED, default=True)
    return env


@jinja2.pass_context
def _relative(context: jinja2.runtime.Context, to: str) -> str:
    """The filter `url` of MkDocs: an address below the site's root, as a link on the page."""
    here = context["this"]
    return get_relative_url(to, address(here.path, here.locale))
