// Which property carries a column: every column a property's columns derive from leads to it.
import { UnmappedColumnError } from "../../errors/index.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { ColumnProperty } from "../props/column.ts";

interface Owner {
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
    throw new UnmappedColumnError(
      `No column ${String(column)} is configured on mapper ${String(this.mapper)}...`,
    );
  }
}
