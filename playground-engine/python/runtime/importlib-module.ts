// importlib, as far as programs use it: import_module, reload, invalidate_caches, util.find_spec and friends.
import { getAttr, getAttrOrUndefined } from "./attributes.ts";
import { call } from "./call.ts";
import { E, err, raise } from "./exceptions.ts";
import {
  defineModule,
  dunderImport,
  finders,
  importModule,
  isNativeModule,
  modules,
  PyModule,
  resolveName,
  useModuleParts,
  type ModuleSource,
} from "./modules.ts";
import { nativeType } from "./native-type.ts";
import { asStr, PyList, PyObject, type PyType, typeOf, type Value } from "./object.ts";
import { repr } from "./repr.ts";

const specType: PyType = nativeType({
  name: "ModuleSpec",
  module: "importlib.machinery",
  hasDict: true,
  allocator: (cls) => new PyObject(cls, new Map()),
  init: [
    "(self, name, loader=None, *, origin=None, loader_state=None, is_package=None)",
    (self: PyObject, name: Value, loader: Value, origin: Value, state: Value, isPackage: Value) => {
      const d = self.dict!;
      d.set("name", name);
      d.set("loader", loader);
      d.set("origin", origin);
      d.set("loader_state", state);
      d.set("submodule_search_locations", isPackage === true ? new PyList([]) : null);
      d.set("cached", null);
      d.set("has_location", origin !== null);
    },
  ],
  methods: {
    __repr__: [
      "(self, /)",
      (self: PyObject) =>
        `ModuleSpec(name=${repr(self.dict!.get("name"))}, loader=${repr(self.dict!.get("loader"))}${self.dict!.get("origin") === null ? "" : `, origin=${repr(self.dict!.get("origin"))}`})`,
    ],
  },
  getters: {
    parent: (self: PyObject) => {
      const name = asStr(self.dict!.get("name")) ?? "";
      return self.dict!.get("submodule_search_locations") === null
        ? name.slice(0, Math.max(0, name.lastIndexOf(".")))
        : name;
    },
  },
});

function spec(name: string, origin: string | null | undefined, isPackage: boolean): Value {
  return call(
    specType,
    [name, null],
    new Map<string, Value>([
      ["origin", origin === undefined ? "built-in" : origin],
      ["is_package", isPackage],
    ]),
  );
}
useModuleParts((items) => new PyList(items), spec);

function importByName(name: Value, pkg: Value): Value {
  const n = asStr(name);
  if (n === undefined) raise(E.TypeError, `the 'name' argument must be a str, not ${typeOf(name).name}`);
  if (!n.startsWith(".")) return importModule(n);
  const p = asStr(pkg);
  if (p === undefined || p === "")
    raise(E.TypeError, `the 'package' argument is required to perform a relative import for ${repr(n)}`);
  const level = n.length - n.replace(/^\.+/, "").length;
  return importModule(resolveName(n.slice(level), level, new Map<string, Value>([["__package__", p]])));
}

function locate(name: string): ModuleSource | undefined {
  const dot = name.lastIndexOf(".");
  let path: readonly string[] | undefined;
  if (dot >= 0) {
    const p = getAttrOrUndefined(importModule(name.slice(0, dot)), "__path__");
    path = p instanceof PyList ? p.items.map((x) => asStr(x) ?? "") : [];
  }
  for (const find of finders) {
    const found = find(name, path);
    if (found) return found;
  }
  return undefined;
}

function findSpec(name: Value, pkg: Value): Value {
  let n = asStr(name) ?? "";
  if (n.startsWith(".")) {
    const level = n.length - n.replace(/^\.+/, "").length;
    n = resolveName(n.slice(level), level, new Map<string, Value>([["__package__", pkg]]));
  }
  const known = modules.get(n);
  if (known !== undefined && known !== null) return getAttrOrUndefined(known, "__spec__") ?? null;
  if (isNativeModule(n)) return spec(n, undefined, false);
  const source = locate(n);
  return source === undefined ? null : spec(n, source.file, source.isPackage);
}

function reload(m: Value): Value {
  if (!(m instanceof PyModule)) raise(E.TypeError, "reload() argument must be a module");
  const name = m.name;
  if (modules.get(name) !== m)
    throw err(E.ImportError, `module ${name} not in sys.modules`)
      .setMember("name", name)
      .setMember("msg", `module ${name} not in sys.modules`);
  if (isNativeModule(name)) return m;
  const source = locate(name);
  if (source === undefined)
    throw err(E.ModuleNotFoundError, `spec not found for the module ${repr(name)}`).setMember("name", name);
  source.run(m);
  return m;
}

defineModule("importlib", () => ({
  name: "importlib",
  functions: {
    import_module: ["(name, package=None)", importByName],
    reload: ["(module)", reload],
    invalidate_caches: ["()", () => null],
    find_loader: ["(name, path=None)", () => null],
  },
  members: {
    __import__: dunderImport,
    util: () => importModule("importlib.util"),
    machinery: () => importModule("importlib.machinery"),
  },
}));
defineModule("importlib.util", () => ({
  name: "importlib.util",
  functions: {
    find_spec: ["(name, package=None)", findSpec],
    resolve_name: [
      "(name, package)",
      (name: Value, pkg: Value) => {
        const n = asStr(name) ?? "";
        const level = n.length - n.replace(/^\.+/, "").length;
        return resolveName(n.slice(level), level, new Map<string, Value>([["__package__", pkg]]));
      },
    ],
    module_from_spec: [
      "(spec)",
      (s: Value) => {
        const m = new PyModule(asStr(getAttr(s, "name")) ?? "?");
        m.dict.set("__spec__", s);
        const origin = getAttrOrUndefined(s, "origin");
        if (origin !== undefined && origin !== null) m.dict.set("__file__", origin);
        return m;
      },
    ],
  },
}));
defineModule("importlib.machinery", () => ({
  name: "importlib.machinery",
  members: { ModuleSpec: specType, SOURCE_SUFFIXES: new PyList([".py"]), EXTENSION_SUFFIXES: new PyList([]) },
}));
