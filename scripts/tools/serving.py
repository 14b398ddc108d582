"""A static server such as a host runs, for tests and benchmarks: pages compressed, files kept by the browser, a 404."""

import functools
import gzip
import http.server
import mimetypes
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

import brotli

COMPRESSED = ("text/", "application/javascript", "application/json", "application/xml", "image/svg+xml")


@functools.cache
def _content(file: Path, _changed: float, encodings: str) -> tuple[bytes, str, str | None]:
    """The bytes that leave the server, their type and encoding. Reads a file once a version."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    data = file.read_bytes()
    if not kind.startswith(COMPRESSED):
        return data, kind, None
    if "br" in encodings:
        return brotli.compress(data, quality=6), f"{kind}; charset=utf-8", "br"
    return gzip.compress(data, 9, mtime=0), f"{kind}; charset=utf-8", "gzip"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    directory = Path()
    prefix = "/"

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path)
        file = (self.directory / path.removeprefix(self.prefix)).resolve()
        within = path.startswith(self.prefix) and file.is_relative_to(self.directory)
        if within and file.is_dir():
            if not path.endswith("/"):
                self._answer(301, {"Location": f"{path}/"})
                return
            file /= "index.html"
        found = within and file.is_file()
        file = file if found else self.directory / "404.html"
        data, kind, encoding = _content(file, file.stat().st_mtime, self.headers.get("Accept-Encoding", ""))
        # A page is asked for again each time.
        cache = "no-cache" if kind.startswith("text/html") else "max-age=3600"
        headers = {"Content-Type": kind, "Cache-Control": cache}
        if encoding:
            headers["Content-Encoding"] = encoding
        self._answer(200 if found else 404, headers, data)

    do_HEAD = do_GET

    def _answer(self, code: int, headers: dict[str, str], data: bytes = b"") -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        pass


def serve(directory: Path, prefix: str = "/") -> tuple[http.server.ThreadingHTTPServer, str]:
    """Serve a folder that has a 404.html on a free port below `prefix`; returns the server and the root's address."""
    handler = type("Handler", (_Handler,), {"directory": directory.resolve(), "prefix": prefix})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a browser may close a connection early
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}{prefix}"
