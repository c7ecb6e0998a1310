// What the tables cannot say of Core: functions by attribute, rows, collections, elements whose comparator has more to offer.
import {
  functionClasses,
  FunctionGenerator,
  Operator,
  registerProgramFunction,
  type ColumnCollection,
  type ColumnElement,
  type ColumnSet,
  type TextClause,
} from "../../sql/index.ts";
import { getAttr, getAttrOrUndefined } from "../../python/runtime/attributes.ts";
import { getItem } from "../../python/runtime/items.ts";
import { importModule, needsModules } from "../../python/runtime/modules.ts";
import { E, err, raise } from "../../python/runtime/exceptions.ts";
import { iterate } from "../../python/runtime/iteration.ts";
import { fillType, nativeType } from "../../python/runtime/native-type.ts";
import { method } from "../../python/runtime/native.ts";
import { PySlice, resolveSlice } from "../../python/builtins/slice-type.ts";
import { call } from "../../python/runtime/call.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import {
  type Kwargs,
  asStr,
  PyList,
  PyTuple,
  type PyType,
  typeOf,
  type Value,
} from "../../python/runtime/object.ts";
import { ClassAttribute } from "../class-attribute.ts";
import { attachedClasses, knownClass } from "../class-table.ts";
import { attach, extend, typeFor } from "../define.ts";
import { dunderMethods, hostFor, toEngine } from "../derive.ts";
import { give, giveEach } from "../modules.ts";
import { toPython } from "../values.ts";
import { bindVisitors } from "./visitors.ts";

/** Operators as functions of a program: `operators.eq(a, b)`. */
function bindOperatorFunctions(): void {
  const __call__ = method("(self, *args, **kw)", (self: Operator, args: Value[]) =>
    toPython(self.invoke(args[0], args.slice(1))),
  );
  extend("sqlalchemy.sql.operators.custom_op", {
    methods: { __call__ },
    getters: { __name__: ((self: Operator) => self.name) as (self: never) => Value },
  });
  nativeType({
    name: "function",
    module: "sqlalchemy.sql.operators",
    host: Operator,
    methods: {
      __call__,
      __repr__: method("(self)", (self: Operator) => String(self)),
    },
    getters: { __name__: ((self: Operator) => self.name) as (self: never) => Value },
  });
}

/** func, func.lower, func.pkg.name(…) */
function bindFunctions(): void {
  nativeType({
    name: "_FunctionGenerator",
    module: "sqlalchemy.sql.functions",
    host: FunctionGenerator,
    methods: {
      __getattr__: method("(self, name)", (self: FunctionGenerator, name: string) => {
        if (name.startsWith("__")) throw err(E.AttributeError, name);
        return self.attribute(name);
      }),
      __call__: method("(self, *c, **kwargs)", (self: FunctionGenerator, c: Value[], kwargs: Kwargs) =>
        toPython(self.invoke(c, kwargs)),
      ),
    },
  });
  give("sqlalchemy.sql.functions.func", new FunctionGenerator());
  give("sqlalchemy.sql.functions.modifier", new FunctionGenerator());
}

