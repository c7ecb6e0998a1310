// Attribute access of compiled code with a memory: each place in a program remembers how it last found its attribute.
//
// The memory holds for one class at one version (PyType.version grows with every change of the class or its bases), and
// only for instances of classes written in Python that read and write attributes the generic way.
import { getAttr, setAttr } from "../runtime/attributes.ts";
import { raw1 } from "../runtime/call.ts";
import { derivedOf } from "../runtime/derived.ts";
import { propertyType, PyProperty } from "../runtime/descriptors.ts";
import { PyFunction } from "../runtime/function.ts";
import { PyBuiltin } from "../runtime/native-function.ts";
import { dictOf, PyObject, type PyType, TYPE, typeOf, type Value } from "../runtime/object.ts";
import { memberType, PyMember } from "../runtime/slots.ts";

/** How an attribute is found: in the instance's dictionary, by a property's getter, in its slots. */
const DICTIONARY = 1;
const PROPERTY = 2;
const SLOT = 3;

export class AttrCache {
  type: PyType | undefined = undefined;
  version = 0;
  kind = 0;
  /** The getter, or the method. */
  value: Value = null;
}

export function makeCache(): AttrCache {
  return new AttrCache();
}

export function loadAttr(o: Value, name: string, at: AttrCache): Value {
  if (o instanceof PyObject && o[TYPE] === at.type && at.type!.version === at.version) {
    if (at.kind === DICTIONARY) {
      const v = o.dict?.get(name);
      if (v !== undefined) return v;
    } else if (at.kind === SLOT) {
      const v = o.slots?.get(name);
      if (v !== undefined) return v;
    } else return raw1(at.value, o);
  }
  return loadSlow(o, name, at);
}

function loadSlow(o: Value, name: string, at: AttrCache): Value {
  if (o instanceof PyObject) {
    const t = o[TYPE];
    if (t.heap && o.dict !== null && derivedOf(t).plainGet) {
      const c = t.lookup(name);
      if (c === undefined) remember(at, t, DICTIONARY, null);
      else if (c instanceof PyProperty && c[TYPE] === propertyType && c.get instanceof PyFunction)
        remember(at, t, PROPERTY, c.get);
    } else if (t.heap && o.dict === null && derivedOf(t).plainGet) {
      const c = t.lookup(name);
      if (c instanceof PyMember && typeOf(c) === memberType) remember(at, t, SLOT, null);
    }
  }
  return getAttr(o, name);
}

function remember(at: AttrCache, t: PyType, kind: number, value: Value): void {
  at.type = t;
  at.version = t.version;
  at.kind = kind;
  at.value = value;
}

export function saveAttr(v: Value, o: Value, name: string, at: AttrCache): void {
  if (o instanceof PyObject && o[TYPE] === at.type && at.type!.version === at.version) {
    if (at.kind === DICTIONARY) {
      (o.dict ?? dictOf(o)!).set(name, v);
      return;
    }
    (o.slots ??= new Map()).set(name, v);
    return;
  }
  saveSlow(v, o, name, at);
}

function saveSlow(v: Value, o: Value, name: string, at: AttrCache): void {
  if (o instanceof PyObject) {
    const t = o[TYPE];
    if (t.heap && derivedOf(t).plainSet) {
      const c = t.lookup(name);
      if (o.dict !== null) {
        if (
          c === undefined ||
          c === null ||
          typeof c !== "object" ||
          c instanceof PyFunction ||
          c instanceof PyBuiltin ||
          derivedOf(typeOf(c)).descriptor !== 2
        )
          remember(at, t, DICTIONARY, null);
      } else if (c instanceof PyMember && typeOf(c) === memberType) remember(at, t, SLOT, null);
    }
  }
  setAttr(o, name, v);
}

/** The function that `o.name(…)` calls with o first; undefined where it is none or the instance hides it. */
export function cachedMethod(o: Value, name: string, at: AttrCache): PyFunction | undefined {
  if (o instanceof PyObject) {
    const t = o[TYPE];
    if (t === at.type && t.version === at.version)
      return o.dict === null || o.dict.get(name) === undefined ? (at.value as PyFunction) : undefined;
    if (t.heap && derivedOf(t).plainGet) {
      const c = t.lookup(name);
      if (c instanceof PyFunction) {
        remember(at, t, 0, c);
        return o.dict === null || o.dict.get(name) === undefined ? c : undefined;
      }
    }
  }
  return undefined;
}
