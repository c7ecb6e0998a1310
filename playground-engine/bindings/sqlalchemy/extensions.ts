// The extensions as Python classes: mutable collections, ordering_list, automap, concrete bases, association collections.
//
// Classes that programs derive from are written in Python (they are plain lists, dictionaries and mixins with a few calls of
// the engine, orm/ext); association collections are the engine's objects with a list's, set's or dictionary's methods.
// Behaviour: SQLAlchemy ext/mutable.py, ext/orderinglist.py, ext/automap.py, ext/declarative, ext/associationproxy.py.
import { collectionAdapter } from "../../orm/collections/adapter.ts";
import {
  AssociationDict,
  AssociationList,
  AssociationSet,
  type AssociationCollection,
} from "../../orm/ext/association-collections.ts";
import * as automap from "../../orm/ext/automap.ts";
import * as concrete from "../../orm/ext/concrete-base.ts";
import * as reflection from "../../orm/ext/deferred-reflection.ts";
import * as mutable from "../../orm/ext/mutable.ts";
import { polymorphicUnion } from "../../orm/mapping/polymorphic-union.ts";
import { countFrom0, countFrom1, countFromNFactory } from "../../orm/ext/ordering-list.ts";
import { Properties } from "../../orm/ext/properties.ts";
import { face, type ClassRef } from "../../orm/face.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { E, err } from "../../python/runtime/exceptions.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import type { NativeMethod } from "../../python/runtime/native.ts";
import { call } from "../../python/runtime/call.ts";
import { NativeIterator } from "../../python/runtime/iteration.ts";
import {
  type Kwargs,
  type Namespace,
  NotImplemented,
  PyList,
  type PyType,
  type Value,
} from "../../python/runtime/object.ts";
import { itemsView, valuesView } from "../../python/stdlib/collections-abc.ts";
import { runPython } from "../../python/stdlib/python-source.ts";
import { toEngine } from "../derive.ts";
import { give, resolve } from "../modules.ts";
import { toPython } from "../values.ts";

const method = (signature: string, fn: (...args: never[]) => unknown): NativeMethod => [
  signature,
  ((...args: never[]) => toPython(fn(...args))) as NativeMethod[1],
];
const functions = (table: Readonly<Record<string, NativeMethod>>, module?: string): Record<string, Value> =>
  Object.fromEntries(Object.entries(table).map(([name, m]) => [name, nativeFunction(name, m, module)]));

/** Names of a module that a piece of Python source defines. */
function giveSource(
  module: string,
  source: string,
  names: readonly string[],
  given: () => Record<string, Value>,
): void {
  let ns: Namespace | undefined;
  for (const name of names)
    give(`${module}.${name}`, () => (ns ??= runPython(module, source, given())).get(name)!);
}

// -- mutable ------------------------------------------------------------------------------------------

const MUTABLE = `
class MutableBase:
    @property
    def _parents(self):
        return parents_of(self)

    @classmethod
    def coerce(cls, key, value):
        return refuse(key, value)

    @classmethod
    def _get_listen_keys(cls, attribute):
        return {attribute.key}

    @classmethod
    def _listen_on_attribute(cls, attribute, coerce, parent_cls):
        listen_on(cls, attribute, coerce, parent_cls, cls._get_listen_keys(attribute))


class Mutable(MutableBase):
    def changed(self):
        changed(self)

    @classmethod
    def associate_with_attribute(cls, attribute):
        cls._listen_on_attribute(attribute, True, attribute.class_)

    @classmethod
    def associate_with(cls, sqltype):
        associate_with(cls, sqltype)

    @classmethod
    def as_mutable(cls, sqltype):
        return as_mutable(cls, sqltype)


class MutableComposite(MutableBase):
    def changed(self):
        composite_changed(self)


def _coerces(kind):
    def coerce(cls, key, value):
        if isinstance(value, cls):
            return value
        return cls(value) if isinstance(value, kind) else Mutable.coerce(key, value)

    return classmethod(coerce)


class MutableDict(Mutable, dict):
    coerce = _coerces(dict)

    def __getstate__(self):
        return dict(self)

    def __setstate__(self, state):
        self.update(state)


class MutableList(Mutable, list):
    coerce = _coerces(list)

    def __iadd__(self, x):
        self.extend(x)
        return self

    def __reduce_ex__(self, proto):
        return (self.__class__, (list(self),))

    def __setstate__(self, state):
        self[:] = state


class MutableSet(Mutable, set):
    coerce = _coerces(set)

    def __ior__(self, other):
        self.update(other)
        return self

    def __iand__(self, other):
        self.intersection_update(other)
        return self

    def __ixor__(self, other):
        self.symmetric_difference_update(other)
        return self

    def __isub__(self, other):
        self.difference_update(other)
        return self

    def __getstate__(self):
        return set(self)

    def __setstate__(self, state):
        self.update(state)

    def __reduce_ex__(self, proto):
        return (self.__class__, (list(self),))


def _tell(cls, kind, name):
    plain = getattr(kind, name)

    def mutator(self, *args, **kw):
        result = plain(self, *args, **kw)
        self.changed()
        return result

    mutator.__name__ = name
    mutator.__qualname__ = cls.__name__ + "." + name
    setattr(cls, name, mutator)


for _cls, _kind, _names in ((MutableDict, dict, dict_mutators), (MutableList, list, list_mutators), (MutableSet, set, set_mutators)):
    for _name in _names:
        _tell(_cls, _kind, _name)
`;

