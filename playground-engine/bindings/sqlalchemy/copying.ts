// copy(), deepcopy() and pickle for the engine's objects: elements, statements, types, schemas, rows, errors, URLs.
//
// An object is told apart into its class and its fields. What the fields hold in JavaScript's own containers becomes tuples
// and lists with a tag in front, so that Python's modules copy and write it as they do everything else; what cannot be kept
// (functions, weak maps: caches and listeners) is left out, as SQLAlchemy's own __getstate__ leaves it out.
import { CursorResultMetaData } from "../../engine/cursor-metadata.ts";
import { ResultMetaData, Row, RowMapping, SimpleResultMetaData } from "../../engine/index.ts";
import { ElementMap, ElementSet, type Hashed } from "../../sql/element-set.ts";
import { Operator } from "../../sql/operators.ts";
import * as operators from "../../sql/operators.ts";
import { DialectArguments, DialectOptions } from "../../sql/schema/dialect-kwargs.ts";
import * as roles from "../../sql/roles.ts";
import { typeLate } from "../../sql/types/type-late.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method } from "../../python/runtime/native.ts";
import { DICT, PyList, PyTuple, PyType, TYPE, typeOf, type Value } from "../../python/runtime/object.ts";
import { objectType } from "../../python/runtime/base-types.ts";
import { call1 } from "../../python/runtime/call.ts";
import { toArray } from "../../python/runtime/iteration.ts";
import { extend } from "../define.ts";
import { hostFor } from "../derive.ts";
import { give } from "../modules.ts";
import { camel, classTypes } from "../values.ts";

const MODULE = "sqlalchemy.sql.visitors";
type Fields = Record<string | symbol, unknown>;

/** Classes and symbols that only the engine knows, by name. */
const prototypes = new Map<string, object>();
const symbols = new Map<string, symbol>();

/** What another module of the bindings tells apart in its own way. */
export interface Part<T extends object> {
  readonly tag: string;
  readonly is: (v: object) => v is T;
  readonly encode: (v: T) => Value;
  readonly decode: (v: Value) => T;
}
const parts: Part<object>[] = [];

export function addPart<T extends object>(part: Part<T>): void {
  parts.push(part as unknown as Part<object>);
}

const tagged = (tag: string, ...rest: Value[]): PyTuple => new PyTuple([tag, ...rest]);
const list = (items: Iterable<unknown>): PyList => new PyList([...items].map(encoded));
const pairs = (entries: Iterable<readonly [unknown, unknown]>): PyList =>
  new PyList([...entries].map(([k, v]) => new PyTuple([encoded(k), encoded(v)])));

/** A field's value in Python's own; undefined where it is not kept. */
function encoded(v: unknown): Value {
  switch (typeof v) {
    case "undefined":
      return tagged("undefined");
    case "symbol":
      symbols.set(v.description ?? "", v);
      return tagged("symbol", v.description ?? "");
    case "function": {
      const type = classTypes.get(v);
      return type === undefined ? tagged("undefined") : tagged("class", type);
    }
    case "object":
      return v === null ? null : encodedObject(v);
    default:
      return v as Value;
  }
}

function encodedObject(v: object): Value {
  const part = parts.find((p) => p.is(v));
  if (part) return tagged(part.tag, part.encode(v));
  if (v === typeLate.nullType) return tagged("null type");
  if (v instanceof Operator) {
    const known = (operators as Readonly<Record<string, unknown>>)[camel(v.name)];
    if (known === v) return tagged("operator", v.name);
  }
  if (v instanceof roles.Role) return tagged("role", v.key);
  // the columns that the rows came from stay behind
  if (v instanceof ResultMetaData) return tagged("result keys", list(v.keyNames));
  if (v instanceof PyTuple) return tagged("value", v);
  if (Array.isArray(v)) return tagged("array", list(v));
  if (v instanceof DialectOptions) return tagged("dialect options", v.owner as Value, pairs(v));
  if (v instanceof DialectArguments)
    return tagged("dialect arguments", pairs(v.nonDefaults), pairs(v.defaults));
  if (v instanceof Map) return tagged("map", pairs(v as Map<unknown, unknown>));
  if (v instanceof Set) return tagged("set", list(v));
  if (v instanceof ElementSet) return tagged("elements", list(v as Iterable<unknown>));
  if (v instanceof ElementMap)
    return tagged("element map", pairs(v as Iterable<readonly [unknown, unknown]>));
  if (v instanceof WeakMap || v instanceof WeakSet || v instanceof WeakRef) return tagged("undefined");
  if ((v as { [TYPE]?: unknown })[TYPE] !== undefined) return v as Value;
  const proto = Object.getPrototypeOf(v) as object | null;
  if (proto === null || proto === Object.prototype) return tagged("object", "", pairs(Object.entries(v)));
  const name = proto.constructor.name;
  prototypes.set(name, proto);
  return tagged("object", name, fieldsOf(v));
}

/** Fields that are worked out anew. */
const LEFT_OUT = new Set(["_memo", "stack"]);

export function fieldsOf(v: object): PyList {
  return pairs(Object.entries(v).filter(([name]) => !LEFT_OUT.has(name)));
}

