// Rows and their mappings for Python programs: sequences and mappings, with the views that a mapping gives.
// Behaviour: SQLAlchemy engine/row.py, engine/_py_row.py.
import { Row, type RowMapping } from "../../engine/index.ts";
import { PySlice, resolveSlice } from "../../python/builtins/slice-type.ts";
import { E, raise } from "../../python/runtime/exceptions.ts";
import { hash } from "../../python/runtime/hash.ts";
import { iterate, NativeIterator } from "../../python/runtime/iteration.ts";
import { method, type NativeMethod } from "../../python/runtime/native.ts";
import { asInt, PyList, PyTuple, typeOf, type Value } from "../../python/runtime/object.ts";
import { compare, eqTruth } from "../../python/runtime/operators.ts";
import { repr } from "../../python/runtime/repr.ts";
import { sequence } from "../../python/stdlib/collections-abc.ts";
import { genericGet } from "../../python/runtime/attributes.ts";
import { attach, extend, typeFor } from "../define.ts";
import { toPython } from "../values.ts";

const COMPARISONS = {
  __eq__: "==",
  __ne__: "!=",
  __lt__: "<",
  __le__: "<=",
  __gt__: ">",
  __ge__: ">=",
} as const;

const ROW = "sqlalchemy.engine.row.Row";

/** Rows compare as tuples do, and what tuples cannot be compared with they cannot either. */
const asTuple = (v: Value): Value => (v instanceof Row ? new PyTuple(v._data) : v);

/** What `mapping.values()` and `mapping.items()` give. */
class ROMappingView {
  readonly mapping: RowMapping;
  readonly items: readonly Value[];

  constructor(mapping: RowMapping, items: readonly Value[]) {
    this.mapping = mapping;
    this.items = items;
  }
}
class ROMappingKeysValuesView extends ROMappingView {}
class ROMappingItemsView extends ROMappingView {}

const over = (items: readonly Value[]): NativeIterator => {
  let i = 0;
  return new NativeIterator(() => (i < items.length ? items[i++] : undefined));
};

function bindViews(): void {
  const equal = (self: ROMappingView, other: Value): boolean =>
    eqTruth(new PyList([...self.items]), new PyList([...iterate(other)]));
  for (const cls of [ROMappingView, ROMappingKeysValuesView, ROMappingItemsView])
    attach(cls, `sqlalchemy.engine.row.${cls.name}`);
  extend("sqlalchemy.engine.row.ROMappingView", {
    methods: {
      __len__: method("(self)", (self: ROMappingView) => self.items.length),
      __iter__: method("(self)", (self: ROMappingView) => over(self.items)),
      __contains__: method("(self, item, /)", (self: ROMappingView, item: Value) =>
        self.items.some((v) => v === item || eqTruth(v, item)),
      ),
      __repr__: method(
        "(self)",
        (self: ROMappingView) => `${typeOf(self).name}(${repr(self.mapping as Value)})`,
      ),
      __eq__: method("(self, other, /)", equal),
      __ne__: method("(self, other, /)", (self: ROMappingView, other: Value) => !equal(self, other)),
    },
    members: { __hash__: null },
  });
}

/** Attributes of rows: those of their class, then the values by their names; `count` and `index` the other way round. */
function bindAttributes(): void {
  for (const name of ["Row", "RowMapping"]) {
    const type = typeFor(`sqlalchemy.engine.row.${name}`);
    const own = (key: string): boolean => type.lookup(key) !== undefined;
    type.getAttro = (self: Row | RowMapping, key: string): Value | undefined =>
      own(key) && !((key === "count" || key === "index") && self.hasAttr(key))
        ? genericGet(self, type, key)
        : self.getAttr(key);
  }
}

export function bindRows(): void {
  bindViews();
  extend("sqlalchemy.engine.result.RMKeyView", { members: { __hash__: null } });
  const comparisons: Record<string, NativeMethod> = {};
  for (const [dunder, op] of Object.entries(COMPARISONS)) {
    comparisons[dunder] = method("(self, other, /)", (self: Row, other: Value) =>
      compare(new PyTuple(self._data), asTuple(other), op),
    );
  }
  extend(ROW, {
    methods: {
      ...comparisons,
      __hash__: method("(self)", (self: Row) => hash(new PyTuple(self._data))),
      __len__: method("(self)", (self: Row) => self._data.length),
      __iter__: method("(self)", (self: Row) => over(self._data)),
      __contains__: method("(self, key, /)", (self: Row, key: Value) =>
        self._data.some((v) => v === key || eqTruth(v, key)),
      ),
      __getitem__: method("(self, key, /)", (self: Row, key: Value) => {
        const i = asInt(key);
        if (i !== undefined) return self.get(Number(i));
        if (key instanceof PySlice) {
          const [start, stop, step] = resolveSlice(key, self._data.length);
          const out: Value[] = [];
          for (let at = start; step > 0 ? at < stop : at > stop; at += step) out.push(self._data[at]);
          return new PyTuple(out);
        }
        return raise(E.TypeError, `tuple indices must be integers or slices, not ${typeOf(key).name}`);
      }),
      __setattr__: method("(self, name, value)", () => raise(E.AttributeError, "can't set attribute")),
      __delattr__: method("(self, name)", () => raise(E.AttributeError, "can't delete attribute")),
    },
    members: { index: sequence.dict.get("index")!, count: sequence.dict.get("count")! },
  });
  extend("sqlalchemy.engine.row.RowMapping", {
    methods: {
      __len__: method("(self)", (self: RowMapping) => self._data.length),
      __getitem__: method("(self, key, /)", (self: RowMapping, key: Value) => {
        hash(key);
        return self.getByKey(key);
      }),
      __contains__: method("(self, key, /)", (self: RowMapping, key: Value) => self._parent.hasKey(key)),
      keys: method("(self)", (self: RowMapping) => toPython(self._parent.keys)),
      values: method("(self)", (self: RowMapping) => new ROMappingKeysValuesView(self, self._data)),
      items: method(
        "(self)",
        (self: RowMapping) =>
          new ROMappingItemsView(
            self,
            [...self.entries()].map((pair) => new PyTuple(pair)),
          ),
      ),
      get: method("(self, key, default=None)", (self: RowMapping, key: Value, otherwise: Value) =>
        self._parent.hasKey(key) ? self.getByKey(key) : otherwise,
      ),
    },
  });
  bindAttributes();
}