function bindMutable(): void {
  giveSource(
    "sqlalchemy.ext.mutable",
    MUTABLE,
    ["MutableBase", "Mutable", "MutableComposite", "MutableDict", "MutableList", "MutableSet"],
    () => ({
      ...functions({
        parents_of: method("(value)", mutable.parentsOf),
        refuse: method("(key, value)", mutable.coerce),
        changed: method("(value)", mutable.changed),
        composite_changed: method("(value)", mutable.compositeChanged),
        listen_on: method(
          "(cls, attribute, coerce, parent_cls, keys)",
          (cls: Value, attribute: never, coerce: boolean, parent: ClassRef, keys: Value) =>
            mutable.listenOnAttribute(
              cls,
              attribute,
              coerce,
              parent,
              new Set(keys === null ? [] : ([...(keys as Iterable<string>)] as string[])),
            ),
        ),
        associate_with: method("(cls, sqltype)", mutable.associateWith),
        as_mutable: method("(cls, sqltype)", (cls: Value, type: Value) =>
          mutable.asMutable(cls, toEngine(type) as never),
        ),
      }),
      dict_mutators: toPython([...mutable.MUTATORS.dict]),
      list_mutators: toPython([...mutable.MUTATORS.list]),
      set_mutators: toPython([...mutable.MUTATORS.set]),
    }),
  );
}

// -- ordering_list ----------------------------------------------------------------------------------------

const ORDERING_LIST = `
def ordering_list(attr, count_from=None, ordering_func=None, reorder_on_append=False):
    if ordering_func is None and count_from is not None:
        ordering_func = {0: count_from_0, 1: count_from_1}.get(count_from) or count_from_n_factory(count_from)
    return lambda: OrderingList(attr, ordering_func=ordering_func, reorder_on_append=reorder_on_append)


class OrderingList(list):
    def __init__(self, ordering_attr, ordering_func=None, reorder_on_append=False):
        self.ordering_attr = ordering_attr
        self.ordering_func = ordering_func or count_from_0
        self.reorder_on_append = reorder_on_append

    def _order_entity(self, index, entity, reorder=True):
        have = getattr(entity, self.ordering_attr)
        if have is not None and not reorder:
            return
        want = self.ordering_func(index, self)
        if have != want:
            setattr(entity, self.ordering_attr, want)

    def reorder(self):
        for index, entity in enumerate(self):
            self._order_entity(index, entity)

    _reorder = reorder

    def append(self, entity):
        super().append(entity)
        self._order_entity(len(self) - 1, entity, self.reorder_on_append)

    @collection.adds(1)
    def _raw_append(self, entity):
        super().append(entity)

    def insert(self, index, entity):
        super().insert(index, entity)
        self._reorder()

    def remove(self, entity):
        super().remove(entity)
        if belongs(self):
            self._reorder()

    def pop(self, index=-1):
        entity = super().pop(index)
        self._reorder()
        return entity

    def __setitem__(self, index, entity):
        if isinstance(index, slice):
            start = index.start or 0
            stop = index.stop or len(self)
            entities = list(entity)
            for i in range(start + len(self) if start < 0 else start, stop + len(self) if stop < 0 else stop, index.step or 1):
                self.__setitem__(i, entities[i])
        else:
            self._order_entity(int(index), entity, True)
            super().__setitem__(index, entity)

    def __delitem__(self, index):
        super().__delitem__(index)
        self._reorder()

    def __reduce__(self):
        return _restored, (self.__class__, self.__dict__, list(self))


def _restored(cls, known, items):
    made = cls.__new__(cls)
    made.__dict__.update(known)
    list.extend(made, items)
    return made
`;

