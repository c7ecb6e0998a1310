// The seam between the engine and the language whose values pass through it.
//
// sql, compiler, engine and orm never look inside a reader's value: they ask the host. Python
// (bindings/host.ts) and TypeScript (plain-host.ts) each supply one; exactly one is installed.
// Values go through the engine untouched: None is null, int is number (bigint beyond 2^53), str is
// string, bool is boolean in every host; floats, bytes, dates, decimals and containers belong to the host.
// `undefined` is never a value: it means "not given".
import { plainHost } from "./plain-host.ts";

/** A value of the reader's program. Opaque: ask the host. */
export type Value = unknown;
export type Kwargs = Map<string, Value>;

/** What Python would call the type of a value, as far as SQL types care (subclasses count as their base). */
export type Kind =
  | "none"
  | "bool"
  | "int"
  | "float"
  | "str"
  | "bytes"
  | "decimal"
  | "fraction"
  | "complex"
  | "date"
  | "datetime"
  | "time"
  | "timedelta"
  | "uuid"
  | "enum"
  | "list"
  | "tuple"
  | "dict"
  | "set"
  | "frozenset"
  | "mapping"
  | "sequence"
  | "iterator"
  | "class"
  | "function"
  | "module"
  | "other";

/** One parameter of a callable, as Python's inspect.signature tells it. */
export interface Parameter {
  readonly name: string;
  readonly kind: "positional" | "positional-or-keyword" | "var-positional" | "keyword" | "var-keyword";
  readonly hasDefault: boolean;
}

export interface DateParts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
export interface TimeParts {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** offset east of UTC in seconds */ readonly offset?: number;
}
export type DateTimeParts = DateParts & TimeParts;
export interface EnumMember {
  readonly name: string;
  readonly value: Value;
  readonly enumClass: Value;
}

/** Making and reading the values that SQL types convert to and from. Readers throw a host TypeError on a value of another kind. */
export interface HostTypes {
  makeFloat(v: number): Value;
  readFloat(v: Value): number;
  makeBytes(v: Uint8Array): Value;
  readBytes(v: Value): Uint8Array;
  /** What a driver is given for bytes: in Python a view of them. */
  makeBinary(v: Value): Value;
  makeDecimal(text: string): Value;
  readDecimal(v: Value): string;
  makeDate(p: DateParts): Value;
  readDate(v: Value): DateParts;
  makeTime(p: TimeParts): Value;
  readTime(v: Value): TimeParts;
  makeDateTime(p: DateTimeParts): Value;
  readDateTime(v: Value): DateTimeParts;
  /** Total microseconds. */
  makeTimedelta(microseconds: bigint): Value;
  readTimedelta(v: Value): bigint;
  /** 32 hexadecimal digits, lower case. */
  makeUuid(hex: string): Value;
  readUuid(v: Value): string;
  readEnumMember(v: Value): EnumMember;
  /** The names of an enum class and what they stand for, aliases included, in definition order; undefined where `v` has no `__members__`. */
  enumMembers(v: Value): readonly (readonly [name: string, member: Value])[] | undefined;
  isEnumClass(v: Value): boolean;
  jsonDumps(v: Value): string;
  jsonLoads(text: string): Value;
  pickleDumps(v: Value): Value;
  pickleLoads(v: Value): Value;
}

/** A logger of Python's logging module, or what stands for it. Levels: DEBUG 10, INFO 20, WARNING 30, ERROR 40. */
export interface HostLogger {
  isEnabledFor(level: number): boolean;
  log(level: number, message: string, args?: readonly Value[]): void;
  /** Adds a handler to standard output, "%(asctime)s %(levelname)s %(name)s %(message)s", unless the logger has handlers of its own. */
  addDefaultHandler(): void;
  /** Hands a finished line to the handlers without asking the logger's level: an echoing engine beside a silent one. */
  emit(level: number, message: string): void;
}

