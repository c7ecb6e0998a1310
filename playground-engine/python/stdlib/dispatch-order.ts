// Which implementation of a generic function a class gets: the first class that has one in its method resolution order, with
// the abstract bases that claim the class put where they would stand had it derived from them.
// Behaviour: docs.python.org/3.11/library/functools.html#functools.singledispatch, PEP 443.
import { mergeOrders, objectType } from "../runtime/base-types.ts";
import { E, raise } from "../runtime/exceptions.ts";
import type { PyType } from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { isSubclassCheck } from "../builtins/class-checks.ts";

/** The order with these abstract bases in it, each before the first class that it does not cover. */
function orderWith(cls: PyType, abstract: readonly PyType[]): PyType[] {
  const bases = [...cls.bases];
  // bases up to the last abstract one come before what is put in
  const boundary = bases.findLastIndex((b) => b.lookup("__abstractmethods__") !== undefined) + 1;
  const own = abstract.filter((a) => isSubclassCheck(cls, a) && !bases.some((b) => isSubclassCheck(b, a)));
  const rest = abstract.filter((a) => !own.includes(a));
  const [before, after] = [bases.slice(0, boundary), bases.slice(boundary)];
  const order = mergeOrders([
    [cls],
    ...[...before, ...own, ...after].map((b) => orderWith(b, rest)),
    before,
    own,
    after,
  ]);
  return order ?? raise(E.RuntimeError, "Inconsistent hierarchy");
}

/** The abstract bases among these types that claim the class, with those of their subclasses that do. */
function claiming(cls: PyType, types: readonly PyType[]): PyType[] {
  const related = types.filter((t) => !cls.mro.includes(t) && isSubclassCheck(cls, t));
  const narrowest = related.filter((t) => !related.some((o) => o !== t && o.mro.includes(t)));
  const out = new Set<PyType>();
  for (const t of narrowest) {
    const found = t.subclasses
      .filter((s) => !cls.mro.includes(s) && isSubclassCheck(cls, s))
      .map((s) => s.mro.filter((c) => narrowest.includes(c)))
      .sort((a, b) => b.length - a.length);
    if (found.length === 0) out.add(t);
    for (const c of found.flat()) out.add(c);
  }
  return [...out];
}

/** The registered class that is nearest to `cls`. @throws RuntimeError where two abstract ones are as near */
export function nearest(cls: PyType, registered: readonly PyType[]): PyType {
  let match: PyType | undefined;
  for (const t of orderWith(cls, claiming(cls, registered))) {
    if (match) {
      const implicit = !cls.mro.includes(t) && !cls.mro.includes(match);
      if (registered.includes(t) && implicit && !isSubclassCheck(match, t))
        raise(E.RuntimeError, `Ambiguous dispatch: ${repr(match)} or ${repr(t)}`);
      break;
    }
    if (registered.includes(t)) match = t;
  }
  return match ?? objectType;
}