function bindOrderingList(): void {
  const module = "sqlalchemy.ext.orderinglist";
  const counting = functions(
    {
      count_from_0: method("(index, collection)", countFrom0),
      count_from_1: method("(index, collection)", countFrom1),
      count_from_n_factory: method("(start)", countFromNFactory),
    },
    module,
  );
  for (const [name, fn] of Object.entries(counting)) give(`${module}.${name}`, fn);
  giveSource(module, ORDERING_LIST, ["ordering_list", "OrderingList", "_restored"], () => ({
    ...counting,
    ...functions({
      belongs: method("(collection)", (c: Value) => {
        if (!face().adapterOf(c)) return false;
        const { ownerState, attr } = collectionAdapter(c);
        return ownerState.dict.get(attr.key) === c;
      }),
    }),
    collection: resolve("sqlalchemy.orm.collections.collection")!,
  }));
}

// -- automap, concrete bases, deferred reflection -----------------------------------------------------------

const AUTOMAP = `
class AutomapBase:
    __abstract__ = True
    _sa_decl_prepare = True

    @classmethod
    def prepare(
        cls, autoload_with=None, engine=None, reflect=False, schema=None, classname_for_table=None, modulename_for_table=None, collection_class=None,
        name_for_scalar_relationship=None, name_for_collection_relationship=None, generate_relationship=None, reflection_options={},
    ):
        prepare(
            cls, autoload_with, engine, reflect, schema, classname_for_table, modulename_for_table, collection_class,
            name_for_scalar_relationship, name_for_collection_relationship, generate_relationship, reflection_options,
        )

    @classmethod
    def _sa_raise_deferred_config(cls):
        refuse(cls)
`;

const DECLARATIVE = `
class ConcreteBase:
    @classmethod
    def __declare_first__(cls):
        concrete_declare_first(cls)


class AbstractConcreteBase(ConcreteBase):
    __no_table__ = True

    @classmethod
    def __declare_first__(cls):
        cls._sa_decl_prepare_nocascade()

    @classmethod
    def _sa_decl_prepare_nocascade(cls):
        abstract_declare_first(cls)

    @classmethod
    def _sa_raise_deferred_config(cls):
        abstract_refuse(cls)


class DeferredReflection:
    _sa_decl_prepare = True

    @classmethod
    def prepare(cls, bind, **reflect_kw):
        prepare(cls, bind, **reflect_kw)

    @classmethod
    def _sa_raise_deferred_config(cls):
        reflection_refuse(cls)
`;

function bindDeclarativeExtensions(): void {
  giveSource("sqlalchemy.ext.automap", AUTOMAP, ["AutomapBase"], () =>
    functions({
      prepare: method(
        "(cls, autoload_with, engine, reflect, schema, classname, modulename, collection_class, scalar, collection, generate, options)",
        (cls: ClassRef, ...rest: never[]) => automap.automapPrepare(cls, ...(rest as Value[] as [Value])),
      ),
      refuse: method("(cls)", automap.automapRaise),
    }),
  );
  give("sqlalchemy.ext.automap.automap_base", () => {
    automap.automapNames.AutomapBase = resolve("sqlalchemy.ext.automap.AutomapBase") as PyType;
    automap.automapNames.relationship = resolve("sqlalchemy.orm._orm_constructors.relationship");
    automap.automapNames.backref = resolve("sqlalchemy.orm._orm_constructors.backref");
    return nativeFunction(
      "automap_base",
      method("(declarative_base=None, **kw)", (base: ClassRef | null, kw: Kwargs) =>
        automap.automapBase(base, kw),
      ),
      "sqlalchemy.ext.automap",
    );
  });
  giveSource(
    "sqlalchemy.ext.declarative.extensions",
    DECLARATIVE,
    ["ConcreteBase", "AbstractConcreteBase", "DeferredReflection"],
    () =>
      functions({
        concrete_declare_first: method("(cls)", concrete.concreteBaseDeclareFirst),
        abstract_declare_first: method("(cls)", concrete.abstractConcreteBaseDeclareFirst),
        abstract_refuse: method("(cls)", concrete.abstractConcreteBaseRaise),
        prepare: method("(cls, bind, **reflect_kw)", reflection.deferredReflectionPrepare),
        reflection_refuse: method("(cls)", reflection.deferredReflectionRaise),
      }),
  );
}

// -- association collections ----------------------------------------------------------------------------------

