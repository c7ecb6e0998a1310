// The built-in types and functions. Importing this fills the builtins module and what the runtime waits for (late.ts).
import { E } from "../runtime/exceptions.ts";
import { builtinsModule } from "../runtime/modules.ts";
import { nativeFunction } from "../runtime/native-function.ts";
import { Ellipsis, NotImplemented, type PyType, type Value } from "../runtime/object.ts";
import { objectType, typeType } from "../runtime/base-types.ts";
import { classMethodType, propertyType, staticMethodType } from "../runtime/descriptors.ts";
import { superType } from "../runtime/super.ts";
import { byteArrayType } from "./bytearray-type.ts";
import { bytesType } from "./bytes-type.ts";
import { memoryViewType } from "./memoryview-type.ts";
import { dictType } from "./dict-type.ts";
import { complexType, floatType } from "./float-type.ts";
import { builtinFunctions } from "./functions.ts";
import "./generic-alias.ts";
import { boolType, intType } from "./int-type.ts";
import { inOutFunctions, siteObjects } from "./in-out.ts";
import { enumerateType, filterType, mapType, reversedType, zipType } from "./iterators.ts";
import { listType, tupleType } from "./list-type.ts";
import { rangeType } from "./range-type.ts";
import { frozenSetType, setType } from "./set-type.ts";
import { sliceType } from "./slice-type.ts";
import { strType } from "./str-type.ts";
import "./singletons.ts";

const types: readonly PyType[] = [
  objectType,
  typeType,
  intType,
  boolType,
  floatType,
  complexType,
  strType,
  bytesType,
  byteArrayType,
  memoryViewType,
  listType,
  tupleType,
  dictType,
  setType,
  frozenSetType,
  rangeType,
  sliceType,
  enumerateType,
  zipType,
  mapType,
  filterType,
  reversedType,
  propertyType,
  classMethodType,
  staticMethodType,
  superType,
];

const ns = builtinsModule.dict;
for (const t of types) ns.set(t.name, t);
for (const [name, t] of Object.entries(E)) ns.set(name, t);
ns.set("EnvironmentError", E.OSError);
ns.set("IOError", E.OSError);
for (const [name, f] of Object.entries({ ...builtinFunctions, ...inOutFunctions }))
  ns.set(name, nativeFunction(name, f));
for (const [name, v] of Object.entries({
  None: null,
  True: true,
  False: false,
  Ellipsis,
  NotImplemented,
  __debug__: true,
  ...siteObjects,
} as Record<string, Value>))
  ns.set(name, v);

export { PyDict, dictOver } from "./dict.ts";
export { PyFrozenSet, PySet } from "./set.ts";
export { PySlice } from "./slice-type.ts";
export { PyRange } from "./range-type.ts";
export { PyByteArray, PyMemoryView, bytesOf } from "./buffer.ts";
export { PyGenericAlias, PyUnion } from "./generic-alias.ts";
export { PyMappingProxy } from "./dict-type.ts";
export { codeHook } from "./code-hook.ts";
export {
  boolType,
  byteArrayType,
  bytesType,
  complexType,
  dictType,
  enumerateType,
  filterType,
  floatType,
  frozenSetType,
  intType,
  listType,
  mapType,
  memoryViewType,
  rangeType,
  reversedType,
  setType,
  sliceType,
  strType,
  tupleType,
  zipType,
};
export { ellipsisType, noneType, notImplementedType } from "./singletons.ts";
