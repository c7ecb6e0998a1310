// Types that subscriptions make are kept: `List[int] is List[int]`.
// Behaviour: docs.python.org/3.11/library/typing.html (CPython keeps the last 128 of each).
import { E, isInstanceOf } from "../runtime/exceptions.ts";
import { hash } from "../runtime/hash.ts";
import { PyTuple, typeOf, type Value } from "../runtime/object.ts";
import { PyDict } from "../builtins/dict.ts";

const LIMIT = 128;
const kept = new WeakMap<object, PyDict>();

/** What `make` made for these brackets of `owner` before; made anew where they hold what cannot be hashed. */
export function once(owner: object, brackets: Value, make: () => Value, typed = false): Value {
  // 1 and True are the same key, and not the same literal
  const items = brackets instanceof PyTuple ? brackets.items : [brackets];
  const key = typed ? new PyTuple([brackets, ...items.map(typeOf)]) : brackets;
  try {
    hash(key);
  } catch (e) {
    if (isInstanceOf(e, E.TypeError)) return make();
    throw e;
  }
  let made = kept.get(owner);
  if (!made || made.size > LIMIT) kept.set(owner, (made = new PyDict()));
  const known = made.get(key);
  if (known !== undefined) return known;
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}
