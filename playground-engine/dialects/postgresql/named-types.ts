// Types that are created with CREATE TYPE and CREATE DOMAIN, before the tables that use them.
//
// create_all() creates each once, drop_all() drops each once: the walk keeps a memo of names.
// Behaviour: SQLAlchemy dialects/postgresql/named_types.py.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { expect } from "../../sql/coercions.ts";
import { CreateDropBase } from "../../sql/ddl.ts";
import { SchemaWalk } from "../../sql/ddl-visitors.ts";
import type { ClauseElement } from "../../sql/elements/clause.ts";
import { mixin } from "../../sql/mixin.ts";
import { plainName, plainSchema, type NameArgument } from "../../sql/names.ts";
import type { Operator } from "../../sql/operators.ts";
import * as roles from "../../sql/roles.ts";
import type { DdlRunner, DdlVisitorClass } from "../../sql/schema/ddl-runner.ts";
import { joinDispatch } from "../../sql/schema/events.ts";
import { Enum, enumOptions, SCHEMA_TYPE_SIGNATURE, type EnumOptions } from "../../sql/types/enum.ts";
import {
  listenToMetadata,
  setTable,
  type ColumnLike,
  type MetaDataLike,
  type SchemaTypeLike,
} from "../../sql/types/schema-type.ts";
import { inModule, optionsOf } from "../python-view.ts";
import {
  signature,
  String,
  toInstance,
  TypeEngine,
  type DdlBind,
  type Signature,
  type TypeArgument,
  type TypeClass,
} from "../../sql/types/index.ts";

type Bind = DdlBind & DdlRunner;
interface Named extends SchemaTypeLike {
  readonly createType: boolean;
}
interface TypedDialect {
  hasType(connection: unknown, name: string, schema: string | null): boolean;
}

// -- what ENUM and DOMAIN do alike --------------------------------------------------------------------

/** Whether the walk that is under way need not look at the type. */
function isDone(type: Named, kwargs: Kwargs): boolean {
  if (!type.createType) return true;
  const runner = kwargs.get("_ddl_runner") as SchemaWalk | undefined;
  if (!runner) return false;
  const kind = `pg_${type.visitName}`;
  const known = runner.memo.get(kind) ?? new Set<string>();
  runner.memo.set(kind, known);
  const key = JSON.stringify([type.schema, type.name]);
  const done = known.has(key);
  known.add(key);
  return done;
}

const checkfirstOf = (kwargs: Kwargs): boolean => host.isTrue(kwargs.get("checkfirst") ?? false);
/** Whether a table is created or dropped alone, and the type belongs to no MetaData. */
const isOnTableAlone = (type: Named, kwargs: Kwargs): boolean =>
  !type.metadata && !host.isTrue(kwargs.get("_is_metadata_operation") ?? false);

/** When the type is created and dropped: laid into both classes by mixin(). */
abstract class NamedTypeLifecycle {
  onTableCreate(this: Named, _target: object, bind: DdlBind, kwargs: Kwargs): void {
    if ((checkfirstOf(kwargs) || isOnTableAlone(this, kwargs)) && !isDone(this, kwargs))
      this.create(bind, checkfirstOf(kwargs));
  }
  onTableDrop(this: Named, _target: object, bind: DdlBind, kwargs: Kwargs): void {
    if (isOnTableAlone(this, kwargs) && !isDone(this, kwargs)) this.drop(bind, checkfirstOf(kwargs));
  }
  onMetadataCreate(this: Named, _target: object, bind: DdlBind, kwargs: Kwargs): void {
    if (!isDone(this, kwargs)) this.create(bind, checkfirstOf(kwargs));
  }
  onMetadataDrop(this: Named, _target: object, bind: DdlBind, kwargs: Kwargs): void {
    if (!isDone(this, kwargs)) this.drop(bind, checkfirstOf(kwargs));
  }
}

function run(bind: DdlBind, visitor: unknown, type: TypeEngine, checkfirst: boolean): void {
  (bind as Bind)._runDdlVisitor(visitor as DdlVisitorClass, type, { checkfirst });
}

/** Base of types of a name of their own, and the affinity they have. */
export abstract class NamedType extends TypeEngine {
  static override readonly signature: Signature = SCHEMA_TYPE_SIGNATURE;
}

