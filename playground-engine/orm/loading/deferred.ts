// Leaves a column to be loaded when it is asked for. Behaviour: SQLAlchemy orm/strategies.py (LoadDeferredColumns).
import type { PassiveFlag } from "../flags.ts";
import { strategyKey, type StrategizedProperty } from "../props/strategized-property.ts";
import { InstanceState } from "../state/state.ts";
import type { Value } from "../../util/host.ts";
import { DEFERRED, DEFERRED_RAISE, type Populator } from "./populators.ts";

const loaders = new WeakMap<StrategizedProperty, [plain: Populator | null, raising: Populator | null]>();

interface Loads {
  _loadForState(state: InstanceState, passive: PassiveFlag): Value;
}

/** Sets the loader of this attribute on an object. */
export function deferredColumnLoader(prop: StrategizedProperty, raiseload: boolean): Populator {
  let made = loaders.get(prop);
  if (!made) loaders.set(prop, (made = [null, null]));
  const at = raiseload ? 1 : 0;
  const key = strategyKey(raiseload ? DEFERRED_RAISE : DEFERRED);
  return (made[at] ??= InstanceState._instanceLevelCallableProcessor(
    prop.parent.classManager,
    (state, passive) => {
      const own = state.manager.mapper._props.get(prop.key) as unknown as StrategizedProperty;
      return (own._getStrategy(key) as unknown as Loads)._loadForState(state, passive);
    },
    prop.key,
  ) as Populator);
}
