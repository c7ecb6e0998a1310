// Puts the attribute of a property on its class and those below it, with the listeners that belong to it.
// Behaviour: SQLAlchemy orm/strategies.py (_register_attribute, single_parent_validator).
import { listenInternal } from "../../event/index.ts";
import { InvalidRequestError } from "../../errors/index.ts";
import { host, type Value } from "../../util/host.ts";
import { backrefListeners } from "../attributes/backref.ts";
import type { QueryableAttribute } from "../attributes/instrumented.ts";
import { registerAttributeImpl, type RegisterOptions } from "../attributes/register.ts";
import type { AttributeEventToken } from "../attributes/token.ts";
import { ONETOMANY } from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { validatorEvents } from "../mapping/validators.ts";
import { trackCascadeEvents } from "../persistence/cascades.ts";
import type { StrategizedProperty } from "../props/strategized-property.ts";
import { RelationshipProperty } from "../props/relationship.ts";
import { instanceState, instanceStr } from "../state/access.ts";
import type { InstanceState } from "../state/state.ts";

type Hook = (desc: QueryableAttribute) => void;

export function registerAttribute(prop: StrategizedProperty, mapper: Mapper, options: RegisterOptions): void {
  const hooks: Hook[] = [];
  const rel = prop instanceof RelationshipProperty ? prop : null;
  const uselist = rel?.uselist ?? false;
  if (rel?.singleParent) hooks.push((desc) => singleParentValidator(desc, rel));
  const validator = prop.parent.validators.get(prop.key);
  if (validator) hooks.push((desc) => validatorEvents(desc, prop.key, validator));
  if (rel) {
    hooks.push((desc) => trackCascadeEvents(desc, rel));
    const backref = rel.backPopulates;
    if (backref && rel._effectiveSyncBackref) hooks.push((desc) => backrefListeners(desc, backref, uselist));
  }
  for (const m of mapper.selfAndDescendants) {
    if ((m._props.get(prop.key) as unknown) !== prop || m.classManager._attrHasImpl(prop.key)) continue;
    const desc = registerAttributeImpl(m.class_, prop.key, {
      parentToken: prop,
      uselist,
      useobject: rel !== null,
      trackparent: rel !== null && (rel.singleParent || rel.direction === ONETOMANY),
      sendModifiedEvents: rel === null || !rel.viewonly,
      ...options,
    });
    for (const hook of hooks) hook(desc);
  }
}

/** An object may have one parent along this relationship. */
function singleParentValidator(desc: QueryableAttribute, prop: RelationshipProperty): void {
  const check = (state: InstanceState, value: Value, old: Value, initiator: AttributeEventToken): Value => {
    if (
      value !== null &&
      initiator.key === prop.key &&
      initiator.hasparent(instanceState(value)) &&
      old !== value
    )
      throw new InvalidRequestError(
        `Instance ${instanceStr(value)} is already associated with an instance of ${host.str(state.class_)} via its ${prop.toString()} attribute, and is only allowed a single parent.`,
        { code: "bbf1" },
      );
    return value;
  };
  const options = { raw: true, retval: true, activeHistory: true };
  listenInternal(
    desc,
    "append",
    (state, value, initiator) => check(state as InstanceState, value, null, initiator as AttributeEventToken),
    options,
  );
  listenInternal(
    desc,
    "set",
    (state, value, old, initiator) =>
      check(state as InstanceState, value, old, initiator as AttributeEventToken),
    options,
  );
}
