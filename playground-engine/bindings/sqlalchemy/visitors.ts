// sqlalchemy.sql.visitors: walking and copying statements, by functions and by classes with visit methods.
//
// Options and visitors arrive as dicts. A program's visitor class says with `visit_NAME` methods what it looks at, and with
// `__traverse_options__` how it walks.
// Behaviour: SQLAlchemy sql/visitors.py.
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { iterate } from "../../python/runtime/iteration.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { method, type NativeGetter, type NativeMethod } from "../../python/runtime/native.ts";
import { type Kwargs, type PyType, typeOf, type Value } from "../../python/runtime/object.ts";
import * as visitable from "../../sql/visitable.ts";
import type { CloneOptions, TraverseOptions, Traversible } from "../../sql/visitable.ts";
import { host } from "../../util/host.ts";
import { attach, extend, typeFor } from "../define.ts";
import { onDerive, toEngine } from "../derive.ts";
import { give } from "../modules.ts";
import { camel, toPython } from "../values.ts";

type Visit = (element: Value) => Value;
type Options = TraverseOptions & CloneOptions;
type Visitor = visitable.ClauseVisitor;

const MODULE = "sqlalchemy.sql.visitors";

function optionsOf(opts: Value): Options {
  return Object.fromEntries(
    [...(host.entries(opts) ?? [])].map(([k, v]) => [camel(k as string), toEngine(v)]),
  );
}

function named(visitors: Iterable<readonly [Value, Value]>): Record<string, Visit> {
  const found = Object.create(null) as Record<string, Visit>;
  for (const [name, fn] of visitors) found[name as string] = (element) => call(fn, [toPython(element)]);
  return found;
}

function bindFunctions(): void {
  const visitorsOf = (visitors: Value): Record<string, Visit> => named(host.entries(visitors) ?? []);
  const offerFunction = (name: string, signature: string, fn: (...args: never[]) => unknown): void =>
    give(`${MODULE}.${name}`, () =>
      nativeFunction(
        name,
        [signature, ((...args: never[]) => toPython(fn(...args))) as unknown as NativeMethod[1]],
        MODULE,
      ),
    );
  offerFunction("iterate", "(obj, opts=None)", (obj: Traversible, opts: Value) =>
    visitable.iterate(obj, opts === null ? {} : optionsOf(opts)),
  );
  offerFunction("traverse", "(obj, opts, visitors)", (obj: Traversible, opts: Value, visitors: Value) =>
    visitable.traverse(obj, optionsOf(opts), visitorsOf(visitors)),
  );
  offerFunction(
    "traverse_using",
    "(iterator, obj, visitors)",
    (iterator: Value, obj: Value, visitors: Value) =>
      visitable.traverseUsing(iterate(iterator) as Iterable<Traversible>, obj, visitorsOf(visitors)),
  );
  offerFunction(
    "cloned_traverse",
    "(obj, opts, visitors)",
    (obj: Traversible, opts: Value, visitors: Value) =>
      visitable.clonedTraverse(obj, optionsOf(opts), visitorsOf(visitors)),
  );
  offerFunction(
    "replacement_traverse",
    "(obj, opts, replace)",
    (obj: Traversible, opts: Value, replace: Value) =>
      visitable.replacementTraverse(
        obj,
        optionsOf(opts),
        (element) => call(replace, [toPython(element)]) as Traversible | null,
      ),
  );
}

/** The visit methods of a program's class, by what they visit. */
function visitMethods(self: Visitor, cls: PyType): Record<string, Visit> {
  const names = new Set(cls.mro.flatMap((t) => [...t.dict.keys()] as string[]));
  return named(
    [...names]
      .filter((name) => name.startsWith("visit_"))
      .map((name) => [name.slice("visit_".length), getAttr(self as Value, name)]),
  );
}

function bindClasses(): void {
  const root = `${MODULE}.ExternalTraversal`;
  attach(visitable.ClauseVisitor, root);
  attach(visitable.CloningClauseVisitor, `${MODULE}.CloningExternalTraversal`);
  attach(visitable.ReplacingClauseVisitor, `${MODULE}.ReplacingExternalTraversal`);
  extend(root, {
    members: { __traverse_options__: toPython(new Map()) },
    getters: {
      visitor_iterator: ((self: Visitor) => toPython(self.visitorIterator())) as unknown as NativeGetter,
    },
    methods: {
      traverse_single: method("(self, obj, **kw)", (self: Visitor, obj: visitable.Visitable, kw: Kwargs) => {
        for (const v of self.visitorIterator()) {
          const visit = `visit_${obj.visitName}`;
          if (typeOf(v).lookup(visit) !== undefined) return call(getAttr(v as Value, visit), [obj], kw);
        }
        return null;
      }),
    },
  });
  onDerive((cls, made) => {
    const proto = (made as unknown as { readonly prototype: object }).prototype;
    if (!(proto instanceof visitable.ClauseVisitor)) return;
    Object.defineProperty(proto, "_visitors", {
      value(this: Visitor) {
        return visitMethods(this, cls);
      },
      configurable: true,
    });
    if (cls.lookup("__traverse_options__") !== typeFor(root).lookup("__traverse_options__"))
      Object.defineProperty(proto, "traverseOptions", {
        get(this: Value) {
          return optionsOf(getAttr(this, "__traverse_options__"));
        },
        set() {
          // what the engine's class begins with
        },
        configurable: true,
      });
  });
  for (const [before, now] of [
    ["ClauseVisitor", "ExternalTraversal"],
    ["CloningVisitor", "CloningExternalTraversal"],
    ["ReplacingCloningVisitor", "ReplacingExternalTraversal"],
    ["Traversible", "Visitable"],
  ])
    give(`${MODULE}.${before}`, () => typeFor(`${MODULE}.${now}`));
}

export function bindVisitors(): void {
  bindFunctions();
  bindClasses();
}
