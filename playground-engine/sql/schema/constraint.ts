// Constraint, and what constraints and indexes over columns share: columns by object or by name, known at once or later.
//
// A constraint of Column objects that are in no table yet waits for them; one with names waits for its table.
// `name` is a plain string. Whether it came from a naming convention (or conv(), op.f()) is `_isConv`: such names are
// shortened where they are too long and never go through a convention again. Behaviour: SQLAlchemy sql/schema.py.
import { ArgumentError, ConstraintColumnNotFoundError, InvalidRequestError } from "../../errors/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { expect, expectColExpressionCollection } from "../coercions.ts";
import { DedupeColumnCollection, type ReadOnlyColumnCollection } from "../column-collection.ts";
import type { DDLIf } from "../ddl-if.ts";
import { defaults, mixin } from "../mixin.ts";
import { ConvName, plainName, QuotedName, quoteOf, type NameArgument } from "../names.ts";
import * as roles from "../roles.ts";
import type { ColumnElement } from "../elements/column.ts";
import type { ClauseElement } from "../elements/clause.ts";
import { classNameOf, strOf } from "../repr.ts";
import { signature, type InitArgument, type Signature } from "../types/signature.ts";
import { nextCreationOrder, NONE_NAME } from "./constants.ts";
import { copyExpression } from "./copy.ts";
import { DialectKWArgs } from "./dialect-kwargs.ts";
import { HasConditionalDDL, SchemaItem } from "./item.ts";
import { isColumn, isTable } from "./late.ts";
import type { Column } from "./column.ts";
import type { Table } from "./table.ts";

export type ConstraintNameArgument = NameArgument | typeof NONE_NAME | null | undefined;
/** What a CREATE asks before it mentions a constraint. */
export type CreateRule = (compiler: { readonly dialect: { readonly name: string } }) => boolean;

/** A name that is kept as string, with what else is known of it. */
export abstract class Named {
  declare _name: string | null;
  /** Always (true) or never (false) quoted. */
  declare nameQuote: boolean | null;
  declare _isConv: boolean;
  /** Made by a type without a name: only a naming convention gives it one. */
  declare _isNoneName: boolean;

  get name(): string | null {
    return this._name;
  }
  set name(name: ConstraintNameArgument) {
    this._isNoneName = name === NONE_NAME;
    this._isConv = name instanceof ConvName;
    this._name = name == null || name === NONE_NAME ? null : plainName(name as NameArgument);
    this.nameQuote = quoteOf(name);
  }
}

export interface ConstraintOptions {
  readonly name?: ConstraintNameArgument;
  readonly deferrable?: boolean | null;
  readonly initially?: string | null;
  readonly info?: Value;
  readonly comment?: string | null;
  /** @internal */
  readonly createRule?: CreateRule | null;
  readonly typeBound?: boolean;
}

export interface Constraint extends Named, DialectKWArgs, HasConditionalDDL {
  get name(): string | null;
  set name(name: ConstraintNameArgument);
}
export abstract class Constraint extends SchemaItem {
  static override readonly visitName: string = "constraint";
  static readonly signature: Signature = signature(
    "name=None, deferrable=None, initially=None, info=None, comment=None, _create_rule=None, _type_bound=False",
  );
  deferrable: boolean | null;
  initially: string | null;
  comment: string | null;
  /** The table, or the column of a column-level CHECK. */
  declare parent: Table | Column | undefined;
  declare _ddlIf: DDLIf | undefined;
  _createRule: CreateRule | null;
  readonly _typeBound: boolean;
  readonly _creationOrder = nextCreationOrder();
  /** Made by `unique=True` of a Column. */
  declare _columnFlag: boolean;

  constructor(options: ConstraintOptions = {}, dialectKw: Kwargs = new Map()) {
    super();
    this.name = options.name;
    this.deferrable = options.deferrable ?? null;
    this.initially = options.initially ?? null;
    if (options.info !== undefined && options.info !== null && host.isTrue(options.info))
      this.info = options.info;
    this._createRule = options.createRule ?? null;
    this._typeBound = options.typeBound ?? false;
    // classes that take **dialect_kw hand comment on in it
    const { comment, kwargs } = takeComment(dialectKw);
    this._validateDialectKwargs(kwargs);
    this.comment = options.comment ?? comment;
  }

  /** @internal a name that a convention is still to give is no None: for repr() */
  initArgument(argument: InitArgument): Value | undefined {
    return argument.name === "name" && this._isNoneName ? NONE_NAME : undefined;
  }

  /** The table. Throws InvalidRequestError before there is one. */
  get table(): Table {
    if (isTable(this.parent)) return this.parent;
    throw new InvalidRequestError(
      "This constraint is not bound to a table.  Did you mean to call table.append_constraint(constraint) ?",
    );
  }

  override _setParent(parent: unknown, _options?: object): void {
    this.parent = parent as Table | Column;
    (this.parent.constraints as Set<Constraint>).add(this);
  }

  abstract _copy(options?: { targetTable?: Table | null; schema?: string | null }): Constraint;
}
mixin(Constraint, Named, DialectKWArgs, HasConditionalDDL);
defaults(Constraint, { _columnFlag: false, parent: undefined });

function takeComment(dialectKw: Kwargs): { readonly comment: string | null; readonly kwargs: Kwargs } {
  if (!dialectKw.has("comment")) return { comment: null, kwargs: dialectKw };
  const kwargs = new Map(dialectKw);
  kwargs.delete("comment");
  return { comment: dialectKw.get("comment") as string | null, kwargs };
}

export type ColumnArgument = Value;

export interface ColumnsOptions {
  /** @internal */
  readonly autoattach?: boolean;
  readonly columnFlag?: boolean;
}

