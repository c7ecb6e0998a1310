// DDL statements: CREATE, DROP, ALTER … ADD CONSTRAINT, COMMENT, and DDL() for text of the program's own.
//
// They are executed like statements and can be hung on events, where `executeIf` may hold them back. Creating and dropping
// whole schemas is in ddl-visitors.ts, the order of tables in ddl-sort.ts. Behaviour: SQLAlchemy sql/ddl.py.
import { ArgumentError } from "../errors/index.ts";
import { host, type Kwargs, type Value } from "../util/host.ts";
import { Executable } from "./base.ts";
import { DDLIf } from "./ddl-if.ts";
import { ClauseElement } from "./elements/clause.ts";
import type { CompiledLike, CompileOptions, DialectLike } from "./late.ts";
import { defaults, mixin } from "./mixin.ts";
import type { NameArgument } from "./names.ts";
import { reprOf } from "./repr.ts";
import * as roles from "./roles.ts";
import { typeLate } from "./types/type-late.ts";
import { Visitable } from "./visitable.ts";
import type { Column } from "./schema/column.ts";
import type { Constraint, CreateRule } from "./schema/constraint.ts";
import type { Sequence } from "./schema/defaults.ts";
import type { ForeignKeyConstraint } from "./schema/foreign-key-constraint.ts";
import type { Index } from "./schema/indexes.ts";
import type { Table } from "./schema/table.ts";

/** What compiles DDL: a dialect. */
interface DdlCompiling extends DialectLike {
  ddlCompiler(element: ClauseElement, options: CompileOptions): CompiledLike;
}

/** A connection, as far as DDL is executed with it. */
export interface DdlConnection {
  readonly dialect: { readonly name: string };
  execute(statement: unknown): Value;
  _executeDdl?(element: ExecutableDDLElement, params: unknown, options: unknown): Value;
}

/** Part of a DDL statement, or all of it. */
export abstract class BaseDDLElement extends ClauseElement {
  static override readonly pyModule: string = "sqlalchemy.sql.ddl";

  override _compiler(dialect: DialectLike | null, options: CompileOptions = {}): CompiledLike {
    const d = (dialect ?? typeLate.defaultDialect()) as unknown as DdlCompiling;
    return d.ddlCompiler(this, options);
  }
}

type DdlTarget = object | string | null;

export interface ExecutableDDLElement extends Executable {
  _generate(): this;
  readonly isDml: boolean;
  readonly supportsExecution: boolean;
  get visitName(): string;
}
export abstract class ExecutableDDLElement extends BaseDDLElement {
  static {
    roles.playsRoles(this, roles.DDLRole);
  }
  declare _ddlIf: DDLIf | null;
  /** What it is about; an event hands its own over. */
  declare target: DdlTarget;

  /** @internal */
  override _executeOnConnection(connection: unknown, params: unknown, options: unknown): Value {
    return (connection as Required<DdlConnection>)._executeDdl(this, params, options);
  }

  /** A copy about another object. */
  against(target: object): this {
    const made = this._generate();
    made.target = target;
    return made;
  }

  /** A copy that an event runs only for these dialects, or where the callable says so. */
  executeIf(dialect: Value = null, callable: Value = null, state: Value = null): this {
    const made = this._generate();
    made._ddlIf = new DDLIf(dialect, callable, state);
    return made;
  }

  /** @internal */
  _shouldExecute(target: unknown, bind: DdlConnection, kwargs: Kwargs = new Map()): boolean {
    return this._ddlIf?.shouldExecute(this, target, bind, null, kwargs) ?? true;
  }

  /** @internal */
  _invokeWith(bind: DdlConnection): Value {
    return this._shouldExecute(this.target, bind) ? bind.execute(this) : null;
  }

  /** What an event calls: `ddl(target, bind, **kw)`. */
  call(args: readonly Value[], _kwargs: Kwargs = new Map()): void {
    this.against(args[0] as object)._invokeWith(args[1] as DdlConnection);
  }
}
mixin(ExecutableDDLElement, Executable);
defaults(ExecutableDDLElement, { _ddlIf: null, target: null });

/** A statement as text: `%(table)s`, `%(schema)s` and `%(fullname)s` of its target are filled in, and what the context has. */
export class DDL extends ExecutableDDLElement {
  static override readonly visitName: string = "ddl";
  readonly statement: string;
  readonly context: ReadonlyMap<string, Value>;
  private readonly givenContext: Value;

  constructor(statement: Value, context: Value = null) {
    super();
    if (host.kindOf(statement) !== "str")
      throw new ArgumentError(`Expected a string or unicode SQL statement, got '${reprOf(statement)}'`);
    this.statement = statement as string;
    this.givenContext = context;
    this.context = new Map(
      context === null ? [] : ((host.entries(context) ?? []) as Iterable<[string, Value]>),
    );
  }

  override repr(): string {
    const parts = [
      reprOf(this.statement),
      ...(this.context.size ? [`context=${host.str(this.givenContext)}`] : []),
    ];
    return `<DDL@${BigInt(host.address(this))}; ${parts.join(", ")}>`;
  }
}

/** Statements and expressions are compiled for no dialect of their own. */
const lacksDialect = (element: object): boolean =>
  element instanceof ClauseElement && !("createDropStringifyDialect" in element);

/** What str() of a statement says whose element is nothing of a schema. */
function noItem(element: unknown): never {
  throw typeof element === "string"
    ? host.error("AssertionError", "")
    : host.noAttribute(element, "create_drop_stringify_dialect");
}

/** CREATE or DROP of one thing. */
export abstract class CreateDropBase<T extends object | string> extends ExecutableDDLElement {
  readonly element: T;

