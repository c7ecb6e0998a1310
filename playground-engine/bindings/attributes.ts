// Attribute access of engine objects in Python's way, for bindings that put something before or after it.
export { getAttrOrUndefined, genericGet as genericGetAttribute } from "../python/runtime/attributes.ts";
