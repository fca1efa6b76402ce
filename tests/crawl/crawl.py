"""Reads a published site as a stranger's programs do: starts at the front page and at /robots.txt, follows everything that
names an address of the site, and asks the server for it.

    python3 crawl.py SERVER ORIGIN FOLDER

SERVER answers for the site, ORIGIN is the address that the site gives itself, FOLDER holds the files that were published.
"""

import json
import pathlib
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml
from html.parser import HTMLParser

server, origin, folder = sys.argv[1].rstrip("/"), sys.argv[2].rstrip("/"), pathlib.Path(sys.argv[3])

# Files that nothing names, because programs know where they are.
KNOWN = {"404.html", "robots.txt", "favicon.ico", ".well-known/security.txt", "humans.txt"}
# Licences lie beside what they are of. `_hosts/` is for the server alone.
UNNAMED = re.compile(r"^(_hosts/|_headers$|_redirects$|vercel\.json$|staticwebapp\.config\.json$|\.htaccess$)|\.OFL\.txt$")
# The page's script asks for these by number.
SEARCH = re.compile(r"^([a-z]{2,3}(-[^/]+)?/)?search/.*\.txt$")

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".xml": ("application/xml", "text/xml", "application/atom+xml"),
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ics": "text/calendar",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".woff2": "font/woff2",
    ".bib": ("application/x-bibtex", "text/x-bibtex", "application/octet-stream"),
    ".ris": ("application/x-research-info-systems", "application/octet-stream"),
    ".webmanifest": "application/manifest+json",
}
FINGERPRINT = re.compile(r"\.[0-9a-f]{8}\.[a-z0-9]+$")
ADDRESS = re.compile(re.escape(origin) + r"[^\s\"'<>\\)\]{}]*")


