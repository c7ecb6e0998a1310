// @validates and @reconstructor: marks on functions of the program, found when their class is mapped.
// Behaviour: SQLAlchemy orm/mapper.py (validates, reconstructor), orm/util.py (_validator_events).
import { listenInternal } from "../../event/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import type { AttributeEventToken } from "../attributes/token.ts";
import type { InstanceState } from "../state/state.ts";
import type { Validator } from "./mapper-base.ts";

const NAMES = "__sa_validators__";
const OPTIONS = "__sa_validation_opts__";
const RECONSTRUCTOR = "__sa_reconstructor__";

/** `@validates("name", …)`: gives the decorator. */
export function validates(
  names: readonly Value[],
  options: { includeRemoves?: boolean; includeBackrefs?: boolean } = {},
): (fn: Value) => Value {
  return (fn) => {
    host.setAttribute(fn, NAMES, host.makeTuple(names));
    host.setAttribute(
      fn,
      OPTIONS,
      host.makeDict([
        ["include_removes", options.includeRemoves ?? false],
        ["include_backrefs", options.includeBackrefs ?? true],
      ]),
    );
    return fn;
  };
}

/** `@reconstructor`: called when an object is loaded. */
export function reconstructor(fn: Value): Value {
  host.setAttribute(fn, RECONSTRUCTOR, true);
  return fn;
}

export function isReconstructor(fn: Value): boolean {
  return host.hasAttribute(fn, RECONSTRUCTOR);
}

/** Names that a function validates, and how; none where it is no validator. */
export function validatorOf(
  fn: Value,
): { readonly names: readonly string[]; readonly validator: Validator } | undefined {
  const names = host.getAttribute(fn, NAMES);
  if (names === undefined) return undefined;
  const options = new Map(host.entries(host.getAttribute(fn, OPTIONS)) ?? []) as Kwargs;
  const flag = (name: string): boolean => host.isTrue(options.get(name) ?? false);
  return {
    names: [...(host.iterate(names) ?? [])] as string[],
    validator: {
      method: fn,
      includeRemoves: flag("include_removes"),
      includeBackrefs: flag("include_backrefs"),
    },
  };
}

/** Lets a validator see what happens to an attribute. */
export function validatorEvents(attr: QueryableAttribute, key: string, validator: Validator): void {
  const { method, includeRemoves, includeBackrefs } = validator;
  const validate = (state: InstanceState, value: Value, removed = false): Value =>
    host.call(method, [state.obj(), key, value, ...(includeRemoves ? [removed] : [])]);
  /** A change that began at the other side of the relationship passes, unless backrefs are included. */
  const passes = (state: InstanceState, initiator: AttributeEventToken | null): boolean =>
    !includeBackrefs && initiator != null && initiator.impl !== state.manager.getImpl(key);
  const keep = { raw: true, retval: true };
  listenInternal(
    attr,
    "append",
    (s, value, i) => {
      const [state, initiator] = [s as InstanceState, i as AttributeEventToken | null];
      return initiator?.op === "BULK_REPLACE" || passes(state, initiator) ? value : validate(state, value);
    },
    keep,
  );
  listenInternal(
    attr,
    "bulk_replace",
    (s, v, i) => {
      const [state, values] = [s as InstanceState, v as Value[]];
      if (!passes(state, i as AttributeEventToken | null))
        values.splice(0, values.length, ...values.map((item) => validate(state, item)));
      return null;
    },
    { raw: true },
  );
  listenInternal(
    attr,
    "set",
    (s, value, _old, i) => {
      const state = s as InstanceState;
      return passes(state, i as AttributeEventToken | null) ? value : validate(state, value);
    },
    keep,
  );
  if (includeRemoves)
    listenInternal(
      attr,
      "remove",
      (s, value, i) => {
        const state = s as InstanceState;
        if (!passes(state, i as AttributeEventToken | null)) validate(state, value, true);
        return null;
      },
      keep,
    );
}