type Methods = Record<string, NativeMethod>;

/** Operators that a plain collection answers. */
function plainOperators(names: string): Methods {
  return Object.fromEntries(
    names
      .split(" ")
      .map((name) => [
        name,
        method("(self, other, /)", (self: AssociationCollection, other: Value) => self.operator(name, other)),
      ]),
  );
}

const COMMON: Methods = {
  __len__: method("(self)", (self: AssociationCollection) => self.length),
  __bool__: method("(self)", (self: AssociationCollection) => self.bool()),
  __repr__: method("(self)", (self: AssociationCollection) => self.repr()),
  __hash__: method("(self)", (self: AssociationCollection) => self.hash),
  copy: method("(self)", (self: AssociationCollection) => self.copy()),
  clear: method("(self)", (self: AssociationCollection) => self.clear()),
  __iter__: method("(self)", (self: AssociationList) => {
    const items = self[Symbol.iterator]();
    return new NativeIterator(() => {
      const { done, value } = items.next();
      return done ? undefined : (value as Value);
    });
  }),
  __contains__: method("(self, value, /)", (self: AssociationList, value: Value) => self.contains(value)),
};
const COMPARISONS = "__eq__ __ne__ __lt__ __le__ __gt__ __ge__";

const LIST: Methods = {
  ...COMMON,
  ...plainOperators(`${COMPARISONS} __add__ __mul__ __rmul__`),
  __radd__: method("(self, other, /)", (self: AssociationList, other: Value) =>
    other instanceof PyList ? new PyList([...other.items, ...self]) : NotImplemented,
  ),
  __iadd__: method("(self, iterable, /)", (self: AssociationList, values: Value) => self.iadd(values)),
  __imul__: method("(self, n, /)", (self: AssociationList, n: Value) => self.imul(n)),
  __getitem__: method("(self, index, /)", (self: AssociationList, index: Value) => self.getItem(index)),
  __setitem__: method("(self, index, value, /)", (self: AssociationList, index: Value, value: Value) =>
    self.setItem(index, value),
  ),
  __delitem__: method("(self, index, /)", (self: AssociationList, index: Value) => self.deleteItem(index)),
  append: method("(self, value)", (self: AssociationList, value: Value) => self.append(value)),
  count: method("(self, value)", (self: AssociationList, value: Value) => self.count(value)),
  extend: method("(self, values)", (self: AssociationList, values: Value) => self.extend(values)),
  index: method("(self, value, *arg)", (self: AssociationList, value: Value, range: Value[]) =>
    self.index(value, ...range),
  ),
  insert: method("(self, index, value)", (self: AssociationList, index: Value, value: Value) =>
    self.insert(index, value),
  ),
  pop: method("(self, index=-1)", (self: AssociationList, index: Value) => self.pop(index)),
  remove: method("(self, value)", (self: AssociationList, value: Value) => self.remove(value)),
  reverse: method("(self)", (self: AssociationList) => self.reverse()),
  sort: method("(self)", (self: AssociationList) => self.sort()),
};

const SET: Methods = {
  ...COMMON,
  ...plainOperators(`${COMPARISONS} __or__ __and__ __sub__ __xor__`),
  __ior__: method("(self, other, /)", (self: AssociationSet, other: Value) => self.ior(other)),
  __iand__: method("(self, other, /)", (self: AssociationSet, other: Value) => self.iand(other)),
  __isub__: method("(self, other, /)", (self: AssociationSet, other: Value) => self.isub(other)),
  __ixor__: method("(self, other, /)", (self: AssociationSet, other: Value) => self.ixor(other)),
  add: method("(self, element, /)", (self: AssociationSet, value: Value) => self.add(value)),
  discard: method("(self, element, /)", (self: AssociationSet, value: Value) => self.discard(value)),
  remove: method("(self, element, /)", (self: AssociationSet, value: Value) => self.remove(value)),
  pop: method("(self)", (self: AssociationSet) => self.pop()),
  update: method("(self, *s)", (self: AssociationSet, others: Value[]) => self.update(others)),
  difference_update: method("(self, *s)", (self: AssociationSet, others: Value[]) =>
    self.differenceUpdate(others),
  ),
  intersection_update: method("(self, *s)", (self: AssociationSet, others: Value[]) =>
    self.intersectionUpdate(others),
  ),
  symmetric_difference_update: method("(self, other)", (self: AssociationSet, other: Value) =>
    self.symmetricDifferenceUpdate(other),
  ),
  union: method("(self, *s)", (self: AssociationSet, others: Value[]) => self.union(others)),
  difference: method("(self, *s)", (self: AssociationSet, others: Value[]) => self.difference(others)),
  intersection: method("(self, *s)", (self: AssociationSet, others: Value[]) => self.intersection(others)),
  symmetric_difference: method("(self, other, /)", (self: AssociationSet, other: Value) =>
    self.symmetricDifference(other),
  ),
  issubset: method("(self, other, /)", (self: AssociationSet, other: Value) => self.issubset(other)),
  issuperset: method("(self, other, /)", (self: AssociationSet, other: Value) => self.issuperset(other)),
};

