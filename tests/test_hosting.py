"""Hosting: what may be kept for ever changes its address, headers agree, and nginx does what its recipe says."""

import getpass
import gzip
import http.client
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, edit, free_port, read

HEADERS = ROOT / "deploy" / "_headers"
NGINX = ROOT / "deploy" / "nginx.conf"
YEAR = "public, max-age=31536000, immutable"


def rules() -> dict[str, dict[str, str]]:
    """The rules of deploy/_headers by path."""
    blocks = re.findall(r"^(/.*)\n((?:  .*\n)+)", read(HEADERS), re.MULTILINE)
    return {path: dict(re.findall(r"^  ([\w-]+): (.*)$", lines, re.MULTILINE)) for path, lines in blocks}


def test_only_what_has_a_hash_is_kept_for_ever(site: Path) -> None:
    """Under the rules for a year stand the assets (versioned) and files of the search index named by their hash; both
    recipes send the same headers."""
    kept = {path.rstrip("*") for path, headers in rules().items() if headers.get("Cache-Control") == YEAR}
    assert "/assets/:version/" in kept
    found = [list((site / folder.strip("/")).glob("*")) for folder in kept if ":" not in folder]
    assert all(found)
    hashed = re.compile(r"(en|fr)_[0-9a-f]{7,}\.pf_\w+")
    assert [file for files in found for file in files if not hashed.fullmatch(file.name)] == []
    sent = dict(re.findall(r"add_header ([\w-]+) (?:\"(.*)\"|\$\w+) always;", read(NGINX)))
    assert sent.pop("Cache-Control") == ""
    assert sent == rules()["/*"]


@pytest.fixture(scope="module")
def nginx(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[http.client.HTTPConnection]:
    """A connection to a real nginx with the recipe, before a part of the site. Skips the test where there is none."""
    if not (program := shutil.which("nginx")) or not Path("/etc/nginx/mime.types").exists():
        pytest.skip("nginx is not installed")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    for name in ("index.html", "404.html", "sitemap.xml", "sitemap.xml.gz", "index.md"):
        (folder / "site").mkdir(exist_ok=True)
        shutil.copy(site / name, folder / "site")
    for name in ("assets", "pagefind", "levers"):
        shutil.copytree(site / name, folder / "site" / name)
    shutil.copytree(site / "assets", folder / "site/under/a-path/assets")
    subprocess.run(["make", "--silent", "--file", ROOT / "Makefile", "compress"], cwd=folder, check=True)
    edit(Path(shutil.copy(NGINX, folder / "recipe")), "listen 80;", f"listen 127.0.0.1:{port};")
    edit(folder / "recipe", "/srv/study/site", str(folder / "site"))
    paths = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    (folder / "nginx.conf").write_text(
        f"user {getpass.getuser()}; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log off; {' '.join(paths)} include {folder}/recipe; }}\n",
        encoding="utf-8",
    )
    command = (program, "-c", folder / "nginx.conf", "-e", folder / "error.log")
    subprocess.run(command, check=True)  # goes on beside us once it listens
    yield http.client.HTTPConnection("127.0.0.1", port)
    subprocess.run((*command, "-s", "stop"), check=True)


def ask(nginx: http.client.HTTPConnection, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    nginx.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = nginx.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def test_nginx_keeps_what_is_hashed_and_nothing_else(
    nginx: http.client.HTTPConnection, site: Path, assets: str
) -> None:
    """Assets with their version and hashed files of the search index are kept for a year, under a path too; all else is
    asked for again, and what is not there, answered with the page 404. Every answer has the security headers."""
    fragment = next((site / "pagefind/fragment").iterdir()).name
    search, licence = ("/pagefind/pagefind.js", "/pagefind/pagefind-entry.json"), "/assets/newsreader-licence.txt"
    hashed = (f"/{assets}/site.js", f"/under/a-path/{assets}/style.css", f"/pagefind/fragment/{fragment}")
    for status, kept, paths in (
        (200, YEAR, hashed),
        (200, "no-cache", ("/", "/index.md", "/sitemap.xml", licence, *search)),
        (404, "no-cache", ("/nothing/", f"/{assets}/nothing.js")),
    ):
        for path in paths:
            said, headers, body = ask(nginx, path)
            assert (said, headers["cache-control"]) == (status, kept), path
            assert {name.lower(): value for name, value in rules()["/*"].items()}.items() <= headers.items(), path
            assert status == 200 or body == (site / "404.html").read_bytes(), path


def test_nginx_sends_pages_in_their_form(nginx: http.client.HTTPConnection) -> None:
    """A page that has not changed is not sent again; it comes compressed where that is understood."""
    _, headers, page = ask(nginx, "/")
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert ask(nginx, "/", If_None_Match=headers["etag"])[0] == 304
    _, headers, packed = ask(nginx, "/", Accept_Encoding="gzip")
    assert (headers["content-encoding"], headers["vary"]) == ("gzip", "Accept-Encoding")
    assert gzip.decompress(packed) == page
    assert ask(nginx, "/index.md")[1]["content-type"] == "text/markdown; charset=utf-8"
    assert ask(nginx, "/sitemap.xml.gz")[1]["content-type"] == "application/gzip"
    assert ask(nginx, "/levers")[1]["location"] == "/levers/"