abstract class NamedTypeWalk extends SchemaWalk {
  protected exists(type: Named): boolean {
    return (this.dialect as unknown as TypedDialect).hasType(
      this.connection,
      type.name as string,
      this.connection.schemaForObject(type),
    );
  }

  protected create(type: Named, ddl: ClauseElement): void {
    if (this.checkfirst && this.exists(type)) return;
    this.withEvents("beforeCreate", "afterCreate", type, [], () => this.connection.execute(ddl));
  }

  protected drop(type: Named, ddl: ClauseElement): void {
    if (this.checkfirst && !this.exists(type)) return;
    this.withEvents("beforeDrop", "afterDrop", type, [], () => this.connection.execute(ddl));
  }
}

// -- ENUM ---------------------------------------------------------------------------------------------

export interface PostgresqlEnumOptions extends EnumOptions {
  /** false: the program creates the type itself. */
  readonly createType?: boolean;
}

export class ENUM extends Enum implements Named {
  static {
    mixin(this, NamedTypeLifecycle);
  }
  readonly createType: boolean;

  constructor(enums: readonly Value[] = [], options: PostgresqlEnumOptions = {}, kw: Kwargs = new Map()) {
    const { nativeEnum, createType, ...rest } = { ...options, ...optionsOf<PostgresqlEnumOptions>(kw) };
    if (nativeEnum === false)
      host.warn(
        "SAWarning",
        "the native_enum flag does not apply to the sqlalchemy.dialects.postgresql.ENUM datatype; this type always refers to ENUM.   " +
          "Use sqlalchemy.types.Enum for non-native enum.",
      );
    super(enums, rest);
    this.createType = createType ?? true;
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    const given = (kwargs.get("_enums") as readonly Value[] | undefined) ?? [];
    const createType = kwargs.get("create_type") as boolean | undefined;
    const options = { ...enumOptions(kwargs), ...(createType === undefined ? {} : { createType }) };
    return new this(args.length ? args : given, options);
  }

  static adaptEmulatedToNative(impl: TypeEngine, kwargs: Kwargs): TypeEngine {
    const from = impl as Enum;
    const standard: [string, Value][] = [
      ["validate_strings", from.validateStrings],
      ["name", from.name],
      ["schema", from.schema],
      ["inherit_schema", from.inheritSchema],
      ["metadata", from.metadata],
      ["_create_events", false],
      ["values_callable", from.valuesCallable],
      ["omit_aliases", from.omitAliases],
      ["_adapted_from", from],
      ["quote", from.nameQuote],
    ];
    if (from instanceof ENUM) standard.push(["create_type", from.createType]);
    return this.construct([], new Map([...standard, ...kwargs]));
  }

  override get typeAffinity(): TypeClass {
    return NamedType as unknown as TypeClass;
  }

  override coerceComparedValue(op: Operator | null, value: Value): TypeEngine {
    const coerced = super.coerceComparedValue(op, value);
    return coerced.typeAffinity === String ? this : coerced;
  }

  override create(bind: DdlBind, checkfirst = true): void {
    if (bind.dialect.supportsNativeEnum) run(bind, EnumGenerator, this, checkfirst);
  }
  override drop(bind: DdlBind, checkfirst = true): void {
    if (bind.dialect.supportsNativeEnum) run(bind, EnumDropper, this, checkfirst);
  }
}

export class CreateEnumType extends CreateDropBase<ENUM> {
  static override readonly visitName: string = "create_enum_type";
}
export class DropEnumType extends CreateDropBase<ENUM> {
  static override readonly visitName: string = "drop_enum_type";
}

class EnumGenerator extends NamedTypeWalk {
  visitEnum(type: ENUM): void {
    this.create(type, new CreateEnumType(type));
  }
}
class EnumDropper extends NamedTypeWalk {
  visitEnum(type: ENUM): void {
    this.drop(type, new DropEnumType(type));
  }
}

// -- DOMAIN -------------------------------------------------------------------------------------------

