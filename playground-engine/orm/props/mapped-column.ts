// mapped_column(): a column of a declarative class, completed from the attribute's annotation.
// Behaviour: SQLAlchemy orm/properties.py (MappedColumn).
import { ArgumentError, MappedAnnotationError, warnDeprecated } from "../../errors/index.ts";
import { ColumnOperators } from "../../sql/comparator.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as operators from "../../sql/operators.ts";
import type { OperateOptions, Operator } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import { Column } from "../../sql/schema/index.ts";
import type { ColumnOptions } from "../../sql/schema/column.ts";
import { NULL_UNSPECIFIED } from "../../sql/schema/constants.ts";
import { isTypeArgument } from "../../sql/types/engine.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import {
  annotationText,
  deOptionalize,
  hasForward,
  includesNone,
  isType,
  resolveAll,
} from "../declarative/annotations.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import { classMapper } from "../mapping/class-mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { ColumnProperty } from "./column.ts";
import { hasDataclassArguments, type AttributeOptions } from "./attribute-options.ts";
import {
  raiseForRequired,
  type DeclarativeScan,
  type IntrospectsAnnotations,
  type MappedContainer,
  type MapsColumns,
} from "./mapped-attribute.ts";

/** Comparisons, with what they are from the other side. */
const MIRRORED: ReadonlyMap<Operator, Operator> = new Map([
  [operators.eq, operators.eq],
  [operators.ne, operators.ne],
  [operators.lt, operators.gt],
  [operators.gt, operators.lt],
  [operators.le, operators.ge],
  [operators.ge, operators.le],
]);

export interface MappedColumnOptions extends ColumnOptions {
  readonly attributeOptions?: AttributeOptions;
  readonly useExistingColumn?: boolean;
  readonly deferred?: boolean;
  readonly deferredGroup?: string | null;
  readonly deferredRaiseload?: boolean | null;
  readonly activeHistory?: boolean;
  readonly sortOrder?: number;
}

export class MappedColumn extends ColumnOperators implements MapsColumns, IntrospectsAnnotations {
  static readonly pyModule: string = "sqlalchemy.orm.properties";
  static {
    roles.playsRoles(this, roles.DDLConstraintColumnRole);
  }
  readonly isMapsColumns = true;
  column: Column;
  readonly _attributeOptions: AttributeOptions;
  readonly _hasDataclassArguments: boolean;
  /** Undefined where it was not said. */
  deferred: boolean | undefined;
  deferredGroup: string | null;
  deferredRaiseload: boolean | null;
  activeHistory: boolean;
  _useExistingColumn: boolean;
  private sortOrder: number | undefined;
  private readonly hasNullable: boolean;
  private readonly hasInsertDefault: boolean;

  constructor(
    namePos: Value = null,
    typePos: Value = null,
    args: readonly Value[] = [],
    options: MappedColumnOptions = {},
    dialectKwargs: Kwargs = new Map(),
    from?: { readonly column: Column; readonly original: MappedColumn },
  ) {
    super();
    const o = from?.original;
    this._attributeOptions = o?._attributeOptions ?? options.attributeOptions ?? {};
    this._hasDataclassArguments = hasDataclassArguments({ ...this._attributeOptions, default: undefined });
    this._useExistingColumn = o?._useExistingColumn ?? options.useExistingColumn ?? false;
    this.deferredGroup = o ? o.deferredGroup : (options.deferredGroup ?? null);
    this.deferredRaiseload = o ? o.deferredRaiseload : (options.deferredRaiseload ?? null);
    this.deferred = o ? o.deferred : options.deferred;
    this.activeHistory = o?.activeHistory ?? options.activeHistory ?? false;
    this.sortOrder = o ? o.sortOrder : options.sortOrder;
    this.hasInsertDefault = o?.hasInsertDefault ?? options.insertDefault !== undefined;
    this.hasNullable = o?.hasNullable ?? (options.nullable != null && options.nullable !== NULL_UNSPECIFIED);
    if (from) this.column = from.column;
    else {
      const { insertDefault, ...rest } = options;
      const given = insertDefault !== undefined ? insertDefault : this._attributeOptions.default;
      this.column = new Column(
        namePos,
        typePos,
        args,
        { ...rest, ...(given === undefined ? {} : { default: given }) },
        dialectKwargs,
      );
    }
  }

