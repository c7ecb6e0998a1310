// sessionmaker: sessions that are all alike. Behaviour: SQLAlchemy orm/session.py (sessionmaker).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { Bind, SessionOptions } from "./core.ts";
import { Session } from "./session.ts";

/** Makes a session from SQLAlchemy's keyword arguments (snake_case, `bind` among them). */
export type SessionFactory = (cls: typeof Session, kw: Kwargs) => Session;

/** Session's keyword arguments by their Python names. */
const KEYWORDS: ReadonlyMap<string, string> = new Map(
  [
    "autoflush",
    "future",
    "expire_on_commit",
    "autobegin",
    "twophase",
    "binds",
    "enable_baked_queries",
    "info",
    "query_cls",
    "autocommit",
    "join_transaction_mode",
    "close_resets_only",
  ].map((name) => [name, name.replace(/_([a-z])/g, (_, c: string) => c.toUpperCase())]),
);

/** Session's options of its keyword arguments, but for `bind`. Throws the host's TypeError for an argument it does not know. */
export function sessionOptions(kw: Kwargs): SessionOptions {
  const options: Record<string, Value> = {};
  for (const [name, v] of kw) {
    if (name === "bind") continue;
    const key = KEYWORDS.get(name);
    if (!key)
      throw host.error("TypeError", `Session.__init__() got an unexpected keyword argument '${name}'`);
    options[key] = v;
  }
  return options;
}

/** `Session(**kw)` */
export function makeSession(cls: typeof Session, kw: Kwargs): Session {
  return new cls((kw.get("bind") ?? null) as Bind | null, sessionOptions(kw));
}

export interface MakerOptions {
  /** What makes a session; the bindings' makes instances of Python subclasses. */
  readonly factory?: SessionFactory;
  readonly class_?: typeof Session;
}

/** Its named arguments, which follow all others, and what they are where they are not given. */
const NAMED: ReadonlyMap<string, Value> = new Map<string, Value>([
  ["bind", null],
  ["autoflush", true],
  ["expire_on_commit", true],
  ["info", null],
]);

export class sessionmaker {
  static readonly pyModule: string = "sqlalchemy.orm.session";
  /** Keyword arguments of each session. */
  readonly kw: Kwargs;
  /** A class of its own, so that events can be listened to for this maker's sessions alone. */
  readonly class_: typeof Session;
  private readonly factory: SessionFactory;

  /** `kw` holds bind, autoflush, expire_on_commit, info and the rest. */
  constructor(kw: Kwargs, options: MakerOptions = {}) {
    const base = options.class_ ?? Session;
    this.class_ = class extends base {};
    Object.defineProperty(this.class_, "name", { value: base.name });
    this.kw = new Map([...kw].filter(([name]) => !NAMED.has(name)));
    for (const [name, standard] of NAMED) {
      const value = kw.has(name) ? kw.get(name) : standard;
      if (name !== "info" || value !== null) this.kw.set(name, value);
    }
    this.factory = options.factory ?? makeSession;
  }

  /** `maker(**kw)`: a session; these arguments go before the maker's own. */
  call(localKw: Kwargs = new Map()): Session {
    const kw = new Map(localKw);
    for (const [name, v] of this.kw) {
      if (name === "info" && kw.has("info"))
        kw.set("info", host.makeDict([...(host.entries(v) ?? []), ...(host.entries(kw.get("info")) ?? [])]));
      else if (!kw.has(name)) kw.set(name, v);
    }
    return this.factory(this.class_, kw);
  }

  /** A context manager: a session with a transaction that commits at the end of the block. */
  begin(): { enter(): Session; exit(error?: unknown): void } {
    return this.call()._makerContextManager();
  }

  configure(newKw: Kwargs): void {
    for (const [name, v] of newKw) this.kw.set(name, v);
  }

  /** @internal Events for the maker are events for its class. */
  _eventTarget(): object {
    return this.class_;
  }

  repr(): string {
    const shown = [...this.kw].map(([name, v]) => `${name}=${host.repr(v)}`);
    return `sessionmaker(class_='${this.class_.name}', ${shown.join(", ")})`;
  }
}