export interface DomainOptions {
  readonly collation?: string | null;
  readonly default?: ClauseElement | string | null;
  readonly constraintName?: string | null;
  readonly notNull?: boolean | null;
  readonly check?: Value;
  readonly createType?: boolean;
  readonly schema?: string | null;
  readonly metadata?: MetaDataLike | null;
  readonly inheritSchema?: boolean;
  readonly quote?: boolean | null;
  /** @internal */
  readonly createEvents?: boolean;
  readonly adaptedFrom?: TypeEngine | null;
}

export interface DOMAIN extends NamedTypeLifecycle {}

export class DOMAIN extends NamedType implements Named {
  static {
    mixin(this, NamedTypeLifecycle);
  }
  static override readonly visitName: string = "DOMAIN";
  // as the real one, a copy forgets what is keyword-only
  static override readonly signature = signature("name, data_type, **kw");
  readonly dataType: TypeEngine;
  readonly default: ClauseElement | string | null;
  readonly collation: string | null;
  readonly constraintName: string | null;
  readonly notNull: boolean;
  readonly check: ClauseElement | null;
  readonly createType: boolean;
  name: string | null;
  schema: string | null;
  metadata: MetaDataLike | null;
  inheritSchema: boolean;
  createEvents: boolean;

  constructor(name: NameArgument, dataType: TypeArgument, own: DomainOptions = {}, kw: Kwargs = new Map()) {
    super();
    const options = { ...own, ...optionsOf<DomainOptions>(kw) };
    this.dataType = toInstance(dataType);
    this.default = options.default ?? null;
    this.collation = options.collation ?? null;
    this.constraintName = options.constraintName ?? null;
    this.notNull = options.notNull ?? false;
    this.check = options.check == null ? null : expect(roles.DDLExpressionRole, options.check);
    this.createType = options.createType ?? true;
    this.name = plainName(name);
    this.schema = plainSchema(options).schema ?? null;
    this.metadata = options.metadata ?? null;
    this.inheritSchema = options.inheritSchema ?? false;
    this.createEvents = options.createEvents ?? true;
    listenToMetadata(this);
    if (options.adaptedFrom) joinDispatch(this, options.adaptedFrom);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    return new this(
      (args[0] ?? kwargs.get("name")) as string,
      (args[1] ?? kwargs.get("data_type")) as TypeArgument,
      {},
      kwargs,
    );
  }

  override get isSchemaEventTarget(): boolean {
    return true;
  }
  override get isSchemaType(): boolean {
    return true;
  }

  override copy({ toMetadata }: { toMetadata?: unknown } = {}): this {
    const metadata = this.metadata === null ? null : (toMetadata ?? this.metadata);
    return this.adapt(
      this.typeClass,
      new Map<string, Value>([
        ["_create_events", true],
        ["metadata", metadata],
      ]),
    ) as this;
  }

  override adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    return super.adapt(
      cls,
      new Map<string, Value>([["_create_events", false], ["_adapted_from", this], ...kwargs]),
    );
  }

  override _setParent(parent: unknown): void {
    (parent as ColumnLike)._onTableAttach((column, table) => setTable(this, column, table));
  }

  create(bind: DdlBind, checkfirst = true): void {
    run(bind, DomainGenerator, this, checkfirst);
  }
  drop(bind: DdlBind, checkfirst = true): void {
    run(bind, DomainDropper, this, checkfirst);
  }
}

export class CreateDomainType extends CreateDropBase<DOMAIN> {
  static override readonly visitName: string = "create_domain_type";
}
export class DropDomainType extends CreateDropBase<DOMAIN> {
  static override readonly visitName: string = "drop_domain_type";
}

class DomainGenerator extends NamedTypeWalk {
  visitDOMAIN(type: DOMAIN): void {
    this.create(type, new CreateDomainType(type));
  }
}
class DomainDropper extends NamedTypeWalk {
  visitDOMAIN(type: DOMAIN): void {
    this.drop(type, new DropDomainType(type));
  }
}

inModule("sqlalchemy.dialects.postgresql.named_types", [
  NamedType,
  ENUM,
  DOMAIN,
  CreateEnumType,
  DropEnumType,
  CreateDomainType,
  DropDomainType,
  EnumGenerator,
  EnumDropper,
  DomainGenerator,
  DomainDropper,
]);
