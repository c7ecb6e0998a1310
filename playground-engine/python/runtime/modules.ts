// Modules: the object, sys.modules, and import.
//
// A module's namespace is a Namespace (globals.ts) that compiled code and `__dict__` share. Native modules are
// registered by defineModule and loaded when first imported; others come from finders (index.ts adds one for files).
// Behaviour: docs.python.org/3.11/reference/import.html.
import { absentNote } from "./absent.ts";
import { bareType } from "./base-types.ts";
import { attributeError, genericGet, getAttr, genericSet, getAttrOrUndefined } from "./attributes.ts";
import { call1 } from "./call.ts";
import { E, err, isInstanceOf, PyException, raise } from "./exceptions.ts";
import { currentGlobals } from "./frames.ts";
import { GlobalNamespace } from "./globals.ts";
import { late } from "./late.ts";
import { nativeFunction } from "./native-function.ts";
import type { NativeModuleSpec } from "./native.ts";
import { asStr, type Namespace, PyObject, PyType, TYPE, typeOf, type Value } from "./object.ts";
import { isTrue } from "./truth.ts";

export const moduleType = bareType("module");
moduleType.hasDict = true;

export class PyModule extends PyObject {
  declare dict: GlobalNamespace;
  /** Members to be made on first access. */
  lazy: Map<string, () => Value> | undefined = undefined;
  constructor(name: string, cls: PyType = moduleType) {
    super(cls, new GlobalNamespace());
    this.dict.set("__name__", name);
    this.dict.set("__doc__", null);
    this.dict.set("__package__", null);
    this.dict.set("__loader__", null);
    this.dict.set("__spec__", null);
  }
  get name(): string {
    return asStr(this.dict.get("__name__")) ?? "?";
  }
}
Object.defineProperty(PyModule.prototype, TYPE, { value: moduleType, writable: true, configurable: true });
moduleType.allocator = (cls) => new PyModule("?", cls);

moduleType.getAttro = (m: PyModule, name: string): Value | undefined => {
  const v = moduleMember(m, name);
  if (v !== undefined) return v;
  const found = genericGet(m, m[TYPE], name);
  if (found !== undefined) return found;
  const hook = m.dict.get("__getattr__");
  if (hook !== undefined) return moduleHook(hook, m, name);
  if (m[TYPE].lookup("__getattr__") !== undefined) return undefined;
  throw noModuleAttribute(m, name);
};
moduleType.setAttro = (m: PyModule, name: string, value: Value | undefined): void => {
  m.lazy?.delete(name);
  if (value === undefined && !m.dict.has(name)) throw noModuleAttribute(m, name);
  genericSet(m, m[TYPE], name, value);
};

function moduleHook(hook: Value, m: PyModule, name: string): Value {
  try {
    return call1(hook, name);
  } catch (e) {
    if (e instanceof PyException && (e.member("name") ?? null) === null && isInstanceOf(e, E.AttributeError))
      e.setMember("name", name).setMember("obj", m);
    throw e;
  }
}

/** A member of the module's own namespace, made now if it waited. */
export function moduleMember(m: PyModule, name: string): Value | undefined {
  const v = m.dict.get(name);
  if (v !== undefined) return v;
  const make = m.lazy?.get(name);
  if (make === undefined) return undefined;
  m.lazy!.delete(name);
  const made = make();
  m.dict.set(name, made);
  return made;
}

/** The AttributeError of a name that a module lacks. */
export function noModuleAttribute(m: PyModule, name: string): PyException {
  return attributeError(moduleAttributeText(m, name), m, name);
}

function moduleAttributeText(m: PyModule, name: string): string {
  const own = asStr(m.dict.get("__name__"));
  if (own === undefined) return `module has no attribute '${name}'`;
  return initializing.has(m)
    ? `partially initialized module '${own}' has no attribute '${name}' (most likely due to a circular import)`
    : `module '${own}' has no attribute '${name}'${absentNote(m, name)}`;
}

/** sys.modules. Its dict view is late.dictOver(modules). */
export const modules: Namespace = new Map();
/** Modules whose code is still running for the first time. */
const initializing = new Set<Value>();

