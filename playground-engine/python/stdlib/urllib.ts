// The modules urllib.parse and html: text of URLs and of HTML. Nothing is fetched: the rest of urllib is absent.
// Behaviour: docs.python.org/3.11/library/urllib.parse.html, html.html.
import { defineModule } from "../runtime/modules.ts";
import { definePythonModule } from "./python-source.ts";

defineModule("urllib", () => ({ name: "urllib" }));

definePythonModule(
  "urllib.parse",
  String.raw`
from collections import namedtuple

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs",
           "parse_qsl", "quote", "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes",
           "DefragResult", "ParseResult", "SplitResult", "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtspu", "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = uses_relative + ["telnet", "snews", "rsync", "nfs", "git", "git+ssh"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtspu", "sip", "sips", "mms", "sftp", "tel"]
scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")


def _coerce(first, *others):
    """The arguments as text, and what makes of a result what was given: bytes where these were bytes."""
    text = isinstance(first, str)
    for other in others:
        if other and isinstance(other, str) != text:
            raise TypeError("Cannot mix str and non-str arguments")
    if text:
        return (first, *others, lambda result: result)
    return (*(x.decode("ascii", "strict") if x else "" for x in (first, *others)), lambda result: result.encode("ascii", "strict"))


class _Netloc:
    def _given(self, part):
        return part if part is None or isinstance(self.netloc, str) else part.encode()

    @property
    def _userinfo(self):
        netloc, _ = _coerce(self.netloc)
        info, at, _ = netloc.rpartition("@")
        if not at:
            return None, None
        user, colon, password = info.partition(":")
        return self._given(user), self._given(password if colon else None)

    @property
    def _hostinfo(self):
        netloc, _ = _coerce(self.netloc)
        _, _, host = netloc.rpartition("@")
        _, bracket, inner = host.partition("[")
        if bracket:
            name, _, port = inner.partition("]")
            _, _, port = port.partition(":")
        else:
            name, _, port = host.partition(":")
        return name, port or None

    @property
    def username(self):
        return self._userinfo[0]

    @property
    def password(self):
        return self._userinfo[1]

    @property
    def hostname(self):
        name = self._hostinfo[0]
        if not name:
            return None
        name, percent, zone = name.partition("%")
        return self._given(name.lower() + percent + zone)

    @property
    def port(self):
        port = self._hostinfo[1]
        if port is not None:
            if not (port.isdigit() and port.isascii()):
                raise ValueError(f"Port could not be cast to integer value as {port!r}")
            port = int(port)
            if not 0 <= port <= 65535:
                raise ValueError("Port out of range 0-65535")
        return port


class _Str:
    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        return self._encoded_counterpart(*(x.encode(encoding, errors) for x in self))


class _Bytes:
    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        return self._decoded_counterpart(*(x.decode(encoding, errors) for x in self))


_Defrag = namedtuple("DefragResult", "url fragment")
_Split = namedtuple("SplitResult", "scheme netloc path query fragment")
_Parse = namedtuple("ParseResult", "scheme netloc path params query fragment")


class DefragResult(_Defrag, _Str):
    __slots__ = ()

    def geturl(self):
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(_Split, _Netloc, _Str):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResult(_Parse, _Netloc, _Str):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


class DefragResultBytes(_Defrag, _Bytes):
    __slots__ = ()

    def geturl(self):
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_Split, _Netloc, _Bytes):
    __slots__ = ()

    def geturl(self):
        return urlunsplit(self)


class ParseResultBytes(_Parse, _Netloc, _Bytes):
    __slots__ = ()

    def geturl(self):
        return urlunparse(self)


for _str, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _str._encoded_counterpart, _bytes._decoded_counterpart = _bytes, _str
del _str, _bytes


def urlsplit(url, scheme="", allow_fragments=True):
    url, scheme, given = _coerce(url, scheme)
    url = url.lstrip("".join(map(chr, range(33))))
    for c in "\t\r\n":
        url = url.replace(c, "")
    scheme = scheme.strip("".join(map(chr, range(33))))
    netloc = query = fragment = ""
    i = url.find(":")
    if i > 0 and url[0].isascii() and url[0].isalpha() and all(c in scheme_chars for c in url[:i]):
        scheme, url = url[:i].lower(), url[i + 1:]
    if url[:2] == "//":
        end = min([url.find(c, 2) for c in "/?#" if url.find(c, 2) >= 0], default=len(url))
        netloc, url = url[2:end], url[end:]
        if ("[" in netloc) != ("]" in netloc):
            raise ValueError("Invalid IPv6 URL")
    if allow_fragments and "#" in url:
        url, fragment = url.split("#", 1)
    if "?" in url:
        url, query = url.split("?", 1)
    return given(SplitResult(scheme, netloc, url, query, fragment))


def urlparse(url, scheme="", allow_fragments=True):
    url, scheme, given = _coerce(url, scheme)
    scheme, netloc, url, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in url:
        i = url.find(";", url.rfind("/")) if "/" in url else url.find(";")
        if i >= 0:
            url, params = url[:i], url[i + 1:]
    return given(ParseResult(scheme, netloc, url, params, query, fragment))


def urlunparse(components):
    scheme, netloc, url, params, query, fragment, given = _coerce(*components)
    return given(urlunsplit((scheme, netloc, "%s;%s" % (url, params) if params else url, query, fragment)))


def urlunsplit(components):
    scheme, netloc, url, query, fragment, given = _coerce(*components)
    if netloc or (scheme and scheme in uses_netloc and url[:2] != "//"):
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + (netloc or "") + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return given(url)


def urljoin(base, url, allow_fragments=True):
    if not base:
        return url
    if not url:
        return base
    base, url, given = _coerce(base, url)
    b = urlparse(base, "", allow_fragments)
    u = urlparse(url, b.scheme, allow_fragments)
    if u.scheme != b.scheme or u.scheme not in uses_relative:
        return given(url)
    if u.scheme in uses_netloc and u.netloc:
        return given(urlunparse(u))
    netloc = b.netloc if u.scheme in uses_netloc else u.netloc
    if not u.path and not u.params:
        return given(urlunparse((u.scheme, netloc, b.path, b.params, u.query or b.query, u.fragment)))
    parts = b.path.split("/")
    if parts[-1] != "":
        del parts[-1]
    if u.path[:1] == "/":
        segments = u.path.split("/")
    else:
        segments = parts + u.path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for s in segments:
        if s == "..":
            if resolved:
                resolved.pop()
        elif s != ".":
            resolved.append(s)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return given(urlunparse((u.scheme, netloc, "/".join(resolved) or "/", u.params, u.query, u.fragment)))


def urldefrag(url):
    url, given = _coerce(url)
    if "#" in url:
        p = urlparse(url)
        return given(DefragResult(urlunparse(p[:5] + ("",)), p.fragment))
    return given(DefragResult(url, ""))


def unquote_to_bytes(string):
    if isinstance(string, str):
        string = string.encode()
    parts = bytes(string).split(b"%")
    out = [parts[0]]
    for p in parts[1:]:
        try:
            out.append(bytes([int(p[:2], 16)]) + p[2:] if len(p) >= 2 and b"+" not in p[:2] and b" " not in p[:2] else b"%" + p)
        except ValueError:
            out.append(b"%" + p)
    return b"".join(out)


def unquote(string, encoding="utf-8", errors="replace"):
    if isinstance(string, (bytes, bytearray)):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        string.split
        return string
    out, i = "", 0
    while i < len(string):
        j = i
        while j < len(string) and ord(string[j]) < 128:
            j += 1
        out += unquote_to_bytes(string[i:j]).decode(encoding or "utf-8", errors or "replace")
        i = j
        while j < len(string) and ord(string[j]) >= 128:
            j += 1
        out += string[i:j]
        i = j
    return out


def unquote_plus(string, encoding="utf-8", errors="replace"):
    return unquote(string.replace("+", " "), encoding, errors)


def quote_from_bytes(bs, safe="/"):
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    allowed = _SAFE | frozenset(safe.encode("ascii", "ignore") if isinstance(safe, str) else safe)
    return "".join(chr(c) if c in allowed else "%{:02X}".format(c) for c in bs)


def quote(string, safe="/", encoding=None, errors=None):
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    else:
        if encoding is not None:
            raise TypeError("quote() doesn't support 'encoding' for bytes")
        if errors is not None:
            raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    if (isinstance(string, str) and " " not in string) or (isinstance(string, bytes) and b" " not in string):
        return quote(string, safe, encoding, errors)
    return quote(string, (safe if isinstance(safe, str) else safe.decode()) + " ", encoding, errors).replace(" ", "+")


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    if hasattr(query, "items"):
        query = query.items()
    else:
        try:
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as e:
            raise TypeError("not a valid non-string sequence or mapping object") from e
    one = lambda v: quote_via(v, safe) if isinstance(v, bytes) else quote_via(str(v), safe, encoding, errors)
    out = []
    for k, v in query:
        if doseq and not isinstance(v, (str, bytes)):
            try:
                values = list(v)
            except TypeError:
                values = [v]
        else:
            values = [v]
        out += [one(k) + "=" + one(x) for x in values]
    return "&".join(out)


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    qs, given = _coerce(qs)
    separator, _ = _coerce(separator)
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    found = []
    for pair in qs.split(separator) if qs else ():
        if not pair and not strict_parsing:
            continue
        name, eq, value = pair.partition("=")
        if not eq:
            if strict_parsing:
                raise ValueError("bad query field: %r" % (pair,))
            if not keep_blank_values:
                continue
        if value or keep_blank_values:
            found.append(tuple(given(unquote_plus(x, encoding, errors)) for x in (name, value)))
    return found


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    out = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding, errors, max_num_fields, separator):
        out.setdefault(name, []).append(value)
    return out
`,
);