/** `table.c.name`, `mapper.attrs.name`: members of a collection as attributes. */
function bindCollections(): void {
  const byName = method(
    "(self, name)",
    (self: { namespaceAttribute(key: string): Value | undefined }, name: string) => {
      const found = self.namespaceAttribute(name);
      if (found === undefined || found === null) throw err(E.AttributeError, name);
      return toPython(found);
    },
  );
  extend("sqlalchemy.sql.base.ColumnCollection", {
    methods: {
      __getattr__: byName,
      __getitem__: method("(self, key, /)", (self: ColumnCollection, key: Value) => {
        if (!(key instanceof PySlice)) return toPython(self.getitem(key));
        const [start, stop, step] = resolveSlice(key, self.length);
        const at: number[] = [];
        for (let i = start; step > 0 ? i < stop : i > stop; i += step) at.push(i);
        return toPython(self.slice(at));
      }),
      __contains__: method("(self, key, /)", (self: ColumnCollection, key: Value) => self.has(key)),
      __eq__: method("(self, other, /)", (self: ColumnCollection, other: Value) =>
        self.compare(iterate(other) as Iterable<ColumnElement>),
      ),
      items: method(
        "(self)",
        (self: ColumnCollection) => new PyList(self.items().map((pair) => new PyTuple(pair))),
      ),
      ...Object.fromEntries(
        ["__setitem__", "__delitem__", "clear", "remove", "update"].map((name) => [
          name,
          method("(self, *args)", () => raise(E.NotImplementedError, "")),
        ]),
      ),
      __len__: method("(self)", (self: ColumnCollection) => self.length),
      __bool__: method("(self)", () => true),
    },
  });
  extend("sqlalchemy.sql.base.ColumnSet", {
    methods: {
      __eq__: method("(self, other, /)", (self: ColumnSet, other: Value) =>
        toPython(self.eq(iterate(other) as Iterable<ColumnElement>)),
      ),
    },
  });
  const refuse = method("(self, *args)", (self: object) =>
    raise(E.TypeError, `${typeOf(self).name} object is immutable and/or readonly`),
  );
  extend("sqlalchemy.sql.base.ReadOnlyColumnCollection", {
    methods: Object.fromEntries(
      ["__setitem__", "__delitem__", "__setattr__", "add", "extend", "remove"].map((name) => [name, refuse]),
    ),
  });
  extend("sqlalchemy.util._collections.ReadOnlyProperties", { methods: { __getattr__: byName } });
}

/** Attributes of an element that its type's comparator has: `column.my_operator`, JSON's `as_string`. */
function bindElements(): void {
  extend("sqlalchemy.sql.elements.BooleanClauseList", {
    getters: {
      clauses: ((self: { readonly clauses: readonly Value[] }) =>
        new PyTuple(self.clauses.map(toPython))) as (self: never) => Value,
    },
  });
  extend("sqlalchemy.sql.elements.ColumnElement", {
    methods: {
      __getattr__: method("(self, key)", (self: ColumnElement, key: string) => {
        const comparator = (self as unknown as { comparator?: object }).comparator;
        const found =
          comparator === undefined || key.startsWith("__")
            ? undefined
            : getAttrOrUndefined(toPython(comparator), key);
        if (found === undefined) throw err(E.AttributeError, self.missingAttribute(key));
        return found;
      }),
    },
  });
}

/** Members that Python programs know by names with underscores, on classes of the engine as on their instances. */
function bindInternals(): void {
  const visitable = typeFor("sqlalchemy.sql.visitors.Visitable");
  extend("sqlalchemy.sql.visitors.Visitable", {
    members: {
      __visit_name__: new ClassAttribute(
        "__visit_name__",
        visitable,
        "visitName",
        (self: never) => (self as { readonly visitName: string }).visitName,
      ),
    },
  });
  dunderMethods.set("__visit_name__", "visitName");
  dunderMethods.set("__clause_element__", "clauseElement");
  extend("sqlalchemy.sql.selectable.GenerativeSelect", {
    getters: {
      _for_update_arg: ((self: { readonly _forUpdateArg: Value }) => self._forUpdateArg) as (
        self: never,
      ) => Value,
    },
  });
  extend("sqlalchemy.sql.elements.TextClause", {
    methods: {
      __and__: method("(self, other, /)", (self: TextClause, other: Value) => toPython(self.and_(other))),
      __invert__: method("(self)", () => raise(E.AssertionError, "")),
    },
  });
}