const registered = new Map<string, () => NativeModuleSpec | PyModule>();

/** Register a native module; `load` runs on first import. A package's parent must be registered too, with isPackage or `__path__` in its members. */
export function defineModule(name: string, load: () => NativeModuleSpec | PyModule): void {
  registered.set(name, load);
}

const needs: (readonly [words: RegExp, modules: readonly string[]])[] = [];

/**
 * Say that whatever a program with these words does may import these modules, though it does not name them itself: stands beside the
 * code that imports them. A worker loads modules before a program runs (runtime/parts.ts).
 */
export function needsModules(words: RegExp, ...modules: readonly string[]): void {
  needs.push([words, modules]);
}

/** The modules that a program of this text may need without naming them. */
export function modulesNeededBy(text: string): string[] {
  return needs.flatMap(([words, modules]) => (words.test(text) ? modules : []));
}

const afterLoads = new Map<string, () => void>();
/** What is done each time a program has loaded this native module. */
export function afterLoad(name: string, fn: () => void): void {
  afterLoads.set(name, fn);
}

export function isNativeModule(name: string): boolean {
  return registered.has(name);
}

/** Names of all native modules, as registered. */
export function nativeModuleNames(): string[] {
  return [...registered.keys()];
}

/** The module of a table. */
export function nativeModule(spec: NativeModuleSpec): PyModule {
  const m = new PyModule(spec.name);
  fillModule(m, spec);
  return m;
}

function fillModule(m: PyModule, spec: NativeModuleSpec): void {
  m.dict.set("__name__", spec.name);
  m.dict.set("__doc__", spec.doc ?? null);
  for (const [name, f] of Object.entries(spec.functions ?? {}))
    m.dict.set(name, nativeFunction(name, f, spec.name));
  for (const [name, v] of Object.entries(spec.members ?? {})) {
    if (typeof v === "function") (m.lazy ??= new Map()).set(name, v as () => Value);
    else m.dict.set(name, v);
  }
}

/** What a finder knows about a module: runs its code in a module prepared by import. */
export interface ModuleSource {
  /** `__file__`: null for a namespace package, undefined for what is built in. */
  readonly file: string | null | undefined;
  readonly isPackage: boolean;
  /** `__path__` entries of a package. */
  readonly path: readonly string[];
  run(m: PyModule): void;
}

/** Finds a module by its full name; `path` is the parent package's `__path__`, undefined at the top (sys.path). */
export type Finder = (name: string, path: readonly string[] | undefined) => ModuleSource | undefined;
export const finders: Finder[] = [];

/** Import by absolute name and give that module itself (not its top package). @throws ModuleNotFoundError, or whatever the module's code raises */
export function importModule(name: string): Value {
  const known = modules.get(name);
  if (known !== undefined) {
    if (known === null) throw notFound(`import of ${name} halted; None in sys.modules`, name);
    return known;
  }
  const dot = name.lastIndexOf(".");
  let parent: Value | undefined;
  let path: readonly string[] | undefined;
  if (dot >= 0) {
    const parentName = name.slice(0, dot);
    parent = importModule(parentName);
    const again = modules.get(name);
    if (again !== undefined) return again;
    const p = getAttrOrUndefined(parent, "__path__");
    if (p === undefined) throw notFound(`No module named '${name}'; '${parentName}' is not a package`, name);
    path = pathStrings(p);
  }
  const m = load(name, path);
  if (parent instanceof PyObject && parent.dict && !isOtherwiseGiven(parent, name.slice(dot + 1)))
    parent.dict.set(name.slice(dot + 1), m);
  return m;
}

/** A native package has loaded its modules by the time a program imports one: what it calls by that name then stays. */
function isOtherwiseGiven(parent: PyObject, name: string): boolean {
  if (!(parent instanceof PyModule) || parent.dict.has("__builtins__")) return false;
  const there = getAttrOrUndefined(parent, name);
  return there !== undefined && !(there instanceof PyModule);
}

