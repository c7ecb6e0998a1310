// What programs see of modules.
import { call0 } from "./call.ts";
import { E, raise } from "./exceptions.ts";
import { address } from "./hash.ts";
import { late } from "./late.ts";
import { dictGetSet } from "./slots.ts";
import { moduleType, PyModule, usePathReader } from "./modules.ts";
import { fillType } from "./native-type.ts";
import { asStr, type Kwargs, PyList, typeOf, type PyType, type Value } from "./object.ts";
import { repr, str } from "./repr.ts";
import { toArray } from "./iteration.ts";

usePathReader((v) => toArray(v).map((p) => str(p)));

fillType(moduleType, {
  getters: {
    __annotations__: {
      get: (m: PyModule) => {
        let d = m.dict.get("__annotations__");
        if (d === undefined) m.dict.set("__annotations__", (d = late.dict(new Map())));
        return d;
      },
      set: (m: PyModule, v: Value) => void m.dict.set("__annotations__", v),
      delete: (m: PyModule) => void m.dict.delete("__annotations__"),
    },
  },
  new: ["(cls, /, *args, **kwargs)", (cls: PyType) => cls.allocator!(cls)],
  init: [
    "(self, *args, **kwargs)",
    (m: PyModule, args: readonly Value[], kwargs: Kwargs) => {
      const count = args.length + kwargs.size;
      if (count > 2) raise(E.TypeError, `module() takes at most 2 arguments (${count} given)`);
      for (const k of kwargs.keys())
        if (k !== "name" && k !== "doc")
          raise(E.TypeError, `'${k}' is an invalid keyword argument for module()`);
      const name = args[0] ?? kwargs.get("name");
      const doc = args[1] ?? kwargs.get("doc") ?? null;
      if (name === undefined) raise(E.TypeError, "module() missing required argument 'name' (pos 1)");
      const n = asStr(name);
      if (n === undefined)
        raise(E.TypeError, `module() argument 'name' must be str, not ${typeOf(name).name}`);
      m.dict.set("__name__", n);
      m.dict.set("__doc__", doc);
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (m: PyModule) => {
        const name = asStr(m.dict.get("__name__"));
        if (name === undefined) return `<module '?' at ${address(m)}>`;
        const file = asStr(m.dict.get("__file__"));
        if (file !== undefined) return `<module ${repr(name)} from ${repr(file)}>`;
        return m.dict.get("__spec__") === null || m.dict.get("__spec__") === undefined
          ? `<module ${repr(name)}>`
          : `<module ${repr(name)} (built-in)>`;
      },
    ],
    __dir__: [
      "(self, /)",
      (m: PyModule) => {
        const hook = m.dict.get("__dir__");
        if (hook !== undefined) return new PyList(toArray(call0(hook)));
        return new PyList([...new Set([...m.dict.keys(), ...(m.lazy?.keys() ?? [])])]);
      },
    ],
  },
});
moduleType.dict.set("__dict__", dictGetSet(moduleType));
moduleType.changed();