class Page(HTMLParser):
    """The addresses and the anchors of a page, and its JSON-LD."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.links, self.anchors, self.data, self.in_data = [], set(), [], False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if attrs.get("id"):
            self.anchors.add(attrs["id"])
        for name in ("href", "src", "poster", "action"):
            if attrs.get(name):
                self.links.append(attrs[name])
        for part in (attrs.get("srcset") or "").split(","):
            if part.strip():
                self.links.append(part.split()[0])
        if tag == "meta" and (attrs.get("property") or attrs.get("name") or "").startswith(("og:", "twitter:", "citation_")):
            if str(attrs.get("content")).startswith(("http://", "https://")):
                self.links.append(attrs["content"])
        if tag == "meta" and (attrs.get("http-equiv") or "").lower() == "refresh":
            self.links.append(attrs["content"].split("=", 1)[1])
        self.in_data = tag == "script" and attrs.get("type") == "application/ld+json"

    def handle_data(self, text):
        if self.in_data:
            self.data.append(text)
            self.in_data = False


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def objects(value):
    """The objects of JSON-LD that say what they are."""
    if isinstance(value, dict):
        if "@type" in value:
            yield value
        for part in value.values():
            yield from objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from objects(part)


class KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


opener = urllib.request.build_opener(KeepRedirects, urllib.request.ProxyHandler({}))


def ask(path):
    try:
        with opener.open(urllib.request.Request(server + path), timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


faults, seen, anchors, wanted = [], {}, {}, []


def fault(path, text):
    faults.append(f"{path}: {text}")


def own(link, base):
    """The path and the anchor of a link on this site; none for a link to another."""
    if link.startswith(("mailto:", "tel:", "data:", "webcal:", "tag:")):
        return None
    parts = urllib.parse.urlsplit(urllib.parse.urljoin(origin + base, link))
    if f"{parts.scheme}://{parts.netloc}" != origin:
        return None
    return parts.path or "/", urllib.parse.unquote(parts.fragment)


def read(path, kind, body):
    """The links of a file."""
    if kind == "text/html":
        page = Page()
        page.feed(body.decode("utf-8"))
        anchors[path] = page.anchors
        links = list(page.links)
        for text in page.data:
            graph = json.loads(text)
            links += [one for one in strings(graph) if one.startswith(origin)]
            # An object of the page itself is known by its fragment, as an anchor is.
            for one in objects(graph):
                of, _, fragment = one.get("@id", "").partition("#")
                if fragment and of == origin + path:
                    anchors[path].add(fragment)
        # A template of an address, not one.
        return [link for link in links if "{" not in link]
    if kind in ("application/xml", "text/xml", "application/atom+xml"):
        tree = xml.fromstring(body)
        links = []
        for element in tree.iter():
            values = [*element.attrib.values(), element.text or ""]
            if element.tag.endswith("}content") and element.get("type") == "html":
                page = Page()
                page.feed(element.text)
                relative = [link for link in page.links if not re.match(r"[a-z]+:", link)]
                if relative:
                    fault(path, f"relative links in what readers take away: {relative[:3]}")
                links += page.links
                continue
            links += [value.strip() for value in values if value.strip().startswith(origin)]
        return links
    if kind in ("application/json", "application/manifest+json"):
        return [one for one in strings(json.loads(body)) if one.startswith(origin) and "{" not in one]
    if kind == "text/css":
        return re.findall(r"url\([\"']?([^\"')]+)", body.decode("utf-8"))
    if kind == "text/calendar":
        # Long lines go on after a space.
        return ADDRESS.findall(body.decode("utf-8").replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ","))
    if kind == "text/plain" and not SEARCH.match(path.lstrip("/")) or kind in ("text/markdown", "text/csv"):
        return [link.rstrip(".,;") for link in ADDRESS.findall(body.decode("utf-8"))]
    return []


def headers(path, kind, found):
    name = path + ("index.html" if path.endswith("/") else "")
    expected = TYPES.get(pathlib.PurePosixPath(name).suffix)
    if expected and kind not in ([expected] if isinstance(expected, str) else expected):
        fault(path, f"served as {kind}")
    if kind == "text/html" and "utf-8" not in (found.get("Content-Type") or "").lower():
        fault(path, "served without a charset")
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"):
        if not found.get(header):
            fault(path, f"served without {header}")
    is_kept = "immutable" in (found.get("Cache-Control") or "")
    if is_kept != bool(FINGERPRINT.search(name) and not name.endswith((".html", ".json", ".txt"))):
        fault(path, f"served with Cache-Control: {found.get('Cache-Control')}")


def visit(path, by):
    status, found, body = ask(path)
    kind = (found.get("Content-Type") or "").split(";")[0].strip()
    seen[path] = kind
    if status in (301, 308):
        to = own(found.get("Location"), path)
        if not to:
            fault(path, f"moved to {found.get('Location')}")
        else:
            queue.append((to[0], path))
        return
    if status != 200:
        fault(by, f"{path} answers {status}")
        return
    headers(path, kind, found)
    for link in read(path, kind, body):
        to = own(link, path)
        if to:
            queue.append((to[0], path))
            if to[1] and not to[1].startswith(":~:"):
                wanted.append((path, *to))


queue = [("/", "the start"), ("/robots.txt", "the start"), ("/404.html", "an address without a page")]
files = sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())
# Old addresses are known to those who kept them.
for file in files:
    if file.endswith("index.html") and b'http-equiv="refresh"' in (folder / file).read_bytes():
        queue.append(("/" + urllib.parse.quote(file.removesuffix("index.html")), "an old address"))
    if file.endswith("/card.json"):
        queue.append(("/" + urllib.parse.quote(file), "the script of pages, for a name"))
while queue:
    address, asked_by = queue.pop()
    if address not in seen:
        visit(address, asked_by)

for path, to, anchor in wanted:
    if seen.get(to) == "text/html" and anchor not in anchors.get(to, ()):
        fault(path, f"no anchor {anchor} at {to}")
reached = {urllib.parse.unquote(path).lstrip("/") + ("index.html" if path.endswith("/") else "") for path in seen}
for file in files:
    is_named = file in reached or file in KNOWN or UNNAMED.search(file)
    if SEARCH.match(file):
        headers("/" + file, *(lambda answer: (answer[1].get_content_type(), answer[1]))(ask("/" + file)))
    elif not is_named:
        fault(file, "nothing leads to it")
status, found, _ = ask("/there-is-no-such-page/")
if status != 404 or (found.get("Content-Type") or "").split(";")[0] != "text/html":
    fault("/there-is-no-such-page/", f"answers {status}")

for one in sorted(set(faults))[:60]:
    print(one, file=sys.stderr)
if faults:
    sys.exit(f"{len(set(faults))} faults at {len(seen)} addresses")
print(f"{len(seen)} addresses of {len(files)} files, and {len(wanted)} anchors, as they should be")