  _copy(): MappedColumn {
    return new MappedColumn(null, null, [], {}, new Map(), { column: this.column._copy(), original: this });
  }

  get name(): string | null {
    return this.column.name as string | null;
  }
  get foreignKeys(): Column["foreignKeys"] {
    return this.column.foreignKeys;
  }
  get mapperPropertyToAssign(): ColumnProperty | null {
    const deferred = this.deferred ?? Boolean(this.deferredGroup || this.deferredRaiseload);
    if (!deferred && !this.activeHistory) return null;
    return new ColumnProperty(this.column, [], {
      deferred,
      group: this.deferredGroup,
      raiseload: this.deferredRaiseload ?? false,
      attributeOptions: this._attributeOptions,
      activeHistory: this.activeHistory,
    });
  }
  get columnsToAssign(): readonly (readonly [Column, number])[] {
    return [[this.column, this.sortOrder ?? 0]];
  }

  // -- as an expression ---------------------------------------------------------------------------------

  override clauseElement(): Column {
    return this.column;
  }
  override operate(op: Operator, other: readonly Value[], options?: OperateOptions): ColumnElement {
    const mirrored = MIRRORED.get(op);
    const [right] = other;
    // Python asks the right operand first where its class derives from the left one's: `id == foreign(Child.parent_id)`.
    if (
      mirrored &&
      typeof right === "object" &&
      right !== null &&
      (right as { _isAnnotated?: boolean })._isAnnotated &&
      (Object.getPrototypeOf(this.column) as object).isPrototypeOf(right)
    )
      return mirrored.invoke(right, [this.column], options) as ColumnElement;
    return op.invoke(this.column, other, options) as ColumnElement;
  }
  override reverseOperate(op: Operator, other: Value, options?: OperateOptions): ColumnElement {
    return op.invoke(this.column._bindParam(op, other), [this.column], options) as ColumnElement;
  }

  // -- declarative ---------------------------------------------------------------------------------------

  foundInPep593Annotated(): MappedColumn {
    return new MappedColumn();
  }

  /** The column that a class above has already, with use_existing_column. */
  private adjustForExisting(scan: DeclarativeScan, key: string, given: Column): Column {
    if (!this._useExistingColumn || !scan.inherits || !scan.single) return given;
    if (scan.isDeferred) throw new ArgumentError("Can't use use_existing_column with deferred mappers");
    const table = classMapper(scan.inherits, false).localTable as unknown as {
      readonly c: { get(key: string): Column | null };
    };
    return table.c.get((given.name as string | null) ?? key) ?? given;
  }

  private nameIt(key: string): void {
    const c = this.column as { key: string | null; name: string | null };
    c.key ??= key;
    c.name ??= key;
  }

  declarativeScan(
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originating: ClassRef,
    key: string,
    _container: MappedContainer | null,
    _annotation: Annotation | null,
    extracted: Annotation | null,
    _isField: boolean,
  ): void {
    this.column = this.adjustForExisting(scan, key, this.column);
    this.nameIt(key);
    if (extracted !== null) this.readAnnotation(cls, scan, key, registry, extracted, originating);
    else if (this.column.type.isNullType && this.column.foreignKeys.size === 0)
      raiseForRequired("MappedColumn", key, cls);
  }

  /** @internal As a column of a composite dataclass, under the name of its parameter. */
  declarativeScanForComposite(
    scan: DeclarativeScan,
    registry: Registry,
    cls: ClassRef,
    originating: ClassRef,
    key: string,
    param: string,
    annotation: Annotation | null,
  ): void {
    this.nameIt(param);
    if (annotation) this.readAnnotation(cls, scan, key, registry, annotation, originating);
  }