  constructor(element: T) {
    super();
    this.element = element;
    this.target = element;
    const condition =
      typeof element === "string" ? undefined : (element as { _ddlIf?: DDLIf } | null)?._ddlIf;
    if (condition) this._ddlIf = condition;
    const own: PropertyDescriptor | undefined =
      this instanceof CreateSchema || this instanceof DropSchema
        ? undefined
        : element instanceof Visitable && !lacksDialect(element)
          ? {
              value:
                (element as { createDropStringifyDialect?: string }).createDropStringifyDialect ?? "default",
            }
          : { get: () => noItem(element) };
    if (own && own.value !== "default")
      Object.defineProperty(this, "stringifyDialect", { ...own, enumerable: true, configurable: true });
  }
}

export abstract class CreateBase<T extends object | string> extends CreateDropBase<T> {
  readonly ifNotExists: boolean;
  constructor(element: T, ifNotExists = false) {
    super(element);
    this.ifNotExists = ifNotExists;
  }
}

export abstract class DropBase<T extends object | string> extends CreateDropBase<T> {
  readonly ifExists: boolean;
  constructor(element: T, ifExists = false) {
    super(element);
    this.ifExists = ifExists;
  }
}

export class CreateSchema extends CreateBase<string> {
  static override readonly visitName: string = "create_schema";
  readonly quote: boolean | null;
  constructor(name: NameArgument, ifNotExists = false) {
    super(String(name), ifNotExists);
    this.quote = typeof name === "string" ? null : name.quote;
  }
}

export class DropSchema extends DropBase<string> {
  static override readonly visitName: string = "drop_schema";
  readonly quote: boolean | null;
  readonly cascade: boolean;
  constructor(name: NameArgument, cascade = false, ifExists = false) {
    super(String(name), ifExists);
    this.quote = typeof name === "string" ? null : name.quote;
    this.cascade = cascade;
  }
}

export class CreateTable extends CreateBase<Table> {
  static override readonly visitName: string = "create_table";
  readonly columns: readonly CreateColumn[];
  /** The foreign keys to mention; null for all. */
  readonly includeForeignKeyConstraints: ReadonlySet<ForeignKeyConstraint> | null;

  constructor(
    element: Table,
    includeForeignKeyConstraints: Iterable<ForeignKeyConstraint> | null = null,
    ifNotExists = false,
  ) {
    super(element, ifNotExists);
    const columns = (element as Partial<Table> | null)?.columns;
    if (columns === undefined) throw host.noAttribute(element, "columns");
    this.columns = [...columns].map((c) => new CreateColumn(c));
    this.includeForeignKeyConstraints = includeForeignKeyConstraints && new Set(includeForeignKeyConstraints);
  }
}

/** A column inside CREATE TABLE. */
export class CreateColumn extends BaseDDLElement {
  static override readonly visitName: string = "create_column";
  readonly element: Column;
  constructor(element: Column) {
    super();
    this.element = element;
  }
}

/** A constraint inside CREATE TABLE, as conditions see it. */
export class CreateConstraint extends BaseDDLElement {
  static override readonly visitName: string = "create_constraint";
  readonly element: Constraint;
  constructor(element: Constraint) {
    super();
    this.element = element;
  }
}

export class DropTable extends DropBase<Table> {
  static override readonly visitName: string = "drop_table";
}

export class DropView extends DropBase<Table> {
  static override readonly visitName: string = "drop_view";
}

export class CreateSequence extends CreateBase<Sequence> {
  static override readonly visitName: string = "create_sequence";
}

export class DropSequence extends DropBase<Sequence> {
  static override readonly visitName: string = "drop_sequence";
}

export class CreateIndex extends CreateBase<Index> {
  static override readonly visitName: string = "create_index";
}

export class DropIndex extends DropBase<Index> {
  static override readonly visitName: string = "drop_index";
}

/** From now on CREATE TABLE leaves the constraint out: a statement of its own makes it. */
function isolate(constraint: Constraint): void {
  const never: CreateRule = () => false;
  constraint._createRule = never;
}

export class AddConstraint extends CreateBase<Constraint> {
  static override readonly visitName: string = "add_constraint";
  constructor(
    element: Constraint,
    { isolateFromTable = true }: { readonly isolateFromTable?: boolean } = {},
  ) {
    super(element);
    if (isolateFromTable) isolate(element);
  }
}

export class DropConstraint extends DropBase<Constraint> {
  static override readonly visitName: string = "drop_constraint";
  readonly cascade: boolean;
  constructor(
    element: Constraint,
    options: {
      readonly cascade?: boolean;
      readonly ifExists?: boolean;
      readonly isolateFromTable?: boolean;
    } = {},
  ) {
    super(element, options.ifExists);
    this.cascade = options.cascade ?? false;
    if (options.isolateFromTable ?? true) isolate(element);
  }
}

export class SetTableComment extends CreateDropBase<Table> {
  static override readonly visitName: string = "set_table_comment";
}

export class DropTableComment extends CreateDropBase<Table> {
  static override readonly visitName: string = "drop_table_comment";
}

export class SetColumnComment extends CreateDropBase<Column> {
  static override readonly visitName: string = "set_column_comment";
}

export class DropColumnComment extends CreateDropBase<Column> {
  static override readonly visitName: string = "drop_column_comment";
}

export class SetConstraintComment extends CreateDropBase<Constraint> {
  static override readonly visitName: string = "set_constraint_comment";
}

export class DropConstraintComment extends CreateDropBase<Constraint> {
  static override readonly visitName: string = "drop_constraint_comment";
}
