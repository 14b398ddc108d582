"""A static server such as a host runs, for tests and benchmarks: pages compressed, files kept by the browser, a 404."""

import functools
import http.server
import mimetypes
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

TEXTS = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


@functools.cache
def _content(file: Path, _changed: float, compress: bool) -> tuple[bytes, dict[str, str]]:
    """The bytes that leave the server, and their headers. Reads a file once a version."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    # A page is asked for again each time.
    headers = {"Content-Type": kind, "Cache-Control": "no-cache" if kind == "text/html" else "max-age=3600"}
    if not kind.startswith(TEXTS):
        return file.read_bytes(), headers
    headers["Content-Type"] += "; charset=utf-8"
    if not compress:
        return file.read_bytes(), headers
    return brotli.compress(file.read_bytes(), quality=6), headers | {"Content-Encoding": "br"}


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    directory = Path()
    prefix = "/"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = (self.directory / path.removeprefix(self.prefix)).resolve()
        within = path.startswith(self.prefix) and file.is_relative_to(self.directory)
        if within and file.is_dir() and not path.endswith("/"):
            code, data, headers = 301, b"", {"Location": f"{path}/"}
        else:
            file = file / "index.html" if file.is_dir() else file
            code = 200 if within and file.is_file() else 404
            file = file if code == 200 else self.directory / "404.html"
            data, headers = _content(file, file.stat().st_mtime, "br" in self.headers.get("Accept-Encoding", ""))
        self.send_response(code)
        for name, value in (headers | {"Content-Length": str(len(data))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(directory: Path, prefix: str = "/") -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder that has a 404.html on a free port below `prefix`; returns the server and the root's address."""
    handler = type("Handler", (_Handler,), {"directory": directory.resolve(), "prefix": prefix})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser may close a connection early
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}{prefix}"