function decoded(v: Value): unknown {
  if (!(v instanceof PyTuple)) return v;
  const [tag, a, b] = v.items;
  const part = parts.find((p) => p.tag === tag);
  if (part) return part.decode(a);
  switch (tag) {
    case "undefined":
      return undefined;
    case "symbol":
      return symbols.get(a as string);
    case "class":
      return hostFor(a as PyType);
    case "null type":
      return typeLate.nullType;
    case "operator":
      return (operators as Readonly<Record<string, unknown>>)[camel(a as string)];
    case "role":
      return Object.values(roles).find((r) => r instanceof roles.Role && r.key === a);
    case "result keys":
      return new SimpleResultMetaData(items(a) as string[]);
    case "value":
      return a;
    case "array":
      return items(a);
    case "dialect options": {
      const made = new DialectOptions(a as object);
      for (const [dialect, args] of entries(b)) made.set(dialect, args as DialectArguments);
      return made;
    }
    case "dialect arguments": {
      const made = new DialectArguments();
      for (const [name, value] of entries(a)) made.nonDefaults.set(name, value);
      for (const [name, value] of entries(b)) made.defaults.set(name, value);
      return made;
    }
    case "map":
      return new Map(entries(a));
    case "set":
      return new Set(items(a));
    case "elements":
      return new ElementSet(items(a) as Hashed[]);
    case "element map":
      return new ElementMap(entries(a) as unknown as [Hashed, unknown][]);
    default: {
      const made = a === "" ? {} : (Object.create(prototypes.get(a as string) ?? Object.prototype) as object);
      return Object.assign(made, Object.fromEntries(entries(b)));
    }
  }
}

const items = (v: Value): unknown[] => (v as PyList).items.map(decoded);
export const entries = (v: Value): [string, unknown][] =>
  (v as PyList).items.map((p) => (p as PyTuple).items.map(decoded) as [string, unknown]);

/** Copies have identities of their own; what shared one in the original shares one in the copy. */
const identities = new Map<number, number>();
let nextIdentity = 1e12;
function identityOf(original: number): number {
  let made = identities.get(original);
  if (made === undefined) identities.set(original, (made = nextIdentity++));
  return made;
}

function blank(cls: PyType, identity: number, inner: string): object {
  const proto = prototypes.get(inner) ?? (hostFor(cls) as unknown as { prototype: object }).prototype;
  const made = Object.create(proto) as Fields;
  if (identity) made._hash = identityOf(identity);
  return made;
}

function reduce(self: Fields & { [TYPE]: PyType }): PyTuple {
  const state = new PyList([fieldsOf(self), encoded(self[DICT])]);
  const identity = Object.hasOwn(self, "_hash") ? (self._hash as number) : 0;
  // several classes of the engine may be one of Python's
  const proto = Object.getPrototypeOf(self) as object;
  const inner = hostFor(typeOf(self)) === proto.constructor ? "" : proto.constructor.name;
  if (inner !== "") prototypes.set(inner, proto);
  return new PyTuple([restore, new PyTuple([typeOf(self), identity, inner]), state]);
}

function setState(self: Fields, state: PyList): void {
  for (const [name, value] of entries(state.items[0])) if (name !== "_hash") self[name] = value;
  const dict = decoded(state.items[1]);
  if (dict !== undefined) (self as { [DICT]?: unknown })[DICT] = dict;
}

const restore = nativeFunction("_restored", method("(cls, identity, inner)", blank), MODULE);
const restoreRow = nativeFunction(
  "_restored_row",
  method("(cls, keys, data, positions)", (cls: PyType, keys: PyTuple, data: PyTuple, positions: Value) => {
    const names = keys.items as string[];
    const ambiguousKeys = new Set(names.filter((name, i) => names.indexOf(name) !== i));
    const parent =
      positions === null
        ? new SimpleResultMetaData(names, { ambiguousKeys })
        : CursorResultMetaData.unpickled(
            names,
            toArray(positions).map((pair) => toArray(pair) as [string, number | null]),
          );
    return cls.name === "RowMapping"
      ? new RowMapping(parent, null, data.items)
      : new Row(parent, null, data.items);
  }),
  MODULE,
);

/** Classes whose instances are told apart, those of programs below them too. */
const CLASSES = [
  "sqlalchemy.sql.visitors.Visitable",
  "sqlalchemy.sql.base.ColumnCollection",
  "sqlalchemy.sql.schema.FetchedValue",
  "sqlalchemy.engine.result.FrozenResult",
  "sqlalchemy.engine.url.URL",
  "sqlalchemy.orm.strategy_options._AbstractLoad",
];

export function bindCopying(): void {
  give(`${MODULE}._restored`, restore);
  give(`${MODULE}._restored_row`, restoreRow);
  for (const name of CLASSES)
    extend(name, {
      methods: {
        __reduce_ex__: method("(self, protocol, /)", (self: Fields & { [TYPE]: PyType }) => {
          const own = typeOf(self).lookup("__reduce__");
          return own === undefined || own === objectType.dict.get("__reduce__")
            ? reduce(self)
            : call1(own, self as Value);
        }),
        __setstate__: method("(self, state, /)", setState),
      },
    });
  extend("sqlalchemy.exc.SQLAlchemyError", {
    methods: {
      __reduce__: method("(self)", reduce),
      __setstate__: method("(self, state, /)", setState),
    },
  });
  for (const name of ["Row", "RowMapping"])
    extend(`sqlalchemy.engine.row.${name}`, {
      methods: {
        __reduce_ex__: method("(self, protocol, /)", (self: Row) => {
          const keys = new PyTuple([...self._parent.keys.toArray()]);
          const positions =
            self._parent instanceof CursorResultMetaData
              ? new PyList(self._parent.positions.map((pair) => new PyTuple([...pair])))
              : null;
          return new PyTuple([
            restoreRow,
            new PyTuple([typeOf(self), keys, new PyTuple([...self._data]), positions]),
          ]);
        }),
      },
    });
  extend("sqlalchemy.sql.elements.quoted_name", {
    methods: {
      __reduce__: method(
        "(self)",
        (self: { toString(): string; quote: boolean | null }) =>
          new PyTuple([typeOf(self), new PyTuple([String(self), self.quote])]),
      ),
    },
  });
}
