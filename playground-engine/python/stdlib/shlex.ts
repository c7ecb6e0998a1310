// The module shlex: command lines as a shell splits and quotes them, and its lexer.
// Behaviour: docs.python.org/3.11/library/shlex.html.
import { definePythonModule } from "./python-source.ts";

definePythonModule(
  "shlex",
  String.raw`
import sys
from collections import deque
from io import StringIO

__all__ = ["shlex", "split", "quote", "join"]
_SAFE = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-")


class shlex:
    """Reads words, quoted texts and signs from a text, one token at a time."""

    def __init__(self, instream=None, infile=None, posix=False, punctuation_chars=False):
        if isinstance(instream, str):
            instream = StringIO(instream)
        self.instream = sys.stdin if instream is None else instream
        self.infile = None if instream is None else infile
        self.posix = posix
        self.eof = None if posix else ""
        self.commenters = "#"
        self.wordchars = "abcdfeghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"
        if posix:
            self.wordchars += "ßàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞ"
        self.whitespace = " \t\r\n"
        self.whitespace_split = False
        self.quotes = "'\""
        self.escape = "\\"
        self.escapedquotes = "\""
        self.state = " "
        self.pushback = deque()
        self.lineno = 1
        self.debug = 0
        self.token = ""
        self.filestack = deque()
        self.source = None
        self._punctuation_chars = "();<>|&" if punctuation_chars is True else punctuation_chars or ""
        self._ahead = []
        if self._punctuation_chars:
            self.wordchars += "~-./*?="
            self.wordchars = "".join(c for c in self.wordchars if c not in self._punctuation_chars)

    @property
    def punctuation_chars(self):
        return self._punctuation_chars

    def push_token(self, tok):
        self.pushback.appendleft(tok)

    def push_source(self, newstream, newfile=None):
        if isinstance(newstream, str):
            newstream = StringIO(newstream)
        self.filestack.appendleft((self.infile, self.instream, self.lineno))
        self.infile, self.instream, self.lineno = newfile, newstream, 1

    def pop_source(self):
        self.instream.close()
        self.infile, self.instream, self.lineno = self.filestack.popleft()
        self.state = " "

    def sourcehook(self, newfile):
        newfile = newfile.strip('"')
        return newfile, open(newfile)

    def error_leader(self, infile=None, lineno=None):
        return '"%s", line %d: ' % (infile or self.infile, lineno or self.lineno)

    def get_token(self):
        if self.pushback:
            return self.pushback.popleft()
        raw = self.read_token()
        while self.source is not None and raw == self.source:
            self.push_source(*reversed(self.sourcehook(self.read_token())))
            raw = self.get_token()
        while raw == self.eof:
            if not self.filestack:
                return self.eof
            self.pop_source()
            raw = self.get_token()
        return raw

    def _char(self):
        c = self._ahead.pop() if self._ahead else self.instream.read(1)
        if c == "\n":
            self.lineno += 1
        return c

    def _comment(self):
        self.instream.readline()
        self.lineno += 1

    def read_token(self):
        quoted = False
        back = " "
        while True:
            c = self._char()
            at = self.state
            if at is None:
                self.token = ""
                break
            if at == " ":
                if not c:
                    self.state = None
                    break
                if c in self.whitespace:
                    if self.token or self.posix and quoted:
                        break
                elif c in self.commenters:
                    self._comment()
                elif self.posix and c in self.escape:
                    back, self.state = "a", c
                elif c in self.wordchars:
                    self.token, self.state = c, "a"
                elif c in self._punctuation_chars:
                    self.token, self.state = c, "c"
                elif c in self.quotes:
                    if not self.posix:
                        self.token = c
                    self.state = c
                elif self.whitespace_split:
                    self.token, self.state = c, "a"
                else:
                    self.token = c
                    break
            elif at in self.quotes:
                quoted = True
                if not c:
                    raise ValueError("No closing quotation")
                if c == at:
                    if not self.posix:
                        self.token += c
                        self.state = " "
                        break
                    self.state = "a"
                elif self.posix and c in self.escape and at in self.escapedquotes:
                    back, self.state = at, c
                else:
                    self.token += c
            elif at in self.escape:
                if not c:
                    raise ValueError("No escaped character")
                if back in self.quotes and c != at and c != back:
                    self.token += at
                self.token += c
                self.state = back
            elif not c:
                self.state = None
                break
            elif c in self.whitespace:
                self.state = " "
                if self.token or self.posix and quoted:
                    break
            elif c in self.commenters:
                self._comment()
                if self.posix:
                    self.state = " "
                    if self.token or quoted:
                        break
            elif at == "c" and c in self._punctuation_chars:
                self.token += c
            elif at == "c":
                if c not in self.whitespace:
                    self._ahead.append(c)
                self.state = " "
                break
            elif self.posix and c in self.quotes:
                self.state = c
            elif self.posix and c in self.escape:
                back, self.state = "a", c
            elif c in self.wordchars or c in self.quotes or self.whitespace_split and c not in self._punctuation_chars:
                self.token += c
            else:
                if self._punctuation_chars:
                    self._ahead.append(c)
                else:
                    self.pushback.appendleft(c)
                self.state = " "
                if self.token or self.posix and quoted:
                    break
        result, self.token = self.token, ""
        return None if self.posix and not quoted and result == "" else result

    def __iter__(self):
        return self

    def __next__(self):
        token = self.get_token()
        if token == self.eof:
            raise StopIteration
        return token


def split(s, comments=False, posix=True):
    out, word, started, i = [], "", False, 0
    while i < len(s):
        c = s[i]
        if c in " \t\r\n":
            if started:
                out.append(word)
                word, started = "", False
        elif c == "#" and comments:
            if started:
                out.append(word)
                word, started = "", False
            i = s.find("\n", i)
            if i < 0:
                break
        elif c == "'" or c == '"':
            started = True
            j = i + 1
            while True:
                if j >= len(s):
                    raise ValueError("No closing quotation")
                if s[j] == c:
                    break
                if posix and c == '"' and s[j] == "\\" and s[j + 1:j + 2] in ('"', "\\"):
                    j += 1
                word += s[j]
                j += 1
            if not posix:
                word = c + word + c
            i = j
        elif c == "\\" and posix:
            i += 1
            if i >= len(s):
                raise ValueError("No escaped character")
            word += s[i]
            started = True
        else:
            word += c
            started = True
        i += 1
    if started:
        out.append(word)
    return out


def quote(s):
    if not s:
        return "''"
    if all(c in _SAFE for c in s):
        return s
    return "'" + s.replace("'", "'\"'\"'") + "'"


def join(split_command):
    return " ".join(quote(arg) for arg in split_command)
`,
);
