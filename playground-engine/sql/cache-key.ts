// What makes two statements the same compiled text: one string, and the bound parameters in the order they were met.
//
// Built in one walk. Values of parameters are left out, so statements that differ in values only share a key; an element
// met again is its number. An element that cannot say what it is spoils the key, and the statement is compiled each time.
// A part that is the same in whatever statement it stands (a column of a table) is written once and stands in keys as a number.
// Behaviour: SQLAlchemy sql/cache_key.py.
import type { Value } from "../util/host.ts";
import { host } from "../util/host.ts";
import { LRUCache } from "../util/lru.ts";
import { onReset } from "../util/reset.ts";
import type { AnonymousNames } from "./names.ts";
import type { BindParameter } from "./elements/bind.ts";

export class CacheKey {
  readonly key: string;
  readonly bindparams: readonly BindParameter[];
  private circumstances = "";
  private whole = "";

  constructor(key: string, bindparams: readonly BindParameter[]) {
    this.key = key;
    this.bindparams = bindparams;
  }

  /** The key with what it is compiled for; a statement that is executed again gives the same string, whose hash is known. */
  under(circumstances: string): string {
    if (this.circumstances !== circumstances) {
      this.circumstances = circumstances;
      this.whole = circumstances + this.key;
    }
    return this.whole;
  }
}

/** Anything with a part in a key. */
export interface HasCacheKey {
  _genCacheKey(builder: CacheKeyBuilder): void;
}

export function hasCacheKey(v: unknown): v is HasCacheKey {
  return (
    typeof v === "object" && v !== null && typeof (v as Partial<HasCacheKey>)._genCacheKey === "function"
  );
}

const tokens = new WeakMap<object, number>();
let nextToken = 1;

/** A number for an object: the same all its life, never another's. */
export function tokenOf(obj: object): number {
  let n = tokens.get(obj);
  if (n === undefined) tokens.set(obj, (n = nextToken++));
  return n;
}

/** Numbers of constant parts by their text. A part that is forgotten gets a new number: its statements are compiled once more. */
const constants = new LRUCache<string, number>(5000);
let nextConstant = 1;
onReset(() => constants.clear());

/**
 * What an element adds to every key, where that does not depend on what else is in the statement; else null. An element that
 * spoils keys has spoiled `into`, and said why: it is not to be asked again for this one.
 */
export function constantPart(into: CacheKeyBuilder, write: (b: CacheKeyBuilder) => void): string | null {
  const b = new CacheKeyBuilder();
  write(b);
  if (!b.cacheable) into.spoil();
  if (!b.isConstant) return null;
  let n = constants.get(b.text);
  if (n === undefined) constants.set(b.text, (n = nextConstant++));
  return `=${n};`;
}

/** So many parts are sooner looked through than kept in a Map. */
const FEW = 24;

export class CacheKeyBuilder implements AnonymousNames {
  /** The key so far. Parts end themselves, so that none can run into the next. */
  text = "";
  readonly bindparams: BindParameter[] = [];
  cacheable = true;
  private varies = false;
  /** Elements and anonymous names in the order they were met, and where each is once there are many. */
  private readonly met: (object | string)[] = [];
  private places: Map<object | string, number> | undefined;

  /** False where the element was met before: then its number is all there is to say. */
  enter(element: object): boolean {
    const at = this.placeOf(element);
    if (at < 0) {
      this.note(element);
      return true;
    }
    this.text += `@${at};`;
    return false;
  }

  private placeOf(part: object | string): number {
    return this.places ? (this.places.get(part) ?? -1) : this.met.indexOf(part);
  }

  private note(part: object | string): number {
    const at = this.met.push(part) - 1;
    if (this.places) this.places.set(part, at);
    else if (at === FEW) this.places = new Map(this.met.map((m, i) => [m, i]));
    return at;
  }

  /** Nothing in it is counted through the statement: no parameters, no anonymous names. */
  get isConstant(): boolean {
    return this.cacheable && !this.varies && this.bindparams.length === 0;
  }

  /** What is being written depends on what else is in the statement. */
  vary(): void {
    this.varies = true;
  }

  /** The statement cannot be cached. */
  spoil(): void {
    this.cacheable = false;
  }

  /** A fixed word of this code: an attribute name, a class token. */
  word(w: string): void {
    this.text += w;
  }

  string(s: string): void {
    this.text += `${s.length}"${s}`;
  }

  /** An object that is itself and nothing else: a table, a mapper, a callable. */
  identity(obj: object): void {
    this.text += `#${tokenOf(obj)};`;
  }

  /** A part with a key of its own, or a plain value. */
  multi(v: unknown): void {
    if (hasCacheKey(v)) v._genCacheKey(this);
    else this.plain(v);
  }

  /** A plain value: constants, strings, numbers, lists of them; anything of the program's by the host's equality. */
  plain(v: unknown): void {
    if (v === null || v === undefined) this.text += "~";
    else if (typeof v === "string") this.string(v);
    else if (typeof v === "number" || typeof v === "bigint" || typeof v === "boolean") this.text += `${v},`;
    else if (Array.isArray(v)) {
      this.text += "[";
      for (const x of v) this.multi(x);
      this.text += "]";
    } else if (v instanceof Map || v instanceof Set) {
      this.text += "{";
      for (const x of v) this.plain(x);
      this.text += "}";
    } else if (typeof v === "function" || typeof v === "symbol") this.identity(v as object);
    else this.hostValue(v);
  }

  private hostValue(v: Value): void {
    let key: unknown;
    try {
      key = host.key(v);
    } catch {
      // unhashable: SQLAlchemy would fail at the cache; compiling each time is the harmless reading
      return this.spoil();
    }
    if (typeof key === "object" && key !== null) this.identity(key);
    else this.text += `${typeof key}:${String(key)};`;
  }

  nameFor(key: string): string {
    this.vary();
    const at = this.placeOf(key);
    return String(at < 0 ? this.note(key) : at);
  }

  finish(): CacheKey | null {
    return this.cacheable ? new CacheKey(this.text, this.bindparams) : null;
  }
}
