// `Mapper.dispatch._clear()`, `SessionEvents._clear()`: how the tests undo what they listened to on whole classes.
import { typeFor } from "../../playground-engine/bindings/define.ts";
import { EventFamily } from "../../playground-engine/event/family.ts";
import * as ofEngine from "../../playground-engine/engine/events.ts";
import * as ofOrm from "../../playground-engine/orm/events.ts";
import { fillType } from "../../playground-engine/python/runtime/native-type.ts";

/** The families, by their names in the engine. */
const families = new Map(
  Object.entries<unknown>({ ...ofEngine, ...ofOrm }).filter(
    (entry): entry is [string, EventFamily<never>] => entry[1] instanceof EventFamily,
  ),
);

export function letEventsBeCleared(): void {
  for (const family of families.values()) {
    const dispatch = family.classDispatch as { getattr?: (name: string) => unknown };
    const before = dispatch.getattr?.bind(dispatch);
    dispatch.getattr = (asked) => (asked === "_clear" ? () => family.clear() : before?.(asked));
  }
  for (const name of ["mapper", "instance", "session", "instrumentation", "query"])
    fillType(typeFor(`sqlalchemy.orm.events.${name[0]!.toUpperCase()}${name.slice(1)}Events`), {
      classMethods: { _clear: ["(cls)", () => (families.get(`${name}Events`)?.clear(), null)] },
    });
}
