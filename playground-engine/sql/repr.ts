// `repr()` and class names of SQL objects in error messages.
import { host, type Value } from "../util/host.ts";

interface PyClass {
  readonly name: string;
  readonly pyName?: string;
  readonly pyModule?: string;
}

/** Name of a class as Python shows it: its own name, unless it says otherwise. */
export function classLabel(cls: { readonly name: string; readonly pyName?: string }): string {
  return Object.hasOwn(cls, "pyName") && cls.pyName ? cls.pyName : cls.name;
}

/** Name of an object's class as Python shows it. */
export function classNameOf(obj: object): string {
  return classLabel(obj.constructor as unknown as PyClass);
}

/** `<class 'sqlalchemy.sql.selectable.Select'>` */
export function classRepr(obj: object): string {
  return `<class '${(obj.constructor as unknown as PyClass).pyModule ?? "sqlalchemy.sql.elements"}.${classNameOf(obj)}'>`;
}

/** What object.__repr__ would show; an address that is the same all the object's life. */
export function objectRepr(obj: object, suffix = ""): string {
  const module = (obj.constructor as unknown as PyClass).pyModule ?? "sqlalchemy.sql.elements";
  const at = host.address(obj);
  return suffix
    ? `<${module}.${classNameOf(obj)} at ${at}; ${suffix}>`
    : `<${module}.${classNameOf(obj)} object at ${at}>`;
}

interface Shown {
  readonly repr?: unknown;
  /** Set where a program's class, derived from one of ours, has a __repr__ of its own. */
  readonly reprByProgram?: boolean;
}

/** `repr(v)` of anything, ours or the program's. */
export function reprOf(v: Value): string {
  const shown = typeof v === "object" ? (v as Shown | null) : null;
  return typeof shown?.repr === "function" && !shown.reprByProgram
    ? (shown.repr as () => string).call(v)
    : host.repr(v);
}

/** `str(v)` of anything, ours or the program's. */
export function strOf(v: Value): string {
  return typeof v === "object" && v !== null && typeof (v as { repr?: unknown }).repr === "function"
    ? String(v)
    : host.str(v);
}