  private readAnnotation(
    cls: ClassRef,
    scan: DeclarativeScan,
    key: string,
    registry: Registry,
    given: Annotation,
    originating: ClassRef,
  ): void {
    const argument = hasForward(given) ? resolveAll(originating, given) : given;
    const nullable = includesNone(argument);
    if (!this.hasNullable) this.column.nullable = nullable;
    const alias = deOptionalize(argument);
    const type = alias.kind === "alias" ? deOptionalize(alias.value) : alias;
    const inner = type.kind === "annotated" ? (nullable ? deOptionalize(type.base) : type.base) : null;
    const bundled =
      type.kind === "annotated" ? type.metadata.find((m) => m instanceof MappedColumn) : undefined;
    if (bundled) this.takeOver(bundled, scan, key);
    if (!this.column.type.isNullType || this.column.foreignKeys.size > 0) return;
    const checks: Annotation[] = [...(alias === type ? [] : [alias]), type, ...(inner ? [inner] : [])];
    for (const check of checks) {
      const found = registry._resolveType(check, check === type);
      if (found) {
        this.column._setType(found);
        return;
      }
    }
    this.cannotResolve(checks, type, argument);
  }

  private cannotResolve(checks: readonly Annotation[], type: Annotation, argument: Annotation): never {
    const key = this.column.key === null ? "None" : `'${this.column.key}'`;
    if (
      (type.kind === "other" && isTypeArgument(type.value)) ||
      (type.kind === "class" && isSqlType(type.cls))
    )
      throw new MappedAnnotationError(
        `The type provided inside the ${key} attribute Mapped annotation is the SQLAlchemy type ${annotationText(type)}. Expected a Python type instead`,
      );
    const first = checks[0] as Annotation;
    if (!isType(first))
      throw new MappedAnnotationError(
        `The object provided inside the ${key} attribute Mapped annotation is not a Python type, it's the object ${first.kind === "other" ? host.repr(first.value) : annotationText(argument)}. Expected a Python type.`,
      );
    const texts = checks.map((c) => `'${annotationText(c)}'`);
    const detail =
      texts.length === 1
        ? "the type object is not resolvable by the registry"
        : texts.length === 2
          ? `neither ${texts[0]} nor ${texts[1]} are resolvable by the registry`
          : `none of ${texts.join(", ")} are resolvable by the registry`;
    throw new MappedAnnotationError(
      `Could not locate SQLAlchemy Core type when resolving for Python type indicated by ${texts[0]} inside the Mapped[] annotation for the ${key} attribute; ${detail}`,
    );
  }

  /** What a mapped_column() inside `Annotated[]` says and this one does not. */
  private takeOver(bundled: MappedColumn, scan: DeclarativeScan, key: string): void {
    this.column = bundled.adjustForExisting(scan, key, this.column);
    if (!this.hasInsertDefault && bundled.column.default !== null) this.column.default = null;
    bundled.column._merge(this.column);
    this.deferred ??= bundled.deferred;
    this.deferredGroup ??= bundled.deferredGroup;
    this.deferredRaiseload ??= bundled.deferredRaiseload;
    this._useExistingColumn ||= bundled._useExistingColumn;
    this.activeHistory ||= bundled.activeHistory;
    this.sortOrder ??= bundled.sortOrder;
    if (bundled.column.key !== null || bundled.column.name !== null)
      warnDeprecated(
        "Can't use the 'key' or 'name' arguments in Annotated with mapped_column(); this will be ignored",
      );
    if (bundled._hasDataclassArguments)
      for (const [name, v] of Object.entries(bundled._attributeOptions))
        if (v !== undefined)
          warnDeprecated(
            `Argument '${name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`)}' is a dataclass argument and cannot be specified within a mapped_column() bundled inside of an Annotated object`,
          );
  }
}

function isSqlType(cls: ClassRef): boolean {
  return (
    isTypeArgument(cls) ||
    face()
      .mro(cls)
      .some((c) => face().className(c) === "TypeEngine" && face().module(c).startsWith("sqlalchemy."))
  );
}
