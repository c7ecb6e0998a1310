// What a program sets on the library's classes (`Session.get_or_create = …`, a method that a test replaces) lasts as long as the program.
import type { PyType, Value } from "../python/runtime/object.ts";
import { onReset } from "../util/reset.ts";

const originals = new Map<PyType, Map<string, Value | undefined>>();

/** Lets programs set attributes of a class of the library, as of any class that is written in Python. */
export function letPatch(cls: PyType): void {
  cls.beforeSet = (name) => {
    let own = originals.get(cls);
    if (!own) originals.set(cls, (own = new Map()));
    if (!own.has(name)) own.set(name, cls.dict.get(name));
  };
}

onReset(() => {
  for (const [cls, own] of originals)
    for (const [name, value] of own)
      if (value === undefined) cls.deleteAttr(name);
      else cls.setAttr(name, value);
  originals.clear();
});