let listStrings: (v: Value) => readonly string[] = () => [];
/** How a `__path__` list is read: iteration is not this file's affair. */
export function usePathReader(f: (v: Value) => readonly string[]): void {
  listStrings = f;
}
function pathStrings(v: Value): readonly string[] {
  return listStrings(v);
}

function notFound(message: string, name: string): PyException {
  return err(E.ModuleNotFoundError, message).setMember("name", name).setMember("msg", message);
}

function load(name: string, path: readonly string[] | undefined): Value {
  const native = registered.get(name);
  if (native) {
    const made = native();
    const m = made instanceof PyModule ? made : new PyModule(name);
    modules.set(name, m);
    if (!(made instanceof PyModule)) fillModule(m, made);
    const isPackage = m.dict.has("__path__") || nativeModuleNames().some((n) => n.startsWith(`${name}.`));
    if (isPackage && !m.dict.has("__path__")) m.dict.set("__path__", makeList([]));
    m.dict.set("__package__", isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf("."))));
    m.dict.set("__spec__", makeSpec(name, undefined, isPackage));
    afterLoads.get(name)?.();
    return m;
  }
  for (const find of finders) {
    const source = find(name, path);
    if (source) return loadSource(name, source);
  }
  throw notFound(`No module named '${name}'`, name);
}

let makeList: (items: Value[]) => Value = () => null;
/** How `__path__` lists and `__spec__` objects are made. */
let makeSpec: MakeSpec = () => null;
/** `origin`: the file, null for a namespace package, undefined for what is built in. */
type MakeSpec = (name: string, origin: string | null | undefined, isPackage: boolean) => Value;
export function useModuleParts(list: (items: Value[]) => Value, spec: MakeSpec): void {
  makeList = list;
  makeSpec = spec;
}

/** `__spec__` of a module that is built in. */
export function builtinSpec(name: string): Value {
  return makeSpec(name, undefined, false);
}

function loadSource(name: string, source: ModuleSource): Value {
  const m = new PyModule(name);
  prepareModule(m, name, source);
  modules.set(name, m);
  initializing.add(m);
  try {
    source.run(m);
  } catch (e) {
    modules.delete(name);
    throw e;
  } finally {
    initializing.delete(m);
  }
  return modules.get(name) ?? m;
}

/** `__file__`, `__package__` and the like of a module about to run. */
export function prepareModule(m: PyModule, name: string, source: ModuleSource): void {
  m.dict.set("__name__", name);
  if (source.file !== undefined) m.dict.set("__file__", source.file);
  if (source.isPackage) m.dict.set("__path__", makeList([...source.path]));
  m.dict.set("__package__", source.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf("."))));
  m.dict.set("__spec__", makeSpec(name, source.file, source.isPackage));
  if (source.file !== null) m.dict.set("__builtins__", late.dictOver(builtinsModule.dict));
}

/** The absolute name of `from ..name import x` in a module with these globals. */
export function resolveName(name: string, level: number, globals: Namespace): string {
  if (level === 0) return name;
  let pkg = asStr(globals.get("__package__"));
  if (pkg === undefined) {
    const own = asStr(globals.get("__name__"));
    if (own === undefined) throw err(E.KeyError, "'__name__' not in globals");
    pkg = globals.has("__path__") ? own : own.slice(0, Math.max(0, own.lastIndexOf(".")));
  }
  if (pkg === "") throw importError("attempted relative import with no known parent package");
  let base = pkg;
  for (let i = 1; i < level; i++) {
    const dot = base.lastIndexOf(".");
    if (dot < 0) throw importError("attempted relative import beyond top-level package");
    base = base.slice(0, dot);
  }
  return name === "" ? base : `${base}.${name}`;
}

function importError(message: string, name?: Value, path?: Value): PyException {
  return err(E.ImportError, message)
    .setMember("msg", message)
    .setMember("name", name ?? null)
    .setMember("path", path ?? null);
}

