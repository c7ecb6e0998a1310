// Areas of the real packages made known to the bindings: their tables, and the dialects as modules.
import { getAttr } from "../python/runtime/attributes.ts";
import { importModule } from "../python/runtime/modules.ts";
import { attachRoom, indexNames } from "./attach.ts";
import { addApi } from "./class-table.ts";
import { addFunctions, give, offer } from "./modules.ts";

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
