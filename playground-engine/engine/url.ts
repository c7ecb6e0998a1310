// The address of a database: parsed, printed with its password hidden, changed by making another.
//
// A URL never changes; printed and parsed again it is the same. Behaviour: SQLAlchemy engine/url.py.
import { ArgumentError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { compareText } from "../util/text.ts";

export type QueryValue = string | readonly string[];
export type Query = ReadonlyMap<string, QueryValue>;

const EMPTY_QUERY: Query = new Map();

export class URL {
  readonly drivername: string;
  readonly username: string | null;
  /** A string, or any object whose str() is the password. */
  readonly password: Value;
  readonly host: string | null;
  readonly port: number | null;
  readonly database: string | null;
  readonly query: Query;

  constructor(
    drivername: string,
    username: string | null,
    password: Value,
    hostName: string | null,
    port: number | null,
    database: string | null,
    query: Query,
  ) {
    this.drivername = drivername;
    this.username = username;
    this.password = password;
    this.host = hostName;
    this.port = port;
    this.database = database;
    this.query = query;
  }

  /** Throws the host's TypeError for parts of a wrong type. `query` maps strings to strings or sequences of strings. */
  static create(
    drivername: Value,
    username: Value = null,
    password: Value = null,
    hostName: Value = null,
    port: Value = null,
    database: Value = null,
    query: Value = null,
  ): URL {
    return new URL(
      text(drivername, "drivername") ?? notText("drivername"),
      text(username, "username"),
      password,
      text(hostName, "host"),
      portNumber(port),
      text(database, "database"),
      makeQuery(query),
    );
  }

  /** Another URL with these parts; null leaves a part as it is. */
  set(
    drivername: Value = null,
    username: Value = null,
    password: Value = null,
    hostName: Value = null,
    port: Value = null,
    database: Value = null,
    query: Value = null,
  ): URL {
    return new URL(
      text(drivername ?? this.drivername, "drivername") ?? notText("drivername"),
      text(username ?? this.username, "username"),
      password ?? this.password,
      text(hostName ?? this.host, "host"),
      portNumber(port ?? this.port),
      text(database ?? this.database, "database"),
      query === null || query === undefined ? this.query : makeQuery(query),
    );
  }

  updateQueryString(queryString: string, append = false): URL {
    return this.updateQueryPairs(parseQuery(queryString), append);
  }

  /** Pairs with one key are gathered into its tuple; append keeps what the key has. */
  updateQueryPairs(pairs: Value, append = false): URL {
    const given = new Map<string, QueryValue>();
    for (const [key, value] of pairsOf(pairs)) {
      const values = queryValue(value);
      const had = given.get(queryKey(key));
      given.set(key, had === undefined ? values : [...asList(had), ...asList(values)]);
    }
    if (!append) return this.withQuery(new Map([...this.query, ...given]));
    const all = new Map<string, QueryValue>();
    for (const [key, value] of given) {
      const had = this.query.get(key);
      all.set(key, had === undefined ? value : [...asList(had), ...asList(value)]);
    }
    for (const [key, value] of this.query) if (!all.has(key)) all.set(key, value);
    return this.withQuery(all);
  }

  updateQueryDict(parameters: Value, append = false): URL {
    const entries = host.entries(parameters);
    if (!entries) throw host.noAttribute(parameters, "items");
    return this.updateQueryPairs(host.makeList([...entries].map((pair) => host.makeTuple(pair))), append);
  }

  differenceUpdateQuery(names: Iterable<string>): URL {
    const drop = new Set(names);
    if (![...drop].some((n) => this.query.has(n))) return this;
    return this.withQuery(new Map([...this.query].filter(([key]) => !drop.has(key))));
  }

  private withQuery(query: Query): URL {
    return new URL(this.drivername, this.username, this.password, this.host, this.port, this.database, query);
  }

  get normalizedQuery(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.query].map(([key, value]) => [key, asList(value)]));
  }

  renderAsString(hidePassword = true): string {
    let s = `${this.drivername}://`;
    if (this.username !== null) {
      s += quote(this.username, " +");
      if (this.password !== null) s += ":" + (hidePassword ? "***" : quote(host.str(this.password), " +"));
      s += "@";
    }
    if (this.host !== null) s += this.host.includes(":") ? `[${this.host}]` : this.host;
    if (this.port !== null) s += `:${this.port}`;
    if (this.database !== null) s += `/${this.database}`;
    if (this.query.size) {
      const parts: string[] = [];
      for (const key of [...this.query.keys()].sort(compareText))
        for (const value of asList(this.query.get(key) as QueryValue))
          parts.push(`${quotePlus(key)}=${quotePlus(value)}`);
      s += `?${parts.join("&")}`;
    }
    return s;
  }

  repr(): string {
    return this.renderAsString();
  }

  toString(): string {
    return this.renderAsString();
  }

  equals(other: unknown): boolean {
    return (
      other instanceof URL &&
      this.renderAsString(false) === other.renderAsString(false) &&
      this.username === other.username &&
      host.equal(this.password, other.password)
    );
  }

  getBackendName(): string {
    return this.drivername.split("+")[0] as string;
  }

  /** The driver that the name gives, or undefined where the dialect's own is meant. */
  get explicitDriver(): string | undefined {
    return this.drivername.includes("+") ? this.drivername.split("+")[1] : undefined;
  }

  /** Parts as keyword arguments of a driver, under other names where asked. */
  translateConnectArgs(names: ReadonlyMap<string, string | null> = new Map()): Map<string, Value> {
    const out = new Map<string, Value>();
    for (const part of ["host", "database", "username", "password", "port"] as const) {
      const name = names.has(part) ? (names.get(part) as string | null) : part;
      const value: Value = this[part];
      if (name !== null && host.isTrue(value)) out.set(name, part === "password" ? host.str(value) : value);
    }
    return out;
  }
}

