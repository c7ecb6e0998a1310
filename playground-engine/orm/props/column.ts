// An attribute that holds a column's value, or that of an expression.
// Behaviour: SQLAlchemy orm/properties.py (ColumnProperty).
import { warn } from "../../errors/index.ts";
import { expect } from "../../sql/coercions.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { OperateOptions, Operator } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import { Column as SchemaColumn } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import { registerDescriptor } from "../attributes/register.ts";
import type { Annotation, AttrDict, ClassRef } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { COLUMN_TOKEN } from "../path-registry.ts";
import type { Session } from "../session/session.ts";
import type { Column } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import { makeComparator, PropComparator, type ComparatorFactory } from "./prop-comparator.ts";
import {
  notInAnnotated,
  type DeclarativeScan,
  type IntrospectsAnnotations,
  type MappedContainer,
  type MapsColumns,
} from "./mapped-attribute.ts";
import { StrategizedProperty, strategyKey } from "./strategized-property.ts";
import { type AttributeOptions } from "./attribute-options.ts";

export interface ColumnPropertyOptions {
  readonly attributeOptions?: AttributeOptions;
  readonly group?: string | null;
  readonly deferred?: boolean;
  readonly raiseload?: boolean;
  readonly comparatorFactory?: ComparatorFactory;
  readonly activeHistory?: boolean;
  readonly expireOnFlush?: boolean;
  readonly info?: Value;
  readonly doc?: string | null;
  /** @internal Whether the class gets an attribute: a discriminator that is an expression is none. */
  readonly instrument?: boolean;
  /** @internal */
  readonly assumeReadonlyDcAttributes?: boolean;
}

export class ColumnProperty extends StrategizedProperty implements MapsColumns, IntrospectsAnnotations {
  static readonly pyModule: string = "sqlalchemy.orm.properties";
  declare static readonly Comparator: typeof ColumnComparator;
  readonly strategyWildcardKey: string = COLUMN_TOKEN;
  readonly isMapsColumns = true;
  readonly columns: ColumnElement[];
  group: string | null;
  deferred: boolean;
  readonly raiseload: boolean;
  readonly instrument: boolean;
  readonly comparatorFactory: ComparatorFactory;
  activeHistory: boolean;
  readonly expireOnFlush: boolean;
  /** @internal Set when it is placed in a mapper. */
  _isPolymorphicDiscriminator: boolean | undefined;
  /** @internal The synonym with map_column=True that made it. */
  _mappedBySynonym: string | null = null;
  private rendersInSubqueries: boolean | undefined;

  constructor(column: Value, additionalColumns: readonly Value[] = [], options: ColumnPropertyOptions = {}) {
    super(options.attributeOptions, options.assumeReadonlyDcAttributes);
    this.columns = [column, ...additionalColumns].map(
      (c) => expect(roles.LabeledColumnExprRole, c) as unknown as ColumnElement,
    );
    this.group = options.group ?? null;
    this.deferred = options.deferred ?? false;
    this.raiseload = options.raiseload ?? false;
    this.instrument = options.instrument ?? true;
    this.comparatorFactory = options.comparatorFactory ?? ColumnComparator;
    this.activeHistory = options.activeHistory ?? false;
    this.expireOnFlush = options.expireOnFlush ?? true;
    if (options.info != null)
      this.info = host.makeDict(host.entries(options.info) ?? []) as Map<Value, Value>;
    this.doc =
      options.doc ??
      this.columns.map((c) => (c as { doc?: string | null }).doc ?? null).findLast((d) => d !== null) ??
      null;
    this.setStrategyKey();
  }

  private setStrategyKey(): void {
    const key = { deferred: this.deferred, instrument: this.instrument };
    this.strategyKey = strategyKey(this.raiseload ? { ...key, raiseload: true } : key);
  }

  /** @internal A composite makes its columns deferred. */
  _defer(): void {
    this.deferred = true;
    this.strategyKey = strategyKey({ deferred: true, instrument: true });
  }

  declarativeScan(
    _scan: DeclarativeScan,
    _registry: Registry,
    _cls: ClassRef,
    _originating: ClassRef,
    key: string,
    _container: MappedContainer | null,
    _annotation: Annotation | null,
    _extracted: Annotation | null,
    _isField: boolean,
  ): void {
    const column = this.columns[0] as unknown as { key: string | null; name: string | null };
    column.key ??= key;
    column.name ??= key;
  }

  foundInPep593Annotated(): never {
    return notInAnnotated(this.constructor.name);
  }

