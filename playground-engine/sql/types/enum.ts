// Enum: strings or members of an enum class, stored as text or as the database's own enumerated type.
//
// `enums` are the stored texts in order; lookups translate between members and texts by equality.
// Behaviour: SQLAlchemy sql/sqltypes.py (Enum).
import { host, type Kind, type Kwargs, type Value } from "../../util/host.ts";
import { mixin } from "../mixin.ts";
import { reprTupleNames } from "../../util/text.ts";
import { joinDispatch } from "../schema/events.ts";
import { plainName, plainSchema, type NameArgument } from "../names.ts";
import { concatOp, type Operator } from "../operators.ts";
import {
  ConcatenableComparator,
  type Adapted,
  type ComparatorClass,
  type TypeComparator,
} from "./comparator.ts";
import type { BindProcessor, LiteralProcessor, ResultProcessor, TypeDialect } from "./dialect-facts.ts";
import type { TypeClass, TypeEngine } from "./engine.ts";
import {
  isVariantOf,
  listenToMetadata,
  LeavesDdlToDialect,
  setTable,
  variantMappingOf,
  type ColumnLike,
  type MetaDataLike,
  type SchemaTypeLike,
  type TableLike,
} from "./schema-type.ts";
import { classArguments, copyArguments, genericRepr, signature, type Signature } from "./signature.ts";
import { String } from "./string.ts";
import { typeLate } from "./type-late.ts";

export interface EnumOptions {
  readonly nativeEnum?: boolean;
  readonly createConstraint?: boolean;
  readonly valuesCallable?: Value;
  /** A host callable, or null for no sorting; undefined orders by stored text. */
  readonly sortKeyFunction?: Value;
  readonly length?: number | null;
  readonly omitAliases?: boolean;
  readonly validateStrings?: boolean;
  readonly name?: NameArgument | null;
  readonly schema?: string | null;
  readonly metadata?: MetaDataLike | null;
  readonly inheritSchema?: boolean;
  readonly quote?: boolean | null;
  /** @internal */
  readonly createEvents?: boolean;
  readonly adaptedFrom?: TypeEngine | null;
  readonly disableWarnings?: boolean;
}

class EnumComparator extends ConcatenableComparator {
  static override readonly pyModule: string = "sqlalchemy.sql.sqltypes.Enum";
  static override readonly pyName: string = "Comparator";
  override adaptExpression(op: Operator, other: TypeComparator): Adapted {
    const [adapted, type] = super.adaptExpression(op, other);
    return adapted === concatOp ? [adapted, new String((this.type as Enum).length)] : [adapted, type];
  }
}

/** SchemaType's own arguments, as repr shows them. */
export const SCHEMA_TYPE_SIGNATURE = signature(
  "name=None, schema=None, metadata=None, inherit_schema=False, quote=None, _create_events=True, _adapted_from=None",
);

export interface Enum extends LeavesDdlToDialect {}

export class Enum extends String implements SchemaTypeLike {
  static override readonly visitName: string = "enum";
  static override readonly signature: Signature = signature("*enums, **kw");

  enums: readonly string[] = [];
  enumClass: Value = null;
  nativeEnum: boolean;
  static {
    mixin(this, LeavesDdlToDialect);
  }
  createConstraint: boolean;
  valuesCallable: Value;
  validateStrings: boolean;
  name: string | null;
  /** Whether the name is always or never quoted. */
  nameQuote: boolean | null;
  schema: string | null;
  metadata: MetaDataLike | null;
  inheritSchema: boolean;
  createEvents: boolean;
  /** @internal */
  readonly omitAliases: boolean;
  private readonly sortKey: Value;
  private readonly defaultLength: number;
  /** Stored text by key of the member (or of the text itself). */
  private readonly textOf = new Map<unknown, string>();
  private readonly objectOf = new Map<string, Value>();

  constructor(enums: readonly Value[] = [], options: EnumOptions = {}) {
    super();
    this.nativeEnum = options.nativeEnum ?? true;
    this.createConstraint = options.createConstraint ?? false;
    this.valuesCallable = options.valuesCallable ?? null;
    this.sortKey = options.sortKeyFunction;
    this.omitAliases = options.omitAliases ?? true;
    this.validateStrings = options.validateStrings ?? false;
    this.setUpValues(enums);
    this.defaultLength = Math.max(0, ...this.enums.map(textLength));
    this.length = this.defaultLength;
    if (options.length !== undefined) {
      if (!options.disableWarnings && options.length !== null && options.length < this.defaultLength)
        throw host.error(
          "ValueError",
          `When provided, length must be larger or equal than the length of the longest enum value. ${options.length} < ${this.defaultLength}`,
        );
      this.length = options.length;
    }
    let name = options.name;
    if (name === undefined && this.enumClass !== null && this.enums.length)
      name = host.nameOf(this.enumClass).toLowerCase();
    this.name = name == null ? null : plainName(name);
    this.nameQuote = (typeof name === "object" ? name?.quote : undefined) ?? options.quote ?? null;
    this.schema = plainSchema(options).schema ?? null;
    this.metadata = options.metadata ?? null;
    this.inheritSchema = options.inheritSchema ?? false;
    this.createEvents = options.createEvents ?? true;
    listenToMetadata(this);
    if (options.adaptedFrom) joinDispatch(this, options.adaptedFrom);
  }

