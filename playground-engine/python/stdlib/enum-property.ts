// enum.property: an attribute of members that leaves the name free for a member.
// Behaviour: docs.python.org/3.11/library/enum.html#enum.property.
import { attributeError, getAttrOrUndefined } from "../runtime/attributes.ts";
import { call1, callN } from "../runtime/call.ts";
import { nativeType } from "../runtime/native-type.ts";
import { dictOf, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { repr } from "../runtime/repr.ts";
import { mapOf } from "./enum-parts.ts";

export class PyEnumProperty {
  declare [TYPE]: PyType;
  fget: Value = null;
  fset: Value = null;
  fdel: Value = null;
  name = "";
  clsname = "";
  doc: Value = null;
  /** Reads the attribute without a Python function: Enum's own name and value. */
  native: string | undefined = undefined;
}

function memberOr(p: PyEnumProperty, owner: PyType): Value {
  const m = mapOf(owner, "_member_map_")?.get(p.name);
  if (m === undefined) throw attributeError(`${repr(owner)} has no attribute ${repr(p.name)}`, owner, p.name);
  return m;
}

export const enumPropertyType: PyType = nativeType({
  name: "property",
  module: "enum",
  doc: "An attribute of the members whose name the class may use for a member.",
  host: PyEnumProperty,
  hasDict: true,
  new: [
    "(cls, fget=None, fset=None, fdel=None, doc=None)",
    (cls: PyType, get: Value, set: Value, del: Value, doc: Value) => {
      const p = new PyEnumProperty();
      p.fget = get;
      p.fset = set;
      p.fdel = del;
      p.doc = doc ?? (get === null ? null : (getAttrOrUndefined(get, "__doc__") ?? null));
      if (cls !== enumPropertyType) p[TYPE] = cls;
      return p;
    },
  ],
  descriptor: {
    get(p: PyEnumProperty, o: Value, owner: PyType): Value {
      if (o === null) return memberOr(p, owner);
      if (p.native !== undefined) return dictOf(o)!.get(p.native) ?? missingOwn(o, p.native);
      return p.fget === null ? memberOr(p, typeOf(o)) : call1(p.fget, o);
    },
    set(p: PyEnumProperty, o: Value, v: Value): void {
      if (p.fset === null)
        throw attributeError(`<enum ${repr(p.clsname)}> cannot set attribute ${repr(p.name)}`, o, p.name);
      callN(p.fset, [o, v]);
    },
    delete(p: PyEnumProperty, o: Value): void {
      if (p.fdel === null)
        throw attributeError(`<enum ${repr(p.clsname)}> cannot delete attribute ${repr(p.name)}`, o, p.name);
      call1(p.fdel, o);
    },
  },
  methods: {
    __set_name__: [
      "(self, ownerclass, name)",
      (p: PyEnumProperty, owner: PyType, name: string) => {
        p.name = name;
        p.clsname = owner.name;
      },
    ],
    getter: ["(self, fget)", (p: PyEnumProperty, f: Value) => callN(typeOf(p), [f, p.fset, p.fdel, p.doc])],
    setter: ["(self, fset)", (p: PyEnumProperty, f: Value) => callN(typeOf(p), [p.fget, f, p.fdel, p.doc])],
    deleter: ["(self, fdel)", (p: PyEnumProperty, f: Value) => callN(typeOf(p), [p.fget, p.fset, f, p.doc])],
  },
  getters: {
    fget: (p: PyEnumProperty) => p.fget,
    fset: (p: PyEnumProperty) => p.fset,
    fdel: (p: PyEnumProperty) => p.fdel,
    __doc__: (p: PyEnumProperty) => p.doc,
  },
});

function missingOwn(o: Value, name: string): never {
  throw attributeError(`'${typeOf(o).name}' object has no attribute '${name}'`, o, name);
}
