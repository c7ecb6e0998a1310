// From what a declarative class brings to its Table and Mapper.
// Behaviour: SQLAlchemy orm/decl_base.py (_ClassScanMapperConfig).
import { ArgumentError, InvalidRequestError, MappedAnnotationError, warn } from "../../errors/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { Column, Table, type MetaData } from "../../sql/schema/index.ts";
import type { TableOptions } from "../../sql/schema/table.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { compareText, reprString } from "../../util/text.ts";
import { QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import { classMapper } from "../mapping/class-mapper.ts";
import { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import { ColumnProperty } from "../props/column.ts";
import { CompositeProperty } from "../props/composite.ts";
import { SynonymProperty } from "../props/descriptor.ts";
import { introspectsAnnotations, isMappedAttribute, mapsColumns } from "../props/mapped-attribute.ts";
import { MapperProperty } from "../props/property.ts";
import { type AttributeOptions } from "../props/attribute-options.ts";
import { annotationText } from "./annotations.ts";
import { deferredConfigs, immediateAttribute, type MapperConfig } from "./config.ts";
import { makeDataclassOf } from "./dataclass.ts";
import { classAttribute, DeclaredAttr } from "./declared-attr.ts";
import { AttributeScan, DIRECTIVES, undeferColumnName } from "./scan.ts";

const TABLE_OPTIONS: ReadonlySet<string> = new Set([
  "schema",
  "quote",
  "quote_schema",
  "autoload_with",
  "autoload_replace",
  "keep_existing",
  "extend_existing",
  "resolve_fks",
  "include_columns",
  "implicit_returning",
  "comment",
  "info",
  "listeners",
  "prefixes",
  "must_exist",
]);

/** Keyword arguments of Table() as its options, and those of dialects. */
function tableOptions(kwargs: Kwargs): readonly [TableOptions, Kwargs] {
  const options: Record<string, Value> = {};
  const rest: Kwargs = new Map();
  for (const [name, v] of kwargs) {
    if (TABLE_OPTIONS.has(name)) options[name.replace(/_(.)/g, (_, c: string) => c.toUpperCase())] = v;
    else rest.set(name, v);
  }
  return [options as TableOptions, rest];
}

/** A parent's tables, be it mapped or waiting to be. */
interface ParentTables {
  readonly localTable: Value;
  readonly persistSelectable?: Value;
}

export class ClassScan extends AttributeScan {
  persistSelectable: Value = null;
  private readonly declaredColumns = new Set<Column>();
  private readonly columnOrdering = new Map<Column, number>();

  constructor(registry: Registry, cls: ClassRef, table: Value, kwargs: Kwargs) {
    super(registry, cls);
    this.register();
    this.setUpDeclaredEvents();
    this.scanAttributes();
    if (this.dataclassArguments)
      makeDataclassOf(this.cls, this.dataclassArguments, this.collectedAnnotations, this.collectedAttributes);
    registry._classRegistry.add(this.className, cls);
    this.findParent(kwargs);
    this.single = !this.body.has("__table__") && this.tablename === null;
    this.extractMappableAttributes();
    this.extractDeclaredColumns();
    this.setUpTable(table);
    this.setUpInheritingColumns();
    this.earlyMapping(kwargs);
  }

  /** Hook of deferred mapping: before anything else. */
  protected register(): void {}

  protected earlyMapping(kwargs: Kwargs): void {
    this.map(kwargs);
  }

  // -- attributes -----------------------------------------------------------------------------------

  private extractMappableAttributes(): void {
    const { cls, collectedAttributes } = this;
    const late = host.isTrue(immediateAttribute(cls, "_sa_decl_prepare_nocascade", true) ?? false);
    for (const [key, given] of [...collectedAttributes]) {
      if (DIRECTIVES.has(key)) continue;
      let value: Value = given;
      if (value instanceof DeclaredAttr) {
        if (value._cascading)
          warn(
            `Use of @declared_attr.cascading only applies to Declarative 'mixin' and 'abstract' classes.  Currently, this flag is ignored on mapped class ${host.str(cls)}`,
          );
        value = classAttribute(cls, key) ?? null;
      } else if (value instanceof QueryableAttribute && value.class_ !== cls && value.key !== key) {
        value = new SynonymProperty(value.key);
        face().install(cls, key, value);
      }
      if (host.kindOf(value) === "tuple") {
        const items = [...(host.iterate(value) ?? [])];
        if (items.length === 1 && (items[0] instanceof Column || isMappedAttribute(items[0]))) {
          warn(
            `Ignoring declarative-like tuple value of attribute '${key}': possibly a copy-and-paste error with a comma accidentally placed at the end of the line?`,
          );
          continue;
        }
      }
      if (this.dataclassArguments && face().isDataclassField?.(value)) continue;
      if (!(value instanceof Column) && !isMappedAttribute(value)) {
        collectedAttributes.delete(key);
        this.warnForExpression(cls, key, value);
        if (!late) face().install(cls, key, value);
        continue;
      }
      if (key === "metadata")
        throw new InvalidRequestError(`Attribute name '${key}' is reserved when using the Declarative API.`);
      if (value instanceof Column)
        undeferColumnName(key, (this.columnCopies.get(value) as Column | undefined) ?? value);
      else {
        this.showAnnotation(key, value);
        if (value._hasDataclassArguments && !this.dataclassArguments)
          this.refuseDataclassArguments(key, value._attributeOptions, value instanceof MapperProperty);
        if (!(value instanceof MapperProperty) && !mapsColumns(value)) {
          collectedAttributes.delete(key);
          face().install(cls, key, value);
          continue;
        }
      }
      this.properties.set(key, value);
    }
  }

  private showAnnotation(key: string, value: unknown): void {
    if (!introspectsAnnotations(value)) return;
    const collected = this.collectedAnnotations.get(key);
    if (collected && collected.container === null && !this.allowUnmappedAnnotations) return;
    try {
      value.declarativeScan(
        this,
        this.registry,
        this.cls,
        collected?.originating ?? this.cls,
        key,
        collected?.container ?? null,
        collected?.raw ?? null,
        collected?.extracted ?? null,
        this.isDataclassAlready,
      );
    } catch (e) {
      if (!host.isError(e, "NameError")) throw e;
      throw host.withCause(
        new MappedAnnotationError(
          `Could not resolve all types within mapped annotation: "${collected ? annotationText(collected.raw) : "None"}".  Ensure all types are written correctly and are imported within the module in use.`,
        ),
        e,
      );
    }
  }

  private refuseDataclassArguments(key: string, options: AttributeOptions, isProperty: boolean): never {
    const names = [
      ["init", options.init],
      ["default_factory", options.defaultFactory],
      ["repr", options.repr],
      ...(isProperty ? [["default", options.default] as const] : []),
      ["dataclass_metadata", options.dataclassMetadata],
    ] as const;
    const given = names
      .filter(([, v]) => v !== undefined)
      .map(([n]) => reprString(n))
      .sort(compareText);
    throw new ArgumentError(
      `Attribute '${key}' on class ${host.str(this.cls)} includes dataclasses argument(s): ${given.join(", ")} but class does not specify SQLAlchemy native dataclass configuration.`,
    );
  }

  private extractDeclaredColumns(): void {
    const keysOf = new Map<string, Set<string>>();
    const note = (column: Column, key: string): void => {
      const name = column.name as string;
      const keys = keysOf.get(name);
      if (keys) keys.add(key);
      else keysOf.set(name, new Set([key]));
    };
    for (const [key, value] of [...this.properties]) {
      if (mapsColumns(value)) {
        const prop = value.mapperPropertyToAssign;
        if (prop) this.properties.set(key, prop);
        else this.properties.delete(key);
        for (const [c, order] of value.columnsToAssign) {
          const column = c as unknown as Column;
          if (!(value instanceof CompositeProperty)) note(column, key);
          this.declaredColumns.add(column);
          this.columnOrdering.set(column, order);
          if (!prop && key !== column.key) this.properties.set(key, column);
        }
      } else if (value instanceof Column) {
        note(value, key);
        this.declaredColumns.add(value);
        if (key === value.key) this.properties.delete(key);
      }
    }
    for (const [name, keys] of keysOf)
      if (keys.size > 1)
        warn(
          `On class ${reprString(this.className)}, Column object ${reprString(name)} named directly multiple times, only one will be used: ${[...keys].sort(compareText).join(", ")}. Consider using orm.synonym instead`,
        );
  }

  // -- the table ------------------------------------------------------------------------------------------

  private setUpTable(given: Value): void {
    let table = given;
    if (this.tableFn === null && !this.body.has("__table__") && table === null) {
      if (this.tablename !== null) table = this.setClassAttribute("__table__", this.makeTable());
    } else {
      if (table === null)
        table = this.tableFn
          ? this.setClassAttribute("__table__", this.tableFn())
          : (face().getClassAttribute(this.cls, "__table__") ?? null);
      for (const c of this.declaredColumns)
        if (!(table as Table).c.containsColumn(c))
          throw new ArgumentError(
            `Can't add additional column ${reprString(c.key)} when specifying __table__`,
          );
    }
    this.localTable = table;
  }

  private makeTable(): Value {
    let args: Value[] = [];
    let kwargs: Kwargs = new Map();
    if (host.kindOf(this.tableArgs) === "dict") kwargs = new Map(host.entries(this.tableArgs)) as Kwargs;
    else if (this.tableArgs !== null) {
      args = [...(host.iterate(this.tableArgs) ?? [])];
      if (host.kindOf(args.at(-1)) === "dict") kwargs = new Map(host.entries(args.pop())) as Kwargs;
    }
    const autoload = this.body.get("__autoload_with__");
    if (autoload != null) kwargs.set("autoload_with", autoload);
    const columns = [...this.declaredColumns].sort(
      (a, b) => (this.columnOrdering.get(a) ?? 0) - (this.columnOrdering.get(b) ?? 0),
    );
    const metadata =
      (face().getClassAttribute(this.cls, "metadata") as MetaData | null | undefined) ??
      this.registry.metadata;
    const maker = face().getClassAttribute(this.cls, "__table_cls__");
    if (maker != null) return host.call(maker, [this.tablename, metadata, ...columns, ...args], kwargs);
    return new Table(this.tablename as string, metadata, [...columns, ...args], ...tableOptions(kwargs));
  }

  private setUpInheritingColumns(): void {
    const { cls, localTable } = this;
    if (
      localTable === null &&
      this.inherits === null &&
      !host.isTrue(immediateAttribute(cls, "__no_table__") ?? false)
    )
      throw new InvalidRequestError(
        `Class ${host.repr(cls)} does not have a __table__ or __tablename__ specified and does not inherit from an existing table-mapped class.`,
      );
    if (!this.inherits || localTable !== null) return;
    const parent =
      (deferredConfigs.get(this.inherits) as (MapperConfig & ParentTables) | undefined) ??
      (classMapper(this.inherits, false) as ParentTables);
    const table = parent.localTable as Table;
    const selectable = parent.persistSelectable as
      { _refreshForNewColumn(c: Column): void } | null | undefined;
    if (this.tableArgs !== null && host.isTrue(this.tableArgs))
      throw new ArgumentError("Can't place __table_args__ on an inherited class with no table.");
    if (this.declaredColumns.size > 0 && !(table instanceof Table))
      throw new ArgumentError(
        `Can't declare columns on single-table-inherited subclass ${host.str(cls)}; superclass ${host.str(this.inherits)} is not mapped to a Table`,
      );
    for (const column of this.declaredColumns) {
      const there = table.c.get(column.name);
      if (there === column) continue;
      if (there)
        throw new ArgumentError(
          `Column '${column.toString()}' on class ${this.className} conflicts with existing column '${there.toString()}'.  If using Declarative, consider using the use_existing_column parameter of mapped_column() to resolve conflicts.`,
        );
      if (column.primaryKey)
        throw new ArgumentError("Can't place primary key columns on an inherited class with no table.");
      table.appendColumn(column);
      if (selectable && (selectable as unknown) !== table) selectable._refreshForNewColumn(column);
    }
  }

  // -- the mapper -------------------------------------------------------------------------------------------

  private mapperArguments(kwargs: Kwargs): Kwargs {
    const args: Kwargs = new Map([...(this.mapperArgsFn?.() ?? []), ...kwargs]);
    const properties = new Map(this.properties);
    for (const [k, v] of args.has("properties")
      ? ((host.entries(args.get("properties")) ?? []) as Iterable<[string, Value]>)
      : [])
      properties.set(k, v);
    const own = (v: Value): Value => (this.columnCopies.has(v) ? this.columnCopies.get(v) : v);
    for (const name of ["version_id_col", "polymorphic_on"])
      if (args.has(name)) args.set(name, own(args.get(name)));
    if (args.has("primary_key")) {
      const given = args.get("primary_key");
      const kind = host.kindOf(given);
      args.set(
        "primary_key",
        kind === "list" || kind === "tuple" || kind === "set"
          ? [...host.iterate(given)!].map(own)
          : [own(given)],
      );
    }
    if (args.has("inherits")) {
      const given = args.get("inherits");
      if ((given instanceof Mapper ? given.class_ : given) !== this.inherits)
        throw new InvalidRequestError(
          `mapper inherits argument given for non-inheriting class ${host.str(given)}`,
        );
    }
    if (this.inherits) {
      args.set("inherits", this.inherits);
      if (!host.isTrue(args.get("concrete") ?? false))
        this.inheritProperties(args, properties, classMapper(this.inherits, false));
    }
    args.set("properties", properties);
    return args;
  }

  private inheritProperties(args: Kwargs, properties: Map<string, Value>, parent: Mapper): void {
    if (!args.has("exclude_properties")) {
      // Columns that other subclasses have put into the parent's table are not ours.
      const excluded = new Set<Value>();
      for (const c of (parent.localTable as unknown as { readonly c: Iterable<ColumnElement> }).c)
        if (!parent._columntoproperty.has(c)) excluded.add(c.key);
      for (const v of parent.excludeProperties ?? []) excluded.add(v);
      for (const c of this.declaredColumns) excluded.delete(c.key);
      args.set("exclude_properties", [...excluded]);
    }
    for (const [key, value] of [...properties]) {
      if ((value as { isClauseElement?: boolean } | null)?.isClauseElement !== true) continue;
      const inherited = parent._props.get(key);
      if (inherited instanceof ColumnProperty) properties.set(key, [value, ...inherited.columns]);
    }
  }

  map(kwargs: Kwargs = new Map()): Mapper {
    const args = this.mapperArguments(kwargs);
    const maker = face().getClassAttribute(this.cls, "__mapper_cls__");
    if (maker != null && maker !== Mapper)
      return this.setClassAttribute(
        "__mapper__",
        host.call(maker, [this.cls, this.localTable], args) as Mapper,
      );
    return this.makeMapper(this.localTable, args);
  }
}
