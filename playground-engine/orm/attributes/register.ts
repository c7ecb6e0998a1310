// Putting attributes on a mapped class: first the descriptor, when the mapper is made, then its impl, when loading is
// configured. Behaviour: SQLAlchemy orm/attributes.py (register_attribute, register_attribute_impl).
import { host } from "../../util/host.ts";
import type { ClassRef } from "../face.ts";
import { managerOfClass } from "../state/access.ts";
import type { StateLoader } from "../state/state.ts";
import type { AttributeDispatch } from "../events.ts";
import { backrefListeners } from "./backref.ts";
import { CollectionAttributeImpl } from "./collection.ts";
import type { AttributeImpl, ImplOptions } from "./impl.ts";
import {
  InstrumentedAttribute,
  type ComparatorContract,
  type EntityContract,
  type QueryableAttribute,
} from "./instrumented.ts";
import { ScalarObjectAttributeImpl } from "./object.ts";
import { ScalarAttributeImpl } from "./scalar.ts";

export interface RegisterOptions extends ImplOptions {
  readonly uselist?: boolean;
  readonly useobject?: boolean;
  readonly callable_?: StateLoader | null;
  /** Another kind of impl: write_only and dynamic. */
  readonly implClass?: new (
    class_: ClassRef,
    key: string,
    dispatch: AttributeDispatch,
    options: ImplOptions,
  ) => AttributeImpl;
  /** Key of the attribute on the other side. */
  readonly backref?: string | null;
}

export interface DescriptorOptions {
  readonly comparator: ComparatorContract;
  readonly parententity: EntityContract;
  readonly doc?: string | null;
}

export function registerAttribute(
  class_: ClassRef,
  key: string,
  options: DescriptorOptions & RegisterOptions,
): QueryableAttribute {
  const attr = registerDescriptor(class_, key, options);
  registerAttributeImpl(class_, key, options);
  return attr;
}

export function registerDescriptor(
  class_: ClassRef,
  key: string,
  options: DescriptorOptions,
): QueryableAttribute {
  const attr = new InstrumentedAttribute(class_, key, {
    comparator: options.comparator,
    parententity: options.parententity,
  });
  attr.doc = options.doc ?? null;
  managerOfClass(class_).instrumentAttribute(key, attr);
  return attr;
}

export function registerAttributeImpl(
  class_: ClassRef,
  key: string,
  options: RegisterOptions,
): QueryableAttribute {
  const { uselist = false, useobject = false, callable_ = null, implClass, backref, ...impl } = options;
  const manager = managerOfClass(class_);
  const attr = manager.get(key);
  if (!attr) throw host.error("KeyError", key);
  const { dispatch } = attr;
  if (implClass) attr.impl = new implClass(class_, key, dispatch, impl);
  else if (uselist) attr.impl = new CollectionAttributeImpl(class_, key, callable_, dispatch, impl);
  else if (useobject) attr.impl = new ScalarObjectAttributeImpl(class_, key, callable_, dispatch, impl);
  else attr.impl = new ScalarAttributeImpl(class_, key, callable_, dispatch, impl);
  if (backref) backrefListeners(attr, backref, uselist);
  manager.postConfigureAttribute(key);
  return attr;
}
