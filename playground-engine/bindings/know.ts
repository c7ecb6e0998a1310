// Areas of the real packages made known to the bindings: their tables, and the dialects as modules.
import { getAttr } from "../python/runtime/attributes.ts";
import { importModule } from "../python/runtime/modules.ts";
import { attachRoom, indexNames } from "./attach.ts";
import { addApi } from "./class-table.ts";
import { addFunctions, defineModules, give, offer } from "./modules.ts";

interface Area {
  readonly classes: Parameters<typeof addApi>[0];
  readonly functions: Parameters<typeof addFunctions>[0];
}

/** What an area's classes and functions are called and take. */
export function know(area: Area): void {
  addApi(area.classes);
  indexNames(area.classes);
  addFunctions(area.functions);
}

/** `sqlalchemy.dialects.NAME` */
export function bindDialect(name: string, room: object): void {
  attachRoom(room, [`sqlalchemy.dialects.${name}`]);
  offer(`sqlalchemy.dialects.${name}`, room);
  give(`sqlalchemy.dialects.${name}.base.dialect`, () =>
    getAttr(importModule(`sqlalchemy.dialects.${name}`), "dialect"),
  );
}

/**
 * The module `base` of a dialect has the types of its package as well, some under the names that they had before 0.6.
 * @param earlier "MSInteger=INTEGER …"
 */
export function defineBase(name: string, modules: Readonly<Record<string, string>>, earlier = ""): void {
  const at = `sqlalchemy.dialects.${name}`;
  const homes = new Map(
    (modules[at] ?? "")
      .split(" ")
      .map((part) => part.split("=") as [string, string])
      .filter(([type]) => /^[A-Z][A-Z0-9_]*$/.test(type)),
  );
  for (const [before, type] of earlier.split(" ").map((part) => part.split("=")))
    if (before && type) homes.set(before, homes.get(type) ?? `${at}.base.${type}`);
  const types = [...homes].map(([type, home]) => `${type}=${home}`);
  defineModules({ [`${at}.base`]: [modules[`${at}.base`], ...types].join(" ") });
}
