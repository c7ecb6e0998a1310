// sqlalchemy.ext.mutable: collections and composites that tell of changes inside. Behaviour: SQLAlchemy ext/mutable.py.
import * as mutable from "../../../orm/ext/mutable.ts";
import type { ClassRef } from "../../../orm/face.ts";
import type { Value } from "../../../python/runtime/object.ts";
import { toEngine } from "../../derive.ts";
import { toPython } from "../../values.ts";
import { engineMethod, functions, giveSource } from "./source.ts";

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

export function bindMutable(): void {
  giveSource(
    "sqlalchemy.ext.mutable",
    MUTABLE,
    ["MutableBase", "Mutable", "MutableComposite", "MutableDict", "MutableList", "MutableSet"],
    () => ({
      ...functions({
        parents_of: engineMethod("(value)", mutable.parentsOf),
        refuse: engineMethod("(key, value)", mutable.coerce),
        changed: engineMethod("(value)", mutable.changed),
        composite_changed: engineMethod("(value)", mutable.compositeChanged),
        listen_on: engineMethod(
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
        associate_with: engineMethod("(cls, sqltype)", mutable.associateWith),
        as_mutable: engineMethod("(cls, sqltype)", (cls: Value, type: Value) =>
          mutable.asMutable(cls, toEngine(type) as never),
        ),
      }),
      dict_mutators: toPython([...mutable.MUTATORS.dict]),
      list_mutators: toPython([...mutable.MUTATORS.list]),
      set_mutators: toPython([...mutable.MUTATORS.set]),
    }),
  );
}
