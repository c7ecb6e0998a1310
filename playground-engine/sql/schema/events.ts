// Events of schema objects and of the types that belong to them (SQLAlchemy's DDLEvents).
//
// Whoever can be attached to a parent or created and dropped is a target: MetaData, Table, Column, Constraint, Index,
// Sequence, defaults, types. A dispatch is made when it is first asked for: most objects never have a listener.
// Behaviour: SQLAlchemy sql/events.py, sql/base.py (SchemaEventTarget).
import { EventFamily, type Dispatch } from "../../event/index.ts";

const specs = {
  beforeCreate: { args: ["target", "connection"], kw: true },
  afterCreate: { args: ["target", "connection"], kw: true },
  beforeDrop: { args: ["target", "connection"], kw: true },
  afterDrop: { args: ["target", "connection"], kw: true },
  beforeParentAttach: { args: ["target", "parent"] },
  afterParentAttach: { args: ["target", "parent"] },
  saEventColumnAddedToPkConstraint: { args: ["const", "col"] },
  columnReflect: { args: ["inspector", "table", "column_info"] },
} as const;

export const ddlEvents = new EventFamily("DDLEvents", specs);
export type DdlDispatch = Dispatch<typeof specs>;

const dispatches = new WeakMap<object, DdlDispatch>();

/** The dispatch of a schema object. */
export function dispatchOf(target: object): DdlDispatch {
  let d = dispatches.get(target);
  if (!d) dispatches.set(target, (d = ddlEvents.forInstance(target)));
  return d;
}

/** Let `target` send to the listeners of `other` as well: a type adapted from another one. */
export function joinDispatch(target: object, other: object): void {
  dispatches.set(target, ddlEvents.join(dispatchOf(target), dispatchOf(other)));
}

/** Give a copy the listeners that were registered with propagate=True. */
export function copyListeners(to: object, from: object): void {
  if (dispatches.has(from)) ddlEvents.update(dispatchOf(to), dispatchOf(from));
}

/** What can be attached to a parent. */
export interface Attachable {
  /** @internal */
  _setParent(parent: unknown, options?: object): void;
}

/** Attach to a parent, telling listeners before and after. */
export function attachWithDispatch(target: Attachable, parent: unknown, options?: object): void {
  const dispatch = dispatchOf(target);
  dispatch.beforeParentAttach.emit(target, parent);
  target._setParent(parent, options);
  dispatch.afterParentAttach.emit(target, parent);
}