  get mapperPropertyToAssign(): ColumnProperty {
    return this;
  }
  get columnsToAssign(): readonly (readonly [Column, number])[] {
    return this.columns
      .filter((c) => c instanceof SchemaColumn && c.table === null)
      .map((c) => [c as unknown as Column, 0]);
  }

  /** @internal */
  get _rendersInSubqueries(): boolean {
    return (this.rendersInSubqueries ??= this.strategyKey.includes("query_expression=true")
      ? (this.strategy as unknown as { readonly _haveDefaultExpression: boolean })._haveDefaultExpression
      : !this.deferred || !this.parent._readonlyProps.has(this));
  }

  clauseElement(): ColumnElement {
    return this.expression;
  }
  /** The primary column or expression. */
  get expression(): ColumnElement {
    return this.columns[0] as ColumnElement;
  }

  override instrumentClass(mapper: Mapper): void {
    if (!this.instrument) return;
    registerDescriptor(mapper.class_, this.key, {
      comparator: makeComparator(this.comparatorFactory, this, mapper as never),
      parententity: mapper as never,
      doc: this.doc,
    });
  }

  override doInit(): void {
    super.doInit();
    if (this.columns.length > 1 && this.columns.every((c) => this.parent.primaryKey.includes(c as never)))
      warn(
        `On mapper ${String(this.parent)}, primary key column '${String(this.columns[1])}' is being combined with distinct primary key column '${String(this.columns[0])}' in attribute '${this.key}'. Use explicit properties to give each column its own mapped attribute name.`,
      );
  }

  copy(): ColumnProperty {
    return new ColumnProperty(this.columns[0], this.columns.slice(1), {
      deferred: this.deferred,
      group: this.group,
      activeHistory: this.activeHistory,
    });
  }

  override merge(
    _session: Session,
    _sourceState: InstanceState,
    sourceDict: AttrDict,
    destState: InstanceState,
    destDict: AttrDict,
    load: boolean,
  ): void {
    if (!this.instrument) return;
    const { key } = this;
    if (sourceDict.has(key)) {
      const value = sourceDict.get(key);
      if (load) destState.getImpl(key).set(destState, destDict, value, null);
      else destDict.set(key, value);
    } else if (destState.hasIdentity && !destDict.has(key))
      destState._expireAttributes(destDict, [key], { noLoader: true });
  }
}

/** A column attribute in SQL: its column, marked as the entity's. `ColumnProperty.Comparator` */
export class ColumnComparator extends PropComparator<ColumnProperty> {
  static readonly pyModule: string = "sqlalchemy.orm.properties";
  static readonly pyName: string = "ColumnProperty.Comparator";
  private element: ColumnElement | undefined;

  private ormAnnotate(column: ColumnElement): ColumnElement {
    const entity = this._parententity;
    const annotations = new Map<string, unknown>([
      ["entity_namespace", entity],
      ["parententity", entity],
      ["parentmapper", entity],
      ["proxy_key", this.prop.key],
    ]);
    let col = column;
    const adapter = (this._parentmapper as unknown as Mapper)._polymorphicAdapter;
    if (adapter) {
      col = adapter.traverse(column);
      annotations.set("adapt_column", column);
    }
    return (
      col._annotate(annotations) as unknown as { _setPropagateAttrs(v: object): ColumnElement }
    )._setPropagateAttrs({ compileStatePlugin: "orm", pluginSubject: entity });
  }

  private marked(column: ColumnElement): ColumnElement {
    const { adapter } = this;
    return adapter ? adapter(column, this.prop.key) : this.ormAnnotate(column);
  }

  override clauseElement(): ColumnElement {
    return (this.element ??= this.marked(this.prop.columns[0] as ColumnElement));
  }

  override get info(): Map<Value, Value> {
    const own = (this.clauseElement() as unknown as { readonly info?: Map<Value, Value> }).info;
    return own ?? this.prop.info;
  }

  /** All columns of the attribute. */
  get expressions(): ColumnElement[] {
    return this.prop.columns.map((c) => this.marked(c));
  }

  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    return op.invoke(this.clauseElement(), other, options) as ColumnElement;
  }

  override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    const col = this.clauseElement();
    return op.invoke(col._bindParam(op, other), [col], options) as ColumnElement;
  }
}

Object.defineProperty(ColumnProperty, "Comparator", { value: ColumnComparator });

/** What column_property() makes in declarative classes. */
export class MappedSQLExpression extends ColumnProperty {}