  static override construct(args: readonly Value[], kwargs: Kwargs = new Map()): TypeEngine {
    const given = (kwargs.get("_enums") as readonly Value[] | undefined) ?? [];
    return new this(args.length ? args : given, enumOptions(kwargs));
  }

  private setUpValues(enums: readonly Value[]): void {
    let values: readonly Value[] = enums;
    let objects: readonly Value[] = enums;
    const all = enums.length === 1 ? host.types.enumMembers(enums[0]) : undefined;
    if (all !== undefined) {
      this.enumClass = enums[0];
      // an alias goes by another name than its member's own
      const members = this.omitAliases
        ? all.filter(([name, m]) => host.getAttribute(m, "name") === name)
        : all;
      const names = members.map(([name]) => name);
      objects = members.map(([, m]) => m);
      values =
        this.valuesCallable === null
          ? names
          : [...(host.iterate(host.call(this.valuesCallable, [enums[0]])) ?? [])];
    }
    this.enums = values as readonly string[];
    const pairs = Math.min(values.length, objects.length);
    for (let i = pairs - 1; i >= 0; i--) this.textOf.set(host.key(objects[i]), values[i] as string);
    for (let i = 0; i < pairs; i++) this.objectOf.set(values[i] as string, objects[i]);
    for (const text of this.enums)
      this.textOf.set(host.key(text), this.textOf.get(host.key(this.objectOf.get(text))) as string);
  }

  /** @internal */
  get enumsArgument(): readonly Value[] {
    return this.enumClass === null ? this.enums : [this.enumClass];
  }

  override get isSchemaEventTarget(): boolean {
    return true;
  }
  override get isSchemaType(): boolean {
    return true;
  }
  override get isEmulated(): boolean {
    return true;
  }
  override get native(): boolean {
    return this.nativeEnum;
  }
  override get comparatorFactory(): ComparatorClass {
    return EnumComparator;
  }
  override get pythonType(): Kind | Value {
    return this.enumClass ?? super.pythonType;
  }

  override get sortKeyFunction(): ((value: Value) => Value) | null {
    if (this.sortKey === undefined) return (v) => this.dbValueFor(v);
    return this.sortKey === null ? null : (v) => host.call(this.sortKey, [v]);
  }

  override compareTypeAffinity(other: TypeEngine): boolean {
    return super.compareTypeAffinity(other) || other.typeAffinity === String;
  }

  override resolveForLiteral(value: Value): TypeEngine {
    return host.kindOf(value) === "enum"
      ? this.withEnums([host.types.readEnumMember(value).enumClass])
      : this.withEnums(this.enumsArgument);
  }

  /** A type of the same rules for other values: what an annotation `Mapped[SomeEnum]` or `Mapped[Literal[…]]` is given. */
  withEnums(enums: readonly Value[], { nativeEnum }: { nativeEnum?: boolean } = {}): TypeEngine {
    const kw = this.enumKwargs(new Map());
    if (nativeEnum !== undefined) kw.set("native_enum", nativeEnum);
    if (this.length === 0) kw.delete("length");
    kw.set("_enums", enums);
    return this.genericTypeAffinity.construct([], kw);
  }

  // -- values -------------------------------------------------------------------------

  /** @internal Text that is stored for a value. Throws the host's LookupError. */
  protected dbValueFor(value: Value): Value {
    if (value === null) return null;
    const found = this.textOf.get(host.key(value));
    if (found !== undefined) return found;
    if (!this.validateStrings && host.kindOf(value) === "str") return value;
    throw this.lookupError(value);
  }

  /** @internal The member that a stored text stands for. */
  protected objectFor(stored: Value): Value {
    if (stored === null) return null;
    const found = typeof stored === "string" ? this.objectOf.get(stored) : undefined;
    if (found === undefined) throw this.lookupError(stored);
    return found;
  }

  private lookupError(value: Value): unknown {
    const names = reprTupleNames(this.enums) ?? "None";
    return host.error(
      "LookupError",
      `'${host.str(value)}' is not among the defined enum values. Enum name: ${this.name ?? "None"}. Possible values: ${names}`,
    );
  }

  override literalProcessor(dialect: TypeDialect): LiteralProcessor | null {
    const parent = super.literalProcessor(dialect);
    return (value) => {
      const text = this.dbValueFor(value);
      return parent ? parent(text) : (text as string);
    };
  }

  override bindProcessor(dialect: TypeDialect): BindProcessor | null {
    const parent = super.bindProcessor(dialect);
    return (value) => {
      const text = this.dbValueFor(value);
      return parent ? parent(text) : text;
    };
  }

