// One attribute of one object, as `inspect(obj).attrs.name` shows it.
// Behaviour: SQLAlchemy orm/state.py (AttributeState).
import type { Value } from "../../util/host.ts";
import type { History } from "../attributes/history.ts";
import { NO_VALUE, PASSIVE_NO_INITIALIZE, PASSIVE_OFF, INIT_OK } from "../flags.ts";
import type { InstanceState } from "./state.ts";

export class AttributeState {
  readonly state: InstanceState;
  readonly key: string;

  constructor(state: InstanceState, key: string) {
    this.state = state;
    this.key = key;
  }

  /** The value if loaded, else NO_VALUE. Emits nothing. */
  get loadedValue(): Value {
    const dict = this.state.dict;
    return dict.has(this.key) ? dict.get(this.key) : NO_VALUE;
  }

  /** The value, loaded where need be. */
  get value(): Value {
    const attr = this.state.manager.get(this.key);
    const obj = this.state.obj();
    return attr && obj !== null ? attr.descriptorGet(obj) : NO_VALUE;
  }

  /** Changes since the last flush; emits nothing. */
  get history(): History {
    return this.state.getHistory(this.key, PASSIVE_NO_INITIALIZE);
  }

  /** Likewise, loading the old value where it is not there. */
  loadHistory(): History {
    return this.state.getHistory(this.key, PASSIVE_OFF ^ INIT_OK);
  }
}
