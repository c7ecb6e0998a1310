// alembic.util: what scripts and hooks of programs borrow from it: messages, warnings, small functions on collections.
import type { Namespace, Value } from "../../python/runtime/object.ts";
import { runPython } from "../../python/stdlib/python-source.ts";
import { onReset } from "../../util/reset.ts";
import { giveEach } from "../modules.ts";

const SOURCE = `
import contextlib, logging, sys, warnings
from sqlalchemy.engine import make_url
from sqlalchemy.util import immutabledict

log = logging.getLogger("alembic.util.messaging")
EMPTY_DICT = immutabledict()

def write_outstream(stream, *text, quiet=False):
    if not quiet:
        for part in text:
            stream.write(part.decode() if isinstance(part, bytes) else part)

@contextlib.contextmanager
def status(status_msg, newline=False, quiet=False):
    from alembic.util import msg
    msg(status_msg + " ...", newline, flush=True, quiet=quiet)
    try:
        yield
    except BaseException:
        write_outstream(sys.stdout, "  FAILED\\n", quiet=quiet)
        raise
    write_outstream(sys.stdout, "  done\\n", quiet=quiet)

def err(message, quiet=False):
    from alembic.util import msg
    log.error(message)
    msg("FAILED: " + message, quiet=quiet)
    sys.exit(-1)

def obfuscate_url_pw(input_url):
    return make_url(input_url).render_as_string(hide_password=True)

def warn(msg, stacklevel=2):
    warnings.warn(msg, UserWarning, stacklevel=stacklevel)

def warn_deprecated(msg, stacklevel=2):
    warnings.warn(msg, DeprecationWarning, stacklevel=stacklevel)

def dedupe_tuple(tup):
    return tuple(dict.fromkeys(tup))

def unique_list(seq, hashfunc=None):
    first = {}
    for x in seq:
        first.setdefault(hashfunc(x) if hashfunc else x, x)
    return list(first.values())

def not_none(value):
    assert value is not None
    return value
`;

const NAMES = {
  messaging: ["write_outstream", "status", "err", "obfuscate_url_pw", "warn", "warn_deprecated"],
  langhelpers: ["EMPTY_DICT", "dedupe_tuple", "unique_list", "not_none"],
};

export function bindUtil(): void {
  let names: Namespace | undefined;
  onReset(() => {
    names = undefined;
  });
  const value = (name: string): Value => (names ??= runPython("alembic.util.messaging", SOURCE)).get(name)!;
  for (const [module, given] of Object.entries(NAMES))
    for (const name of given)
      for (const at of ["alembic.util", `alembic.util.${module}`])
        giveEach(`${at}.${name}`, () => value(name));
  giveEach("alembic.util.messaging.log", () => value("log"));
  for (const at of ["alembic.util", "alembic.util.sqla_compat"]) giveEach(`${at}.sqla_2`, () => true);
}
