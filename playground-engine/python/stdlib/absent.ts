// Modules of the standard library that the playground does not have: importing one says so.
//
// The error is CPython's for a missing module, with a note; programs that catch ImportError go their other way.
import { E, err, excDict } from "../runtime/exceptions.ts";
import { defineModule } from "../runtime/modules.ts";
import { PyList } from "../runtime/object.ts";

const REASONS: readonly (readonly [names: string, why: string])[] = [
  [
    "socket ssl select selectors socketserver ftplib smtplib poplib imaplib telnetlib nntplib xmlrpc asyncore asynchat",
    "it has no network",
  ],
  [
    "urllib.request urllib.error urllib.robotparser http.client http.server http.cookiejar http.cookies wsgiref",
    "it has no network",
  ],
  [
    "subprocess multiprocessing pty fcntl resource grp pwd termios tty signal syslog",
    "there is one program and no operating system under it",
  ],
  ["ctypes mmap msvcrt winreg winsound ossaudiodev", "nothing of the machine is open to programs"],
  [
    "tkinter turtle curses readline webbrowser idlelib",
    "it has no screen of its own; print what you want to see",
  ],
  ["gzip bz2 lzma zipfile tarfile zipimport zipapp", "it has no compression"],
  [
    "pdb bdb cProfile profile pstats trace tracemalloc faulthandler",
    "it has tools of its own for looking into a running program",
  ],
  ["venv ensurepip pip setuptools distutils", "packages cannot be installed"],
  [
    "xml xml.etree xml.etree.ElementTree xml.dom xml.sax html.parser email mimetypes mailbox plistlib",
    "no example needs it",
  ],
  [
    "dbm shelve marshal dis tokenize token symtable code codeop pydoc lib2to3 modulefinder runpy optparse getopt gettext cmd fileinput filecmp netrc sched",
    "no example needs it",
  ],
];

for (const [names, why] of REASONS)
  for (const name of names.split(" "))
    defineModule(name, () => {
      const message = `No module named '${name}'`;
      const e = err(E.ModuleNotFoundError, message).setMember("name", name).setMember("msg", message);
      excDict(e).set("__notes__", new PyList([`The playground does not have ${name}: ${why}.`]));
      throw e;
    });