  override resultProcessor(dialect: TypeDialect, coltype: unknown): ResultProcessor | null {
    const parent = super.resultProcessor(dialect, coltype);
    return (value) => this.objectFor(parent ? parent(value) : value);
  }

  // -- copies -------------------------------------------------------------------------

  override copy({ toMetadata }: { toMetadata?: unknown } = {}): this {
    const kw: Kwargs = new Map<string, Value>([
      ["_create_events", true],
      ["metadata", this.metadata === null ? null : (toMetadata ?? this.metadata)],
    ]);
    return this.adapt(this.typeClass, kw) as this;
  }

  override adapt(cls: TypeClass, kwargs: Kwargs = new Map()): TypeEngine {
    const kw = new Map(kwargs).set("_enums", this.enumsArgument).set("_disable_warnings", true);
    if (!kw.has("_create_events")) kw.set("_create_events", false);
    if (!kw.has("_adapted_from")) kw.set("_adapted_from", this);
    return super.adapt(cls, kw);
  }

  protected override adaptToEmulated(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    const kw = this.enumKwargs(new Map(kwargs)).set("_disable_warnings", true);
    if (!kw.has("_create_events")) kw.set("_create_events", false);
    const made = cls.construct([], kw);
    made.variantMapping = this.variantMapping;
    return made;
  }

  protected override adaptPlain(cls: TypeClass, kwargs: Kwargs): TypeEngine {
    const made = cls.construct([], copyArguments(this, cls, kwargs));
    made.variantMapping = this.variantMapping;
    return made;
  }

  /** @internal Keyword arguments that make another type of the same rules. */
  enumKwargs(kw: Kwargs): Kwargs {
    const set = (name: string, value: Value): void => {
      if (!kw.has(name)) kw.set(name, value);
    };
    set("validate_strings", this.validateStrings);
    if (this.name) set("name", this.name);
    set("quote", this.nameQuote);
    set("schema", this.schema);
    set("inherit_schema", this.inheritSchema);
    set("metadata", this.metadata);
    set("native_enum", this.nativeEnum);
    set("values_callable", this.valuesCallable);
    set("create_constraint", this.createConstraint);
    set("length", this.length);
    set("omit_aliases", this.omitAliases);
    return kw;
  }

  override asGeneric(): TypeEngine {
    const generic = this.genericTypeAffinity;
    const kw = new Map<string, Value>([["_disable_warnings", true]]);
    for (const a of classArguments(generic)) {
      const v = (this as unknown as Record<string, Value>)[a.attribute];
      if (v !== undefined && a.name !== "enums") kw.set(a.name, v);
    }
    for (const [name, value] of [
      ["name", this.name],
      ["schema", this.schema],
      ["metadata", this.metadata],
      ["inherit_schema", this.inheritSchema],
      ["length", this.length],
    ] as const)
      kw.set(name, value);
    return generic.construct(this.enums, kw);
  }

  protected override generateCacheKey(): string | null {
    const parts = [this.name, this.schema, this.length, ...this.enums].map((p) => JSON.stringify(p));
    return `${super.generateCacheKey()}|${parts.join(",")}|${this.enumClass === null ? "" : host.repr(this.enumClass)}`;
  }

  override repr(): string {
    return genericRepr(this, {
      signatures: [Enum.signature, SCHEMA_TYPE_SIGNATURE],
      additional: [
        ["native_enum", true],
        ["create_constraint", false],
        ["length", this.defaultLength],
      ],
    });
  }

  // -- schema -------------------------------------------------------------------------

  override _setParent(parent: unknown): void {
    (parent as ColumnLike)._onTableAttach((column, table) => this.setTable(column, table));
  }

  private setTable(column: ColumnLike, table: TableLike): void {
    setTable(this, column, table);
    if (!this.createConstraint) return;
    const variants = variantMappingOf(column);
    typeLate.typeCheckConstraint(
      table,
      column,
      new String(),
      this.enums,
      this.name,
      (dialect) => isVariantOf(this, dialect, variants) && (!this.nativeEnum || !dialect.supportsNativeEnum),
    );
  }
}

function textLength(v: Value): number {
  if (host.kindOf(v) !== "str")
    throw host.error("TypeError", `object of type '${host.typeName(v)}' has no len()`);
  return [...(v as string)].length;
}

/** Options from Python's keyword arguments. @internal */
export function enumOptions(kw: Kwargs): EnumOptions {
  const get = <T>(name: string): T | undefined => kw.get(name) as T | undefined;
  return {
    nativeEnum: get("native_enum"),
    createConstraint: get("create_constraint"),
    valuesCallable: get("values_callable"),
    sortKeyFunction: get("sort_key_function"),
    length: get("length"),
    omitAliases: get("omit_aliases"),
    validateStrings: get("validate_strings"),
    name: get("name"),
    schema: get("schema"),
    metadata: get("metadata"),
    inheritSchema: get("inherit_schema"),
    quote: get("quote"),
    createEvents: get("_create_events"),
    adaptedFrom: get("_adapted_from"),
    disableWarnings: get("_disable_warnings"),
  };
}
