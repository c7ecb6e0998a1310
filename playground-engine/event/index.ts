// Listeners: who is told when something happens in the engine.
export {
  CANCEL,
  NO_RETVAL,
  contains,
  forgetProgramListeners,
  listen,
  listenInternal,
  listensFor,
  refuseListeners,
  remove,
} from "./api.ts";
export {
  EventFamily,
  baseListen,
  eventIdentifier,
  eventName,
  familiesOf,
  type AnyDispatch,
  type AnyFamily,
  type Dispatch,
  type EventSpecs,
  type EventTarget,
  type FamilyOptions,
  type ListenOptions,
} from "./family.ts";
export type { Listeners, ModifiableListeners, TargetClass } from "./collections.ts";
export { programFunction, type EventSpec, type LegacySignature } from "./listener.ts";
export { EventKey, type Listener } from "./registry.ts";
