// Names that recipes and extensions reach for beside the documented ones: constants, legacy names of operators, coercions by
// role, cache keys, the affinity of a type. Behaviour: the modules that each name is given for.
import { COLLECT_CARTESIAN_PRODUCTS, FROM_LINTING, WARN_LINTING } from "../../compiler/index.ts";
import { loadDialect } from "../../dialects/registry.ts";
import type { Pool, URL } from "../../engine/index.ts";
import type { CacheKey, HasCacheKey } from "../../sql/cache-key.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import { expect } from "../../sql/coercions.ts";
import type { StatementLambdaElement } from "../../sql/lambdas.ts";
import * as operators from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import * as labelStyles from "../../sql/selectable/label-style.ts";
import { warnDeprecated } from "../../errors/index.ts";
import type { CallableColumnDefault } from "../../sql/schema/defaults.ts";
import type { TypeEngine } from "../../sql/types/index.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { host } from "../../util/host.ts";
import { PyDict } from "../../python/builtins/dict.ts";
import { callMethod, genericGet, getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { call1, callWith } from "../../python/runtime/call.ts";
import { getItem } from "../../python/runtime/items.ts";
import { getIter } from "../../python/runtime/iteration.ts";
import { fillType, nativeType } from "../../python/runtime/native-type.ts";
import { repr } from "../../python/runtime/repr.ts";
import { method } from "../../python/runtime/native.ts";
import {
  dictOf,
  type Kwargs,
  PyList,
  PyTuple,
  PyType,
  type TYPE,
  typeOf,
  type Value,
} from "../../python/runtime/object.ts";
import { extend, typeFor } from "../define.ts";
import { hostFor, onDerive, toEngine } from "../derive.ts";
import { give, giveEach } from "../modules.ts";
import { nativeMembers } from "../native-prototype.ts";
import { camel, operatorFunction, toPython } from "../values.ts";

const getter = (fn: (self: never) => unknown): ((self: never) => Value) => fn as (self: never) => Value;

const URL_FIELDS = ["drivername", "username", "password", "host", "port", "database", "query"] as const;
const CONNECT_FIELDS = ["host", "database", "username", "password", "port"] as const;

const partsOf = (url: URL): PyTuple => new PyTuple(URL_FIELDS.map((name) => getAttr(url as Value, name)));

/** Names of operators before 1.4. */
const LEGACY_OPERATORS: Readonly<Record<string, string>> = {
  isfalse: "is_false",
  isnot: "is_not",
  isnot_distinct_from: "is_not_distinct_from",
  istrue: "is_true",
  notbetween_op: "not_between_op",
  notcontains_op: "not_contains_op",
  notendswith_op: "not_endswith_op",
  notilike_op: "not_ilike_op",
  notin_op: "not_in_op",
  notlike_op: "not_like_op",
  notmatch_op: "not_match_op",
  notstartswith_op: "not_startswith_op",
  nullsfirst_op: "nulls_first_op",
  nullslast_op: "nulls_last_op",
};

/** A statement's cache key, as a program sees it. */
class ShownCacheKey {
  declare [TYPE]: PyType;
  readonly key: CacheKey;
  constructor(key: CacheKey) {
    this.key = key;
  }
}

function bindCacheKeys(): void {
  nativeType({
    name: "CacheKey",
    module: "sqlalchemy.sql.cache_key",
    host: ShownCacheKey,
    methods: {
      __eq__: method(
        "(self, other, /)",
        (self: ShownCacheKey, other: Value) =>
          other instanceof ShownCacheKey && other.key.key === self.key.key,
      ),
      __hash__: method("(self, /)", () => {
        throw err(E.TypeError, "CacheKey itself is not hashable; hash the .key element");
      }),
      __getitem__: method("(self, index, /)", (self: ShownCacheKey, index: Value) =>
        index === 0 ? self.key.key : new PyList([...self.key.bindparams]),
      ),
    },
    getters: {
      key: getter((self: ShownCacheKey) => self.key.key),
      bindparams: getter((self: ShownCacheKey) => new PyList([...self.key.bindparams])),
    },
  });
  const generate = method("(self)", (self: HasCacheKey & { _generateCacheKey(): CacheKey | null }) => {
    const key = self._generateCacheKey();
    return key && new ShownCacheKey(key);
  });
  extend("sqlalchemy.sql.elements.ClauseElement", {
    methods: {
      _generate_cache_key: generate,
      _clone: method("(self, **kw)", (self: ClauseElement) => self._clone()),
      _annotate: method("(self, values)", (self: ClauseElement, values: Iterable<[string, unknown]>) =>
        (self as unknown as { _annotate(values: ReadonlyMap<string, unknown>): Value })._annotate(
          new Map(values),
        ),
      ),
    },
  });
}

/** `coercions.expect(roles.FromClauseRole, select)` */
function bindCoercions(): void {
  give("sqlalchemy.sql.coercions.expect", () =>
    nativeFunction(
      "expect",
      method("(role, element, **kw)", (given: Value, element: Value, kw: Kwargs) => {
        const role = given instanceof PyType ? (roles as Record<string, unknown>)[given.name] : undefined;
        if (!(role instanceof roles.Role)) throw err(E.KeyError, given);
        const options = Object.fromEntries(
          [...kw].map(([name, v]) => [camel(name.replace(/^_/, "")), toEngine(v)]),
        );
        return toPython(expect(role, toEngine(element) as Value, options));
      }),
    ),
  );
}

/** `column.default.arg`: always called with the context, as a program's own function may not want to be. */
function bindDefaults(): void {
  const wrapped = new WeakMap<object, Value>();
  extend("sqlalchemy.sql.schema.CallableColumnDefault", {
    getters: {
      arg: getter((self: CallableColumnDefault) => {
        if (self.takesContext) return self.arg;
        const known = wrapped.get(self);
        if (known !== undefined) return known;
        const fn = nativeFunction(
          host.nameOf(self.arg),
          method("(ctx)", (context: Value) => toPython(self.call(context))),
        );
        wrapped.set(self, fn as object);
        return fn;
      }),
    },
  });
}

/** `class comparator_factory(Integer.comparator_factory)`: which comparator a type has, as an attribute of its class. */
function bindComparatorFactories(): void {
  for (const name of [
    "Interval",
    "Enum",
    "JSON",
    "ARRAY",
    "NullType",
    "Concatenable",
    "HasExpressionLookup",
    "Indexable",
  ])
    extend(`sqlalchemy.sql.sqltypes.${name}`, {
      members: { comparator_factory: typeFor(`sqlalchemy.sql.sqltypes.${name}.Comparator`) },
    });
  extend("sqlalchemy.sql.type_api.TypeEngine", {
    members: { comparator_factory: typeFor("sqlalchemy.sql.type_api.TypeEngine.Comparator") },
  });
}

/** `@memoized_property`: the value is kept in the object's own dict, before which the property gives way. */
class MemoizedProperty {
  declare [TYPE]: PyType;
  readonly fget: Value;
  constructor(fget: Value) {
    this.fget = fget;
  }
}

function bindMemoizedProperty(): void {
  const type = nativeType({
    name: "_memoized_property",
    module: "sqlalchemy.util.langhelpers",
    host: MemoizedProperty,
    new: method("(cls, fget, doc=None)", (_cls: PyType, fget: Value) => new MemoizedProperty(fget)),
    getters: {
      fget: getter((self: MemoizedProperty) => self.fget),
      __doc__: getter((self: MemoizedProperty) => getAttrOrUndefined(self.fget, "__doc__") ?? null),
      __name__: getter((self: MemoizedProperty) => getAttr(self.fget, "__name__")),
    },
  });
  fillType(type, {
    descriptor: {
      get: (self: MemoizedProperty, obj: Value) => {
        if (obj === null) return self;
        const value = call1(self.fget, obj);
        dictOf(obj)?.set(getAttr(self.fget, "__name__") as string, value);
        return value;
      },
    },
  });
  give("sqlalchemy.util.langhelpers._memoized_property", type);
}

/** `statement += lambda s: s.where(…)`; anything else is asked of the statement that the functions make. */
function bindLambdas(): void {
  const own = new Set(["add_criteria", "spoil", "fn"]);
  const type = extend("sqlalchemy.sql.lambdas.StatementLambdaElement", {
    methods: {
      __add__: method("(self, other, /)", (self: StatementLambdaElement, other: Value) =>
        toPython(self.addCriteria(other)),
      ),
    },
  });
  const getAttro = (self: StatementLambdaElement, name: string): Value | undefined =>
    name.startsWith("__") || own.has(name)
      ? genericGet(self, typeOf(self), name)
      : getAttr(toPython(self._resolved), name);
  for (const t of [type, typeFor("sqlalchemy.sql.lambdas.LinkedLambdaElement")]) t.getAttro = getAttro;
}

/** The copy() of what a table consists of, and Table.tometadata(), which go with a warning; marks that only type checkers read. */
function bindLegacy(): void {
  for (const name of [
    "Column",
    "ForeignKey",
    "ForeignKeyConstraint",
    "CheckConstraint",
    "ColumnCollectionConstraint",
    "Computed",
    "Identity",
  ]) {
    // never a program's own, which reaches this one by super()
    const _copy = method("(self, options=None, /, **kw)", (self: object, options: Value) =>
      toPython(
        (nativeMembers(self) as { _copy(options?: object): Value })._copy.call(
          self,
          options === null
            ? undefined
            : Object.fromEntries(
                [...host.entries(options)!].map(([k, v]) => [camel(String(k)), toEngine(v)]),
              ),
        ),
      ),
    );
    const copy = method("(self, **kw)", (self: { _copy(): Value }) => {
      warnDeprecated(
        `The ${name}.copy() method is deprecated and will be removed in a future release. (deprecated since: 1.4)`,
      );
      return toPython(self._copy());
    });
    extend(`sqlalchemy.sql.schema.${name}`, { methods: { copy, _copy } });
  }
  extend("sqlalchemy.sql.schema.ForeignKey", {
    methods: { _get_colspec: method("(self)", (self: { _getColspec(): string }) => self._getColspec()) },
  });
  extend("sqlalchemy.sql.schema.Table", {
    methods: {
      tometadata: method(
        "(self, metadata, schema=..., referred_schema_fn=None, name=None)",
        (self: Value, metadata: Value, ...more: Value[]) => {
          warnDeprecated("Table.tometadata() is renamed to Table.to_metadata() (deprecated since: 1.4)");
          const names = ["schema", "referred_schema_fn", "name"];
          const kwargs = new Map(names.map((n, i) => [n, more[i]] as const).filter(([, v]) => v != null));
          return callWith(getAttr(self, "to_metadata"), [metadata], kwargs);
        },
      ),
    },
  });
  const same = (name: string): Value =>
    nativeFunction(
      name,
      method("(val, /)", (v: Value) => v),
    );
  for (const name of ["Nullable", "NotNullable"])
    for (const module of ["sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"])
      give(`${module}.${name}`, () => same(name));
  give("sqlalchemy.orm.exc.NO_STATE", new PyTuple([E.AttributeError, E.KeyError]));
  extend("sqlalchemy.engine.url.URL", {
    methods: {
      get_driver_name: method(
        "(self)",
        (self: URL) => self.explicitDriver ?? loadDialect(self.drivername).driver,
      ),
    },
  });
}

/** A column class whose `__init__` takes other arguments says which class its copies are made of: `_constructor = Column`. */
function bindColumnConstructors(): void {
  onDerive((cls, made) => {
    const given = cls.lookup("_constructor");
    if (!(given instanceof PyType)) return;
    Object.defineProperty((made as unknown as { readonly prototype: object }).prototype, "_constructor", {
      value: (...args: unknown[]) =>
        new (hostFor(given) as unknown as new (...all: unknown[]) => object)(null, null, ...args),
      configurable: true,
    });
  });
}

/** Parts of an element: any keyword of the real methods is taken, none changes what the playground gives. */
function bindChildren(): void {
  const children = method("(self, **kw)", (self: { getChildren(): Iterable<unknown> }) => {
    return new PyList([...self.getChildren()].map(toPython));
  });
  for (const name of ["visitors.HasTraverseInternals", "selectable.Select", "elements.ColumnClause"])
    extend(`sqlalchemy.sql.${name}`, { methods: { get_children: children } });
}

export function bindRecipes(): void {
  bindColumnConstructors();
  bindChildren();
  extend("sqlalchemy.pool.base.Pool", {
    getters: {
      _recycle: getter((self: Pool) => self._recycle),
      _pre_ping: getter((self: Pool) => self._prePing),
      logging_name: getter((self: Pool) => self.loggingName),
    },
  });
  bindLegacy();
  bindLambdas();
  bindMemoizedProperty();
  bindDefaults();
  bindComparatorFactories();
  for (const [name, value] of Object.entries(labelStyles)) give(`sqlalchemy.sql.selectable.${name}`, value);
  const linting = { NO_LINTING: 0, COLLECT_CARTESIAN_PRODUCTS, WARN_LINTING, FROM_LINTING };
  for (const [name, value] of Object.entries(linting)) give(`sqlalchemy.sql.compiler.${name}`, value);
  for (const [legacy, name] of Object.entries(LEGACY_OPERATORS)) {
    const op = (operators as Readonly<Record<string, unknown>>)[camel(name)];
    if (op instanceof operators.Operator)
      giveEach(`sqlalchemy.sql.operators.${legacy}`, () => operatorFunction(op));
  }
  bindCacheKeys();
  bindCoercions();
  extend("sqlalchemy.sql.type_api.TypeEngine", {
    getters: { _type_affinity: getter((self: TypeEngine) => toPython(self.typeAffinity)) },
  });
  extend("sqlalchemy.engine.url.URL", {
    methods: {
      get_dialect: method("(self, _is_async=False)", (self: URL) => toPython(loadDialect(self.drivername))),
      __copy__: method("(self)", (self: URL) => self.set()),
      __deepcopy__: method("(self, memo)", (self: URL) => self.set()),
      // a named tuple to programs
      __len__: method("(self)", () => URL_FIELDS.length),
      __getitem__: method("(self, index, /)", (self: URL, index: Value) => getItem(partsOf(self), index)),
      __iter__: method("(self)", (self: URL) => getIter(partsOf(self))),
      _asdict: method("(self)", (self: URL) =>
        PyDict.from(URL_FIELDS.map((name) => [name, getAttr(self as Value, name)] as const)),
      ),
      _replace: method("(self, /, **kwds)", (self: URL, kwds: Kwargs) =>
        callWith(getAttr(self as Value, "set"), [], kwds),
      ),
      index: method("(self, value, /)", (self: URL, value: Value) =>
        callMethod(partsOf(self), "index", value),
      ),
      count: method("(self, value, /)", (self: URL, value: Value) =>
        callMethod(partsOf(self), "count", value),
      ),
      __setattr__: method("(self, name, value, /)", () => {
        throw err(E.AttributeError, "can't set attribute");
      }),
      translate_connect_args: method("(self, names=None, **kw)", (self: URL, names: Value, kw: Kwargs) => {
        const given = names === null ? [] : ([...(host.iterate(names) ?? [])] as string[]);
        const renamed = new Map<string, string | null>(kw as Map<string, string | null>);
        for (const [i, name] of given.entries()) renamed.set(CONNECT_FIELDS[i]!, name);
        return toPython(self.translateConnectArgs(renamed));
      }),
    },
  });
  extend("sqlalchemy.sql.compiler.ExpandedState", {
    methods: {
      __repr__: method("(self)", (self: Value) => {
        const fields = ["statement", "parameters", "processors", "positiontup", "parameter_expansion"];
        return `ExpandedState(${fields.map((f) => `${f}=${repr(getAttr(self, f))}`).join(", ")})`;
      }),
    },
    getters: {
      positional_parameters: getter(
        (self: { readonly positionalParameters: readonly Value[] }) =>
          new PyTuple([...self.positionalParameters]),
      ),
    },
  });
  extend("sqlalchemy.engine.result.ResultInternal", {
    getters: {
      _soft_closed: getter((self: { readonly _softClosed: boolean }) => self._softClosed),
    },
  });
}