/** `import a.b.c`: gives `a`, or with a non-empty fromlist the module named. What `__import__` does. */
export function importName(
  name: string,
  level: number,
  fromlist: readonly string[] | null,
  globals: Namespace,
): Value {
  if (level === 0 && name === "") raise(E.ValueError, "Empty module name");
  const full = resolveName(name, level, globals);
  const m = importModule(full);
  if (fromlist === null || fromlist.length === 0) {
    if (level > 0) {
      const dot = name.indexOf(".");
      return dot < 0 ? m : importModule(full.slice(0, full.length - (name.length - dot)));
    }
    const dot = full.indexOf(".");
    return dot < 0 ? m : importModule(full.slice(0, dot));
  }
  if (getAttrOrUndefined(m, "__path__") !== undefined) for (const x of fromlist) ensureSubmodule(m, full, x);
  return m;
}

function ensureSubmodule(m: Value, full: string, x: string): void {
  if (x === "*") {
    const all = getAttrOrUndefined(m, "__all__");
    if (all !== undefined) for (const n of listStrings(all)) if (n !== "*") ensureSubmodule(m, full, n);
    return;
  }
  if (getAttrOrUndefined(m, x) !== undefined) return;
  const sub = `${full}.${x}`;
  try {
    importModule(sub);
  } catch (e) {
    if (isInstanceOf(e, E.ModuleNotFoundError) && (e as PyException).member("name") === sub) return;
    throw e;
  }
}

/** `from m import name`. @throws ImportError */
export function importFrom(m: Value, name: string): Value {
  const v = getAttrOrUndefined(m, name);
  if (v !== undefined) return v;
  const own = asStr(getAttrOrUndefined(m, "__name__") ?? null);
  if (own !== undefined) {
    const sub = modules.get(`${own}.${name}`);
    if (sub !== undefined) return sub;
  }
  const shown = own ?? "<unknown module name>";
  const file = getAttrOrUndefined(m, "__file__");
  const at = asStr(file ?? null) ?? "unknown location";
  const text = initializing.has(m)
    ? `cannot import name '${name}' from partially initialized module '${shown}' (most likely due to a circular import) (${at})`
    : `cannot import name '${name}' from '${shown}' (${at})${absentNote(m, name)}`;
  throw importError(text, shown, file);
}

/** `from m import *`: into the namespace given. */
export function importStar(m: Value, put: (name: string, v: Value) => void): void {
  const all = getAttrOrUndefined(m, "__all__");
  if (all !== undefined) {
    for (const n of listStrings(all)) {
      const v = getAttrOrUndefined(m, n);
      if (v === undefined)
        throw attributeError(
          m instanceof PyModule
            ? moduleAttributeText(m, n)
            : `'${typeOf(m).name}' object has no attribute '${n}'`,
          m,
          n,
        );
      put(n, v);
    }
    return;
  }
  if (!(m instanceof PyModule)) {
    const d = getAttrOrUndefined(m, "__dict__");
    if (d === undefined) throw importError("from-import-* object has no __dict__ and no __all__");
    for (const k of listStrings(d)) if (!k.startsWith("_")) put(k, getAttr(m, k));
  } else {
    if (m.lazy) for (const n of [...m.lazy.keys()]) moduleMember(m, n);
    for (const [n, v] of [...m.dict]) if (!n.startsWith("_")) put(n, v);
  }
}

/** `__import__` as a program sees it. */
export const dunderImport = nativeFunction("__import__", [
  "(name, globals=None, locals=None, fromlist=(), level=0)",
  (name: Value, globals: Value, _locals: Value, fromlist: Value, level: Value) => {
    const n = asStr(name);
    if (n === undefined) raise(E.TypeError, "__import__() argument 1 must be str, not " + typeOf(name).name);
    const ns =
      late.namespaceOf(globals) ?? late.namespaceOf(currentGlobals() ?? null) ?? new Map<string, Value>();
    return importName(n, Number(level), isTrue(fromlist) ? listStrings(fromlist) : null, ns);
  },
]);

/** The builtins module: names that every module sees. */
export const builtinsModule = new PyModule("builtins");
modules.set("builtins", builtinsModule);
builtinsModule.dict.set("__import__", dunderImport);
