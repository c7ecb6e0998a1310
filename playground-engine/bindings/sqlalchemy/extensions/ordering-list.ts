// sqlalchemy.ext.orderinglist. Behaviour: SQLAlchemy ext/orderinglist.py.
import { collectionAdapter } from "../../../orm/collections/adapter.ts";
import { countFrom0, countFrom1, countFromNFactory } from "../../../orm/ext/ordering-list.ts";
import { face } from "../../../orm/face.ts";
import type { Value } from "../../../python/runtime/object.ts";
import { give, resolve } from "../../modules.ts";
import { engineMethod, functions, giveSource } from "./source.ts";

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

export function bindOrderingList(): void {
  const module = "sqlalchemy.ext.orderinglist";
  const counting = functions(
    {
      count_from_0: engineMethod("(index, collection)", countFrom0),
      count_from_1: engineMethod("(index, collection)", countFrom1),
      count_from_n_factory: engineMethod("(start)", countFromNFactory),
    },
    module,
  );
  for (const [name, fn] of Object.entries(counting)) give(`${module}.${name}`, fn);
  giveSource(module, ORDERING_LIST, ["ordering_list", "OrderingList", "_restored"], () => ({
    ...counting,
    ...functions({
      belongs: engineMethod("(collection)", (c: Value) => {
        if (!face().adapterOf(c)) return false;
        const { ownerState, attr } = collectionAdapter(c);
        return ownerState.dict.get(attr.key) === c;
      }),
    }),
    collection: resolve("sqlalchemy.orm.collections.collection")!,
  }));
}
