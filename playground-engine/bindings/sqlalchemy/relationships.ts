// What a relationship knows of itself, in Python's kinds: pairs as tuples, columns as sets.
// Behaviour: SQLAlchemy orm/relationships.py.
import type { RelationshipProperty } from "../../orm/props/relationship.ts";
import type { NativeGetter } from "../../python/runtime/native.ts";
import { PyList, PyTuple, PyType, TYPE, type Value } from "../../python/runtime/object.ts";
import { PySet } from "../../python/builtins/index.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { AppenderQuery } from "../../orm/strategies/write-only.ts";
import { extend, typeFor } from "../define.ts";
import { toPython } from "../values.ts";
import { bindKeyedCollections } from "./keyed-collections.ts";

type Prop = RelationshipProperty;
const getter = (fn: (prop: Prop) => Value): NativeGetter => fn as unknown as NativeGetter;
const set = (items: Iterable<unknown>): Value => new PySet([...items] as Value[]);
const pairs = (all: Iterable<readonly unknown[]>): Value =>
  new PyList([...all].map((pair) => new PyTuple([...pair] as Value[])));

/** A dynamic relationship with a query class of the program's is one of its queries, of a class made of that one. */
function bindAppenderQueries(): void {
  const plain = typeFor("sqlalchemy.orm.dynamic.AppenderQuery");
  const made = new WeakMap<PyType, PyType>();
  Object.defineProperty(AppenderQuery.prototype, TYPE, {
    get(this: AppenderQuery): PyType {
      const own = toPython(this.queryClass);
      if (!(own instanceof PyType)) return plain;
      let type = made.get(own);
      if (type === undefined) {
        const mixin = typeFor("sqlalchemy.orm.dynamic.AppenderMixin");
        type = nativeType({
          name: `Appender${own.name}`,
          module: "sqlalchemy.orm.dynamic",
          bases: [mixin, own],
        });
        made.set(own, type);
      }
      return type;
    },
    configurable: true,
  });
}

export function bindRelationships(): void {
  bindKeyedCollections();
  bindAppenderQueries();
  extend("sqlalchemy.orm.attributes.QueryableAttribute", {
    getters: { __doc__: ((attr: { readonly doc: string | null }) => attr.doc) as unknown as NativeGetter },
  });
  extend("sqlalchemy.orm.relationships.RelationshipProperty", {
    getters: {
      order_by: getter((p) => (p.orderBy === false ? false : new PyTuple([...p.orderBy]))),
      remote_side: getter((p) => set(p.remoteSide)),
      local_columns: getter((p) => set(p.localColumns)),
      local_remote_pairs: getter((p) => pairs(p.localRemotePairs)),
      synchronize_pairs: getter((p) => pairs(p.synchronizePairs)),
      secondary_synchronize_pairs: getter((p) => pairs(p.secondarySynchronizePairs)),
      _reverse_property: getter((p) => set(p._reverseProperty)),
      strategy_key: getter((p) => new PyTuple([new PyTuple(["lazy", p.lazy])])),
    },
  });
}
