// Functions that number the members of an ordering_list by their position. The list itself is a class of the language
// (bindings/sqlalchemy/extensions.ts). Behaviour: SQLAlchemy ext/orderinglist.py.
import { host, type Value } from "../../util/host.ts";

export const countFrom0 = (index: Value, _collection: Value): Value => index;
export const countFrom1 = (index: Value, _collection: Value): Value => host.add(index, 1);
export const countFromNFactory =
  (start: Value): ((index: Value, collection: Value) => Value) =>
  (index) =>
    host.add(index, start);
