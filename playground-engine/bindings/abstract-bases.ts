// Interfaces of collections.abc that classes of the real packages derive from: the tables hold the packages' own bases only.
import type { PyType } from "../python/runtime/object.ts";
import { itemsView, keysView, mapping, sequence, valuesView } from "../python/stdlib/collections-abc.ts";

export const abstractBases: Readonly<Record<string, readonly PyType[]>> = {
  "sqlalchemy.engine.row.Row": [sequence],
  "sqlalchemy.engine.row.RowMapping": [mapping],
  "sqlalchemy.engine.row.ROMappingKeysValuesView": [keysView, valuesView],
  "sqlalchemy.engine.row.ROMappingItemsView": [itemsView],
  "sqlalchemy.engine.result.RMKeyView": [keysView],
};