definePythonModule(
  "html",
  String.raw`
__all__ = ["escape", "unescape"]

_NAMED = {
    "amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0", "copy": "\xa9", "reg": "\xae", "hellip": "\u2026",
    "mdash": "\u2014", "ndash": "\u2013", "lsquo": "\u2018", "rsquo": "\u2019", "ldquo": "\u201c", "rdquo": "\u201d", "euro": "\u20ac",
    "pound": "\xa3", "yen": "\xa5", "cent": "\xa2", "sect": "\xa7", "deg": "\xb0", "plusmn": "\xb1", "times": "\xd7", "divide": "\xf7",
    "laquo": "\xab", "raquo": "\xbb", "middot": "\xb7", "bull": "\u2022", "trade": "\u2122", "rarr": "\u2192", "larr": "\u2190",
    "auml": "\xe4", "ouml": "\xf6", "uuml": "\xfc", "Auml": "\xc4", "Ouml": "\xd6", "Uuml": "\xdc", "szlig": "\xdf",
    "eacute": "\xe9", "egrave": "\xe8", "agrave": "\xe0", "aacute": "\xe1", "ccedil": "\xe7", "ntilde": "\xf1", "oslash": "\xf8",
    "aring": "\xe5", "iacute": "\xed", "oacute": "\xf3", "uacute": "\xfa", "ecirc": "\xea", "ocirc": "\xf4", "iexcl": "\xa1", "iquest": "\xbf",
}
_BARE = ("amp", "lt", "gt", "quot", "nbsp", "copy", "reg")


def escape(s, quote=True):
    s = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if quote:
        s = s.replace('"', "&quot;").replace("'", "&#x27;")
    return s


def _number(digits, base):
    n = int(digits, base)
    if n == 0 or 0xD800 <= n <= 0xDFFF or n > 0x10FFFF:
        return "\ufffd"
    if 0x80 <= n <= 0x9F:
        return bytes([n]).decode("cp1252", "replace")
    return chr(n)


def unescape(s):
    if "&" not in s:
        return s
    out, i = "", 0
    while i < len(s):
        if s[i] != "&":
            out += s[i]
            i += 1
            continue
        j = i + 1
        made = None
        if s[j:j + 1] == "#":
            base = 16 if s[j + 1:j + 2] in ("x", "X") else 10
            k = start = j + (2 if base == 16 else 1)
            while k < len(s) and s[k] in ("0123456789abcdefABCDEF" if base == 16 else "0123456789"):
                k += 1
            if k > start:
                made = _number(s[start:k], base)
                j = k
        else:
            k = j
            while k < len(s) and s[k].isascii() and s[k].isalnum():
                k += 1
            name = s[j:k]
            if s[k:k + 1] == ";" and name in _NAMED:
                made, j = _NAMED[name], k
            else:
                for bare in _BARE:
                    if name.startswith(bare):
                        made, j = _NAMED[bare], j + len(bare)
                        break
        if made is None:
            out += "&"
            i += 1
        else:
            out += made
            i = j + 1 if s[j:j + 1] == ";" else j
    return out
`,
);