/** Laid into constraints and indexes: the columns they are about. */
export abstract class ColumnCollectionMixin {
  declare _columns: DedupeColumnCollection;
  declare _columnFlag: boolean;
  /** Given columns or names; null where an index expression has no column of its own. */
  declare _pendingColargs: (string | ColumnElement | null)[];
  /** Columns that the constraint still waits for. */
  declare _colsWoTable: Set<Column> | undefined;

  /** Whether columns of several tables may be meant (CHECK). */
  get _allowMultipleTables(): boolean {
    return false;
  }
  abstract _setParentWithDispatch(parent: unknown, options?: object): void;

  get columns(): ReadOnlyColumnCollection {
    return this._columns.asReadonly();
  }
  get c(): ReadOnlyColumnCollection {
    return this.columns;
  }

  /** @internal `gather` collects the expressions of an index as given. */
  _initColumns(
    columns: readonly ColumnArgument[],
    { autoattach = true, columnFlag = false }: ColumnsOptions = {},
    gather?: (string | ColumnElement)[],
  ): void {
    this._columnFlag = columnFlag;
    this._columns = new DedupeColumnCollection();
    if (gather) {
      this._pendingColargs = [];
      for (const [expression, , , addElement] of expectColExpressionCollection(
        roles.DDLConstraintColumnRole,
        columns,
      )) {
        this._pendingColargs.push(addElement);
        gather.push(expression);
      }
    } else
      this._pendingColargs = columns.map(
        (c) => expect(roles.DDLConstraintColumnRole, c) as string | ColumnElement,
      );
    if (autoattach && this._pendingColargs.length) this._checkAttach();
  }

  private _checkAttach(): void {
    const given = new Set(this._pendingColargs.filter(isColumn));
    const bound = [...given].filter((c) => isTable(c.table));
    const unbound = new Set([...given].filter((c) => !isTable(c.table)));
    if (unbound.size) {
      if (this._pendingColargs.some((c) => c !== null && !isColumn(c))) return;
      this._colsWoTable = unbound;
      for (const column of [...unbound])
        column._onTableAttach((attached, table) => {
          if (!isTable(table) || !unbound.delete(attached)) return;
          if (!unbound.size) this._checkAttach();
        });
      return;
    }
    const tables = new Set(bound.map((c) => c.table as Table));
    if (tables.size === 1) this._setParentWithDispatch([...tables][0]);
    else if (tables.size > 1 && !this._allowMultipleTables) {
      const table = (bound[0] as Column).table as Table;
      const others = bound.slice(1).filter((c) => c.table !== table);
      throw new ArgumentError(
        `Column(s) ${others.map((c) => `'${strOf(c)}'`).join(", ")} are not part of table '${table.description}'.`,
      );
    }
  }

  /** @internal The columns meant, in the order given. Throws ConstraintColumnNotFoundError. */
  _colExpressions(parent: Table | Column): (ColumnElement | null)[] {
    if (isColumn(parent)) return this._pendingColargs.filter(isColumn);
    return this._pendingColargs.map((arg) => {
      if (typeof arg !== "string") return arg;
      const found = (parent as Table).c.get(arg);
      if (!found)
        throw new ConstraintColumnNotFoundError(
          `Can't create ${classNameOf(this)} on table '${(parent as Table).description}': no column named '${arg}' is present.`,
        );
      return found;
    });
  }

  /** @internal */
  _attachColumns(parent: Table | Column): void {
    for (const c of this._colExpressions(parent)) if (c !== null) this._columns.add(c as Column);
  }
}

/** A constraint over columns. Constructors of subclasses end in `_initColumns`: it may attach the constraint at once. */
export interface ColumnCollectionConstraint extends ColumnCollectionMixin {
  get _allowMultipleTables(): boolean;
  _columnFlag: boolean;
  _setParentWithDispatch(parent: unknown, options?: object): void;
}
export abstract class ColumnCollectionConstraint extends Constraint {
  static override readonly signature: Signature = signature("*columns, **dialect_kw");

  override _setParent(parent: unknown, options?: object): void {
    super._setParent(parent, options);
    this._attachColumns(parent as Table | Column);
  }

  /** `key in constraint` */
  has(key: string): boolean {
    return this._columns.has(key);
  }

  containsColumn(column: ColumnElement): boolean {
    return this._columns.containsColumn(column as Column);
  }

  get length(): number {
    return this._columns.length;
  }

  [Symbol.iterator](): Iterator<Column> {
    return this._columns[Symbol.iterator]() as Iterator<Column>;
  }

  protected abstract _copyOf(
    columns: readonly ColumnArgument[],
    options: ConstraintOptions,
    dialectKw: Kwargs,
  ): ColumnCollectionConstraint;

  override _copy({ targetTable = null }: { targetTable?: Table | null } = {}): ColumnCollectionConstraint {
    const columns = [...this].map((c) =>
      copyExpression(c as unknown as ClauseElement, this.parent as Table, targetTable),
    );
    const copy = this._copyOf(
      columns,
      {
        name: nameArgument(this),
        deferrable: this.deferrable,
        initially: this.initially,
        comment: this.comment,
      },
      this.dialectKwargs,
    );
    return this._schemaItemCopy(copy);
  }
}
mixin(ColumnCollectionConstraint, ColumnCollectionMixin);

/** The name as an argument that makes another item of the same name. */
export function nameArgument(item: Named): ConstraintNameArgument {
  if (item._isNoneName) return NONE_NAME;
  if (item._name === null) return null;
  if (item._isConv) return new ConvName(item._name, item.nameQuote);
  return item.nameQuote === null ? item._name : new QuotedName(item._name, item.nameQuote);
}
