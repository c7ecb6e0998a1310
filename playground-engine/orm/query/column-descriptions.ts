// `column_descriptions` of a statement with entities. Behaviour: SQLAlchemy orm/context.py (_column_descriptions).
import { host, type Value } from "../../util/host.ts";
import type { QueryEntity } from "./entities.ts";

export function columnDescriptions(entities: readonly QueryEntity[]): Value[] {
  return entities.map((ent) => {
    const zero = ent.entityZero;
    return host.makeDict([
      ["name", ent._labelName],
      ["type", ent.type],
      ["aliased", zero?.isAliasedClass ?? false],
      ["expr", ent.expr],
      ["entity", zero ? zero.entity : null],
    ]);
  });
}