const DICT: Methods = {
  ...COMMON,
  ...plainOperators("__eq__ __ne__"),
  __getitem__: method("(self, key, /)", (self: AssociationDict, key: Value) => self.getItem(key)),
  __setitem__: method("(self, key, value, /)", (self: AssociationDict, key: Value, value: Value) =>
    self.setItem(key, value),
  ),
  __delitem__: method("(self, key, /)", (self: AssociationDict, key: Value) => self.deleteItem(key)),
  get: method("(self, key, default=None, /)", (self: AssociationDict, key: Value, otherwise: Value) =>
    self.get(key, otherwise),
  ),
  setdefault: method("(self, key, default=None, /)", (self: AssociationDict, key: Value, otherwise: Value) =>
    self.setdefault(key, otherwise),
  ),
  keys: method("(self)", (self: AssociationDict) => self.keys()),
  values: method("(self)", (self: AssociationDict) => call(valuesView, [self as unknown as Value])),
  items: method("(self)", (self: AssociationDict) => call(itemsView, [self as unknown as Value])),
  pop: method("(self, key, default=..., /)", (self: AssociationDict, key: Value, otherwise: Value) =>
    self.pop(key, otherwise),
  ),
  popitem: method("(self)", (self: AssociationDict) => self.popitem()),
  update: method("(self, *a, **kw)", (self: AssociationDict, given: Value[], kw: Kwargs) =>
    self.update(given, kw),
  ),
};

function bindAssociationCollections(): void {
  const module = "sqlalchemy.ext.associationproxy";
  for (const [name, host, methods] of [
    ["_AssociationList", AssociationList, LIST],
    ["_AssociationSet", AssociationSet, SET],
    ["_AssociationDict", AssociationDict, DICT],
  ] as const)
    give(`${module}.${name}`, nativeType({ name, module, host, methods, hasDict: true }));
}

/** `Base.classes`: values as attributes and items. */
function bindProperties(): void {
  type Props = Properties<Value>;
  nativeType({
    name: "Properties",
    module: "sqlalchemy.util._collections",
    host: Properties,
    methods: {
      __len__: method("(self)", (self: Props) => self.length),
      __iter__: method("(self)", (self: Props) => call(getAttr(toPython(self.values()), "__iter__"), [])),
      __contains__: method("(self, key, /)", (self: Props, key: string) => self.contains(key)),
      __getitem__: method("(self, key, /)", (self: Props, key: string) => self.getItem(key)),
      __setitem__: method("(self, key, obj, /)", (self: Props, key: string, value: Value) =>
        self.setItem(key, value),
      ),
      __delitem__: method("(self, key, /)", (self: Props, key: string) => self.deleteItem(key)),
      __getattr__: method("(self, key, /)", (self: Props, key: string) => {
        const found = self.namespaceAttribute(key);
        if (found === undefined) throw err(E.AttributeError, key);
        return found;
      }),
      get: method("(self, key, default=None)", (self: Props, key: string, otherwise: Value) =>
        self.get(key, otherwise),
      ),
      has_key: method("(self, key)", (self: Props, key: string) => self.hasKey(key)),
      keys: method("(self)", (self: Props) => self.keys()),
      values: method("(self)", (self: Props) => self.values()),
      items: method("(self)", (self: Props) => self.items()),
      clear: method("(self)", (self: Props) => self.clear()),
    },
  });
}

export function bindExtensions(): void {
  const union = nativeFunction(
    "polymorphic_union",
    method("(table_map, typecolname, aliasname='p_union', cast_nulls=True)", polymorphicUnion),
    "sqlalchemy.orm.util",
  );
  for (const module of ["sqlalchemy.orm", "sqlalchemy.orm.util"]) give(`${module}.polymorphic_union`, union);
  bindProperties();
  bindMutable();
  bindOrderingList();
  bindDeclarativeExtensions();
  bindAssociationCollections();
}
