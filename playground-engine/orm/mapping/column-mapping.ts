// Which property carries a column: every column a property's columns derive from leads to it.
import { UnmappedColumnError } from "../../errors/index.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { ColumnProperty } from "../props/column.ts";

interface Owner {
  readonly _props: ReadonlyMap<string, unknown>;
  toString(): string;
}

export class ColumnPropertyMap extends ElementMap<ColumnElement, ColumnProperty> {
  private readonly mapper: Owner;

  constructor(mapper: Owner) {
    super();
    this.mapper = mapper;
  }

  /** @throws UnmappedColumnError */
  need(column: ColumnElement): ColumnProperty {
    const prop = this.get(column);
    if (prop) return prop;
    const c = column as ColumnElement & {
      readonly table?: { readonly name: string };
      readonly name?: string;
      readonly key?: string;
    };
    const conflicting =
      c.key === undefined ? undefined : (this.mapper._props.get(c.key) as { repr(): string } | undefined);
    if (conflicting)
      throw new UnmappedColumnError(
        `Column '${c.table?.name}.${c.name}' is not available, due to conflicting property '${c.key}':${conflicting.repr()}`,
      );
    throw new UnmappedColumnError(
      `No column ${String(column)} is configured on mapper ${String(this.mapper)}...`,
    );
  }
}