/** Classes of which only functions and methods make instances: `Alias(table)` says which. */
function bindAliases(): void {
  for (const name of [
    "AliasedReturnsRows",
    "FromClauseAlias",
    "Alias",
    "CTE",
    "Subquery",
    "Lateral",
    "TableSample",
    "TableValuedAlias",
  ])
    fillType(typeFor(`sqlalchemy.sql.selectable.${name}`), {
      new: method("(cls, *args, **kw)", (cls: PyType) => {
        const by = cls.name.toLowerCase();
        raise(
          E.NotImplementedError,
          `The ${cls.name} class is not intended to be constructed directly.  Please use the ${by}() standalone function or the ${by}() method available from appropriate selectable objects.`,
        );
      }),
    });
}

needsModules(/ColumnExpressionArgument/, "typing");
/** `def by(clause: ColumnExpressionArgument[bool])`: a union over what the argument's type is. */
function bindTyping(): void {
  for (const module of ["sqlalchemy", "sqlalchemy.sql", "sqlalchemy.sql.expression"])
    giveEach(`${module}.ColumnExpressionArgument`, () => {
      const typing = importModule("typing");
      const of = call(getAttr(typing, "TypeVar"), ["_T"]);
      return getItem(
        getAttr(typing, "Union"),
        new PyTuple([typeFor("sqlalchemy.sql.elements.ColumnElement"), of]),
      );
    });
}

/** A subclass of GenericFunction is what `func.its_name` makes from then on. */
function bindGenericFunctions(): void {
  for (const [name, cls] of functionClasses) {
    const qualified = `sqlalchemy.sql.functions.${name}`;
    if (knownClass(qualified)) attach(cls, qualified);
  }
  extend("sqlalchemy.sql.functions.GenericFunction", {
    classMethods: {
      __init_subclass__: method("(cls)", (cls: PyType) => {
        const said = (name: string, otherwise: Value): Value => cls.dict.get(name) ?? otherwise;
        const name = asStr(said("name", cls.name)) as string;
        const identifier = said("identifier", name);
        cls.dict.set("name", name);
        cls.dict.set("identifier", identifier);
        const returned = cls.dict.get("__return_type__");
        if (returned !== undefined) cls.dict.set("type", returned);
        cls.changed();
        Object.defineProperties(hostFor(cls), {
          functionName: { value: name, configurable: true },
          returnType: { value: () => toEngine(getAttrOrUndefined(cls, "type") ?? null), configurable: true },
        });
        const register = cls.lookup("_register");
        if (register === undefined || isTrue(register))
          registerProgramFunction(
            asStr(identifier) as string,
            (args, kwargs) => call(cls, [...args].map(toPython), kwargs as Kwargs) as ColumnElement,
            asStr(said("package", "_default")) as string,
          );
        else cls.dict.set("_register", true);
      }),
    },
  });
}

/** Names of kinds of values → where the program finds their types. */
const KINDS: Readonly<Record<string, readonly [module: string, name: string]>> = {
  datetime: ["datetime", "datetime"],
  date: ["datetime", "date"],
  time: ["datetime", "time"],
  timedelta: ["datetime", "timedelta"],
  decimal: ["decimal", "Decimal"],
  uuid: ["uuid", "UUID"],
};

function bindTypes(): void {
  const python_type = ((self: { readonly pythonType: unknown }) => {
    const kind = self.pythonType;
    if (typeof kind !== "string") return toPython(kind);
    const [module, name] = KINDS[kind] ?? ["builtins", kind];
    return getAttrOrUndefined(importModule(module), name) ?? null;
  }) as (self: never) => Value;
  for (const { name, own } of [...attachedClasses()])
    if (own.includes(".python_type")) extend(name, { getters: { python_type } });
  extend("sqlalchemy.sql.sqltypes._Binary", { getters: { python_type } });
}

export function bindCore(): void {
  bindFunctions();
  bindOperatorFunctions();
  bindCollections();
  bindTyping();
  bindElements();
  bindInternals();
  bindTypes();
  bindVisitors();
  bindGenericFunctions();
  bindAliases();
}