/** A URL from its text. Throws ArgumentError where it cannot be read. */
export function makeUrl(nameOrUrl: Value): URL {
  if (nameOrUrl instanceof URL) return nameOrUrl;
  if (typeof nameOrUrl !== "string")
    throw new ArgumentError(`Expected string or URL object, got ${host.repr(nameOrUrl)}`);
  return parse(nameOrUrl);
}

const PATTERN =
  /^(?<name>[\w+]+):\/\/(?:(?<username>[^:/]*)(?::(?<password>[^@]*))?@)?(?:(?:\[(?<ipv6>[^/?]+)\]|(?<ipv4>[^/:?]+))?(?::(?<port>[^/?]*))?)?(?:\/(?<database>[^?]*))?(?:\?(?<query>[^\n]*))?/;

function parse(name: string): URL {
  const m = PATTERN.exec(name)?.groups;
  if (!m) throw new ArgumentError("Could not parse SQLAlchemy URL from given URL string");
  const query = new Map<string, QueryValue>();
  for (const [key, value] of m["query"] === undefined ? [] : parseQuery(m["query"])) {
    const had = query.get(key);
    query.set(key, had === undefined ? value : [...asList(had), value]);
  }
  const port = m["port"];
  return new URL(
    m["name"] as string,
    m["username"] === undefined ? null : unquote(m["username"]),
    m["password"] === undefined ? null : unquote(m["password"]),
    m["ipv4"] ?? m["ipv6"] ?? null,
    port ? portNumber(port) : null,
    m["database"] ?? null,
    query,
  );
}

// ------------------------------------------------------------------ checks

function text(v: Value, name: string): string | null {
  if (v === null || v === undefined) return null;
  if (typeof v === "string") return v;
  if (host.kindOf(v) === "str") return host.str(v);
  return notText(name);
}

function notText(name: string): never {
  throw host.error("TypeError", `${name} must be a string`);
}

function portNumber(v: Value): number | null {
  if (v === null || v === undefined) return null;
  if (typeof v === "number") return Math.trunc(v);
  if (typeof v !== "string") throw host.error("TypeError", "Port argument must be an integer or None");
  if (!/^\s*[+-]?\d+(_\d+)*\s*$/.test(v))
    throw host.error("ValueError", `invalid literal for int() with base 10: ${host.repr(v)}`);
  return Number(v.replaceAll("_", ""));
}

function makeQuery(v: Value): Query {
  if (v === null || v === undefined) return EMPTY_QUERY;
  const out = new Map<string, QueryValue>();
  for (const [key, value] of pairsOf(v)) {
    out.set(queryKey(key), queryValue(value));
  }
  return out;
}

function queryKey(key: Value): string {
  if (typeof key === "string") return key;
  throw host.error("TypeError", "Query dictionary keys must be strings");
}

function queryValue(v: Value): QueryValue {
  if (typeof v === "string") return v;
  const kind = host.kindOf(v);
  if (kind !== "list" && kind !== "tuple" && kind !== "sequence")
    throw host.error("TypeError", "Query dictionary values must be strings or sequences of strings");
  return [...(host.iterate(v) ?? [])].map((x) => queryValue(x) as string);
}

function* pairsOf(v: Value): Generator<[string, Value]> {
  if (typeof v !== "string" && host.iterate(v) === undefined) throw host.noAttribute(v, "items");
  const entries = host.entries(v);
  if (entries) yield* entries as Iterable<[string, Value]>;
  else for (const pair of host.iterate(v) ?? []) yield [...(host.iterate(pair) ?? [])] as [string, Value];
}

function asList(v: QueryValue): readonly string[] {
  return typeof v === "string" ? [v] : v;
}

// ------------------------------------------------------------------ Python's urllib.parse

/** quote(): everything but letters, digits, `_.-~` and `safe` as UTF-8 bytes in hexadecimal. */
function quote(s: string, safe: string): string {
  let out = "";
  for (const byte of new TextEncoder().encode(s)) {
    const ch = String.fromCharCode(byte);
    out +=
      /[A-Za-z0-9_.~-]/.test(ch) || (byte < 128 && safe.includes(ch))
        ? ch
        : "%" + byte.toString(16).toUpperCase().padStart(2, "0");
  }
  return out;
}

function quotePlus(s: string): string {
  return quote(s, " ").replaceAll(" ", "+");
}

function unquote(s: string): string {
  return s.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = Uint8Array.from(run.slice(1).split("%"), (h) => parseInt(h, 16));
    return new TextDecoder().decode(bytes);
  });
}

/** parse_qsl(): pairs without a value are left out. */
function parseQuery(query: string): [string, string][] {
  const pairs: [string, string][] = [];
  for (const part of query.split("&")) {
    const at = part.indexOf("=");
    if (at < 0 || at === part.length - 1) continue;
    pairs.push([
      unquote(part.slice(0, at).replaceAll("+", " ")),
      unquote(part.slice(at + 1).replaceAll("+", " ")),
    ]);
  }
  return pairs;
}
