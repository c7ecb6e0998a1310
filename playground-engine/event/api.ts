// event.listen, listens_for, remove, contains: the way programs and the engine itself register listeners.
//
// `listen` takes a callable of the program and calls it through the host; `listenInternal` takes a function of the
// engine's own, which gets the engine's arguments as they are. Behaviour: SQLAlchemy event/api.py.
import { InvalidRequestError } from "../errors/index.ts";
import { host, type Kind, type Kwargs, type Value } from "../util/host.ts";
import { onReset } from "../util/reset.ts";
import { eventName, familiesOf, type AnyFamily, type EventTarget, type ListenOptions } from "./family.ts";
import { programListener } from "./listener.ts";
import { EventKey, type Listener } from "./registry.ts";

/** Stops what an event announces, where its documentation says so. */
export const CANCEL = Symbol("CANCEL");
/** Says "no value": a listener with retval=True leaves things as they are. */
export const NO_RETVAL = Symbol("NO_RETVAL");

// What programs registered for whole classes: these outlive the program unless somebody takes them out.
const classKeys = new Set<EventKey>();

interface Found {
  readonly family: AnyFamily;
  readonly target: object;
}

type Refusal = (target: unknown) => void;
const refusals: Refusal[] = [];

/** What throws for a target that has events but takes no listeners itself. */
export function refuseListeners(refusal: Refusal): void {
  refusals.push(refusal);
}

function find(target: unknown, identifier: string): Found {
  const families = familiesOf(identifier);
  for (const family of families) {
    const accepted = family.accepts(target, identifier);
    if (accepted) return { family, target: accepted };
  }
  if (families.length) for (const refuse of refusals) refuse(target);
  throw new InvalidRequestError(`No such event '${host.str(identifier)}' for target '${host.str(target)}'`);
}

/** Values that no listener can be: the real registry refers to listeners weakly. */
const PLAIN: ReadonlySet<Kind> = new Set([
  ...(["none", "bool", "int", "float", "str", "bytes", "list", "tuple", "dict"] as const),
]);

/** Register a callable of the program. Throws InvalidRequestError where the target knows no such event. */
export function listen(
  target: Value,
  identifier: string,
  fn: Value,
  given: ListenOptions | Kwargs = {},
): void {
  const options = given instanceof Map ? optionsFrom(given) : given;
  const found = find(target, identifier);
  if (PLAIN.has(host.kindOf(fn)))
    throw host.error("TypeError", `cannot create weak reference to '${host.typeName(fn)}' object`);
  const level = found.family.classLevel(identifier);
  register(
    new EventKey(target, identifier, fn, found.target, programListener(level, fn)),
    found,
    fn,
    options,
    true,
  );
}

/** Keyword arguments of a program, under our names. */
function optionsFrom(kwargs: Kwargs): ListenOptions {
  return Object.fromEntries(
    [...kwargs].map(([name, value]) => [
      name === "_once_unless_exception" ? "onceUnlessException" : eventName(name),
      host.isTrue(value),
    ]),
  );
}

/** Register a function of the engine's own. */
export function listenInternal(
  target: object,
  identifier: string,
  fn: Listener,
  options: ListenOptions = {},
): void {
  const found = find(target, identifier);
  register(new EventKey(target, identifier, fn, found.target, fn), found, undefined, options, false);
}

function register(
  key: EventKey,
  found: Found,
  program: Value,
  options: ListenOptions,
  ofProgram: boolean,
): void {
  const { once = false, onceUnlessException = false, named = false, ...rest } = options;
  const level = found.family.classLevel(key.identifier);
  level.spec.onListen?.();
  let listener = program === undefined ? key.listener : level.adjust(key.listener, program, named);
  if (once || onceUnlessException) listener = onlyOnce(listener, onceUnlessException);
  const family = (key.dispatchTarget as EventTarget).dispatch.family;
  family.listen(key.withListener(listener), rest);
  if (ofProgram && typeof key.dispatchTarget === "function") classKeys.add(key);
}

function onlyOnce(fn: Listener, retryOnException: boolean): Listener {
  let ran = false;
  return (...args) => {
    if (ran) return null;
    ran = true;
    try {
      return fn(...args);
    } catch (e) {
      if (retryOnException) ran = false;
      throw e;
    }
  };
}

/** The decorator form: gives the function back. */
export function listensFor(
  target: Value,
  identifier: string,
  options: ListenOptions | Kwargs = {},
): (fn: Value) => Value {
  return (fn) => {
    listen(target, identifier, fn, options);
    return fn;
  };
}

/** Undo a listen() with the same three arguments, wherever it led. */
export function remove(target: Value, identifier: string, fn: Value): void {
  keyOf(target, identifier, fn).remove();
}

/** Whether listen() was called with these arguments and not undone. */
export function contains(target: Value, identifier: string, fn: Value): boolean {
  return keyOf(target, identifier, fn).contains();
}

function keyOf(target: Value, identifier: string, fn: Value): EventKey {
  return new EventKey(target, identifier, fn, find(target, identifier).target, () => undefined);
}

/** Take out what programs registered for whole classes: before the next program runs. */
export function forgetProgramListeners(): void {
  for (const key of classKeys) if (key.contains()) key.remove();
  classKeys.clear();
}
onReset(forgetProgramListeners);
