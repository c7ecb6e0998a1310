// Arguments meant for one dialect, as mappings that programs read and write: `index.dialect_options["postgresql"]["using"]`,
// `table.kwargs["mysql_engine"]`. Behaviour: SQLAlchemy sql/base.py (_DialectArgView, _DialectArgDict).
import { ArgumentError, NoSuchModuleError } from "../../errors/index.ts";
import { DialectArguments, type DialectKWArgs, DialectOptions } from "../../sql/schema/dialect-kwargs.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { NativeIterator } from "../../python/runtime/iteration.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import type { Value } from "../../python/runtime/object.ts";
import { repr } from "../../python/runtime/repr.ts";
import { mutableMapping } from "../../python/stdlib/collections-abc.ts";
import { extend } from "../define.ts";

function iterator(keys: Iterable<string>): NativeIterator {
  const it = keys[Symbol.iterator]();
  return new NativeIterator(() => {
    const { done, value } = it.next();
    return done ? undefined : value;
  });
}

interface Mapping<T> {
  get(self: T, key: string): Value;
  set(self: T, key: string, value: Value): void;
  delete(self: T, key: string): boolean;
  keys(self: T): Iterable<string>;
}

function mappingType<T extends object>(
  name: string,
  module: string,
  host: abstract new (...args: never[]) => T,
  of: Mapping<T>,
  more: Record<string, NativeMethod> = {},
): void {
  nativeType({
    name,
    module,
    host,
    bases: [mutableMapping],
    methods: {
      __getitem__: method("(self, key, /)", (self: T, key: string) => of.get(self, key)),
      __setitem__: method("(self, key, value, /)", (self: T, key: string, value: Value) =>
        of.set(self, key, value),
      ),
      __delitem__: method("(self, key, /)", (self: T, key: string) => {
        if (!of.delete(self, key)) throw err(E.KeyError, key);
      }),
      __iter__: method("(self)", (self: T) => iterator(of.keys(self))),
      __len__: method("(self)", (self: T) => [...of.keys(self)].length),
      ...more,
    },
  });
}

class DialectArgView {
  readonly owner: DialectKWArgs;

  constructor(owner: DialectKWArgs) {
    this.owner = owner;
  }

  /** The argument a key names, with the dialect's arguments; undefined for a key of another form. */
  find(key: string): { readonly args: DialectArguments; readonly name: string } | undefined {
    const at = key.indexOf("_");
    return at < 0
      ? undefined
      : { args: this.owner.dialectOptions.fetch(key.slice(0, at)), name: key.slice(at + 1) };
  }
}

function read(args: DialectArguments, name: string, key: string): Value {
  if (!args.has(name)) throw err(E.KeyError, key);
  return args.get(name) as Value;
}

/** Before bindCore. */
export function bindDialectOptions(): void {
  mappingType("_DialectArgDict", "sqlalchemy.sql.base", DialectArguments, {
    get: (self, key) => read(self, key, key),
    set: (self, key, value) => self.set(key, value),
    delete: (self, key) => self.nonDefaults.delete(key),
    keys: (self) => new Set([...self.nonDefaults.keys(), ...self.defaults.keys()]),
  });
  mappingType(
    "PopulateDict",
    "sqlalchemy.util._collections",
    DialectOptions,
    {
      get: (self, key) => self.fetch(key),
      set: (self, key, value) => self.set(key, value as DialectArguments),
      delete: (self, key) => self.delete(key),
      keys: (self) => self.keys(),
    },
    {
      __repr__: method(
        "(self)",
        (self: DialectOptions) => `{${[...self].map(([k, v]) => `${repr(k)}: ${repr(v)}`).join(", ")}}`,
      ),
    },
  );
  mappingType("_DialectArgView", "sqlalchemy.sql.base", DialectArgView, {
    get: (self, key) => {
      let found: ReturnType<DialectArgView["find"]>;
      try {
        found = self.find(key);
      } catch (e) {
        if (!(e instanceof NoSuchModuleError)) throw e;
      }
      if (!found) throw err(E.KeyError, key);
      return read(found.args, found.name, found.name);
    },
    set: (self, key, value) => {
      const found = self.find(key);
      if (!found) throw new ArgumentError("Keys must be of the form <dialectname>_<argname>");
      found.args.set(found.name, value);
    },
    delete: (self, key) => self.find(key)?.args.nonDefaults.delete(key.slice(key.indexOf("_") + 1)) ?? false,
    keys: (self) => self.owner.dialectKwargs.keys(),
  });
  const view = ((self: DialectKWArgs) => new DialectArgView(self)) as (self: never) => Value;
  extend("sqlalchemy.sql.base.DialectKWArgs", { getters: { kwargs: view, dialect_kwargs: view } });
}
