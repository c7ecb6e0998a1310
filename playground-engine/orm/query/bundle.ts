// Bundle: columns that come back as one value. Behaviour: SQLAlchemy orm/util.py (Bundle).
import { resultTuple } from "../../engine/result-metadata.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import { expect } from "../../sql/coercions.ts";
import { ColumnCollection } from "../../sql/column-collection.ts";
import type { PropagateAttrs } from "../../sql/elements/clause.ts";
import { ClauseList } from "../../sql/elements/clause-list.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import type { InternalEntity } from "./entity.ts";
import type { Mapper } from "../mapping/mapper.ts";

/** Reads one value of a row. */
export type RowGetter = (row: { readonly _data: readonly Value[] }) => Value;

export class Bundle implements HasCacheKey {
  static readonly pyModule: string = "sqlalchemy.orm.util";
  readonly isBundle = true;
  readonly isMapper = false;
  readonly isAliasedClass = false;
  readonly isClauseElement = false;
  readonly isSelectable = false;
  static {
    roles.playsRoles(this, roles.ColumnsClauseRole);
  }

  name: string;
  /** A query for this alone gives its values themselves, not rows of one. */
  singleEntity: boolean;
  readonly exprs: readonly ColumnElement[];
  readonly c: ColumnCollection;
  _propagateAttrs: PropagateAttrs | null = null;
  _annotations: ReadonlyMap<string, unknown> = new Map();

  constructor(name: string, exprs: readonly Value[], kw: Kwargs = new Map()) {
    this.name = name;
    this.exprs = exprs.map((e) => expect(roles.ColumnsClauseRole, e, { applyPropagateAttrs: this }));
    this.c = new ColumnCollection(
      this.exprs.map((e) => {
        const col = (e._annotations.get("bundle") ?? e) as ColumnElement & { readonly name?: string };
        return [(col.key as string | undefined) ?? col._label ?? col.name ?? null, col] as const;
      }),
    ).asReadonly();
    this.singleEntity = kw.get("single_entity") === true;
  }

  get _label(): string {
    return this.name;
  }
  get columns(): ColumnCollection {
    return this.c;
  }
  get mapper(): Mapper | null {
    return (this.exprs[0]?._annotations.get("parentmapper") as Mapper | undefined) ?? null;
  }
  get entity(): InternalEntity | null {
    return (this.exprs[0]?._annotations.get("parententity") as InternalEntity | undefined) ?? null;
  }
  get entityNamespace(): ColumnCollection {
    return this.c;
  }

  clauseElement(): ClauseList {
    const annotations = new Map<string, unknown>([
      ["bundle", this],
      ["entity_namespace", this],
      ...this._annotations,
    ]);
    const subject = this.exprs[0]?._propagateAttrs?.pluginSubject ?? this.entity;
    return new ClauseList(
      this.exprs.map((e) => e._annotations.get("bundle") ?? e),
      { literalAsTextRole: roles.ColumnsClauseRole, group: false },
    )
      ._annotate(annotations)
      ._setPropagateAttrs({ compileStatePlugin: "orm", pluginSubject: subject });
  }

  get clauses(): readonly ColumnElement[] {
    return this.clauseElement().clauses;
  }

  private copy(): this {
    return Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
  }

  label(name: string): this {
    const made = this.copy();
    made.name = name;
    return made;
  }

  /** @internal What the attribute of a composite says of it. */
  _annotate(values: ReadonlyMap<string, unknown>): this {
    const made = this.copy();
    made._annotations = new Map([...this._annotations, ...values]);
    return made;
  }

  /** @internal */
  _deannotate(): this {
    if (!this._annotations.size) return this;
    const made = this.copy();
    made._annotations = new Map();
    return made;
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    b.identity(this.constructor);
    b.string(this.name);
    b.plain(this.singleEntity);
    for (const e of this.exprs) e._genCacheKey(b);
  }

  /** Makes the value of each row from the values of its columns. Programs override it. */
  createRowProcessor(
    _query: unknown,
    procs: readonly RowGetter[],
    labels: readonly (string | null)[],
  ): RowGetter {
    const make = resultTuple(
      labels as readonly string[],
      labels.map(() => []),
    );
    return (row) => make(procs.map((p) => p(row)));
  }
}