export interface Host {
  kindOf(v: Value): Kind;
  /** `type(v).__name__` */
  typeName(v: Value): string;
  /** `type(v).__module__`: "builtins", "decimal", "__main__" */
  typeModule(v: Value): string;
  /** `type(v)` as a value of the host, opaque */
  typeOf(v: Value): Value;
  /** `issubclass(type(v), cls)` */
  isInstance(v: Value, cls: Value): boolean;
  /** The kind that values of a host class have: `int` → "int", `datetime.date` → "date"; "other" if none. */
  kindOfClass(cls: Value): Kind;
  repr(v: Value): string;
  str(v: Value): string;
  isTrue(v: Value): boolean;
  /** `a is b` */
  same(a: Value, b: Value): boolean;
  /** `a == b` as a truth value */
  equal(a: Value, b: Value): boolean;
  /** Negative, 0 or positive by `<`; throws the host's TypeError where values cannot be ordered. */
  compare(a: Value, b: Value): number;
  /** A key for a JavaScript Map: equal hashable values give the same key. Throws the host's TypeError on unhashable values. */
  key(v: Value): unknown;
  isHashable(v: Value): boolean;
  add(a: Value, b: Value): Value;

  isCallable(v: Value): boolean;
  call(fn: Value, args: readonly Value[], kwargs?: Kwargs): Value;
  /**
   * Until the function given back is called, `fn` sees `replace(name, value, …)` in place of its free and global variables,
   * and of what functions among them give, where that is given. A host without such variables leaves it out.
   */
  trackVariables?(
    fn: Value,
    replace: (name: string, value: Value, from: "free" | "global" | "call") => Value | undefined,
  ): (() => void) | undefined;
  /** Parameters of a callable, `self` of a bound method left out; undefined where it cannot be known. */
  parameters(fn: Value): readonly Parameter[] | undefined;
  /** `__name__` of a function or class, or its repr. */
  nameOf(v: Value): string;

  /** Where an object is, as its default repr shows it: "0x7f…", the same all its life. */
  address(v: object): string;
  getAttribute(v: Value, name: string): Value | undefined;
  setAttribute(v: Value, name: string, value: Value): void;
  hasAttribute(v: Value, name: string): boolean;
  /** The error of an attribute that is not there, as the language words it for this object. */
  noAttribute(v: Value, name: string): unknown;
  /** `obj[key]` */
  getItem(v: Value, key: Value): Value;

  /** Elements of anything iterable but str and bytes; undefined where it is not iterable. */
  iterate(v: Value): Iterable<Value> | undefined;
  /** Key and value pairs of a mapping; undefined where it is none. */
  entries(v: Value): Iterable<[Value, Value]> | undefined;
  makeList(items: Iterable<Value>): Value;
  makeTuple(items: Iterable<Value>): Value;
  makeSet(items: Iterable<Value>): Value;
  makeFrozenSet(items: Iterable<Value>): Value;
  makeDict(entries: Iterable<readonly [Value, Value]>): Value;
  /** Execution options as a program is shown them: the same dict each time for a Map, which nobody changes. */
  makeImmutableDict(map: ReadonlyMap<string, Value>): Value;
  /** Anything that one pulls values from by `next`; ends with undefined. */
  makeIterator(next: () => Value | undefined): Value;

  readonly types: HostTypes;

  /** An exception of the language, to be thrown: `throw host.error("TypeError", "…")`. args[0] is the message. */
  error(name: string, message: string): unknown;
  /** Whether a caught value is an exception of the named built-in class or a subclass of it. "DontWrapMixin" asks for SQLAlchemy's mixin. */
  isError(e: unknown, name: string): boolean;
  /** `str(e)` of anything caught. */
  errorText(e: unknown): string;
  /** `raise e from cause`: sets the cause and gives e back. */
  withCause<E>(e: E, cause: unknown): E;
  /** warnings.warn with the named category: "SAWarning", "SADeprecationWarning", "MovedIn20Warning", "LegacyAPIWarning", "RuntimeWarning", … */
  warn(category: string, message: string): void;
  logger(name: string): HostLogger;
  /** Local wall-clock time now, as the host's datetime parts; UTC where asked. */
  now(utc: boolean): DateTimeParts;
  /** Identifies the thread of the program that runs now, as threading.get_ident() does. */
  thread(): number;
  /** File and line of the reader's code that is running now (the innermost frame), for the trace. */
  where(): { file: string; line: number; function: string } | undefined;
}

export let host: Host = plainHost;

/** Install the host of the language that is about to run. Call once, before anything is built. */
export function installHost(h: Host): void {
  host = h;
}
