// Adapters between a mapped class and what is selected in its place: an alias, a subquery, a polymorphic selectable.
// Behaviour: SQLAlchemy orm/util.py (ORMAdapter, ORMStatementAdapter).
import { ColumnAdapter, type ColumnAdapterOptions } from "../../sql/adapt.ts";
import type { Selectable } from "../../sql/selectable/returns-rows.ts";
import type { Traversible } from "../../sql/visitable.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { AliasedInsp } from "./aliased.ts";
import type { InternalEntity } from "./entity.ts";

export interface ORMAdapterOptions extends ColumnAdapterOptions {
  readonly selectable?: Selectable | null;
  /** Only elements of the mapper's hierarchy are adapted. */
  readonly limitOnEntity?: boolean;
}

/** Adapts columns of a mapper to an entity's selectable. */
export class ORMAdapter extends ColumnAdapter {
  readonly mapper: Mapper;
  readonly aliasedInsp: AliasedInsp | null;

  constructor(entity: InternalEntity, options: ORMAdapterOptions = {}) {
    const { mapper } = entity;
    const ofHierarchy = (element: Traversible): boolean => {
      const other = element._annotations.get("parentmapper") as Mapper | undefined;
      return !other || other.isa(mapper) || mapper.isa(other);
    };
    super(options.selectable ?? (entity.selectable as unknown as Selectable), {
      ...options,
      includeFn: (options.limitOnEntity ?? true) ? ofHierarchy : null,
    });
    this.mapper = mapper;
    this.aliasedInsp = entity.isAliasedClass ? entity : null;
  }

  get isAliasedClass(): boolean {
    return this.aliasedInsp !== null;
  }
}

/** Adapts columns to the columns of a whole statement. */
export class ORMStatementAdapter extends ColumnAdapter {}
