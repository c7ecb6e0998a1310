// Reading a declarative class: which attributes it and its mixins bring, and what their annotations say.
//
// Goes through the method resolution order: mapped bases give nothing but their mapper, mixins give copies of their columns
// and what their declared_attrs compute. First link of the chain that ends in ClassScan.
// Behaviour: SQLAlchemy orm/decl_base.py (_ClassScanMapperConfig._scan_attributes).
import { ArgumentError, InvalidRequestError, warn } from "../../errors/index.ts";
import { listen } from "../../event/index.ts";
import { ColumnElement, isColumnElement } from "../../sql/elements/column.ts";
import { Column } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { ProxyAttribute, QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type Annotation, type ClassRef } from "../face.ts";
import { Mapper } from "../mapping/mapper.ts";
import type { Registry } from "../mapping/registry.ts";
import {
  introspectsAnnotations,
  isMappedAttribute,
  type DeclarativeScan,
  type MappedContainer,
} from "../props/mapped-attribute.ts";
import { MapperProperty } from "../props/property.ts";
import { MappedColumn } from "../props/mapped-column.ts";
import { extractMapped, isMappedAnnotation, resolveAll } from "./annotations.ts";
import { immediateAttribute, isSuperclassForInherits, MapperConfig } from "./config.ts";
import { classAttribute, DeclaredAttr } from "./declared-attr.ts";

/** One name of a class body: its value (null where there is only an annotation) and annotation. */
interface LocalAttribute {
  readonly name: string;
  readonly value: Value;
  readonly annotation: Annotation | null;
  /** It stands in the metadata of a dataclass's field, under the class's `__sa_dataclass_metadata_key__`. */
  readonly isField: boolean;
}

export interface CollectedAnnotation {
  readonly raw: Annotation;
  readonly container: MappedContainer | null;
  readonly extracted: Annotation;
  /** The attribute's value, or what an `Annotated[]` stands for. */
  readonly value: Value;
  readonly originating: ClassRef;
}

export const DIRECTIVES: ReadonlySet<string> = new Set([
  "__table__",
  "__mapper_args__",
  "__tablename__",
  "__table_args__",
]);

/** Two lists of names as one, in an order that fits both. */
function mergeOrdered(a: readonly string[], b: readonly string[]): string[] {
  const inB = new Set(b);
  const overlap = new Set(a.filter((n) => inB.has(n)));
  const result: string[] = [];
  let [current, other] = [a[Symbol.iterator](), b[Symbol.iterator]()];
  for (;;) {
    const { value, done } = current.next();
    if (done) return [...result, ...iterateRest(other)];
    if (overlap.has(value)) {
      overlap.delete(value);
      [current, other] = [other, current];
    } else result.push(value);
  }
}

function* iterateRest<T>(it: Iterator<T>): Generator<T> {
  for (let r = it.next(); !r.done; r = it.next()) yield r.value;
}

/** A name that a column was not given is that of its attribute. */
export function undeferColumnName(key: string, column: Column): void {
  const c = column as { key: string | null; name: string | null };
  c.key ??= key;
  c.name ??= key;
}

export abstract class AttributeScan extends MapperConfig implements DeclarativeScan {
  single = false;
  readonly allowUnmappedAnnotations: boolean;
  /** What `_sa_apply_dc_transforms` says: the class is to become a dataclass. */
  protected readonly dataclassArguments: Kwargs | null;
  protected readonly isDataclassAlready: boolean;
  /** Fields of a dataclass may carry attributes in their metadata. */
  private readonly readsFields: boolean;
  protected readonly body: ReadonlyMap<string, Value>;
  protected readonly collectedAttributes = new Map<string, Value>();
  protected readonly collectedAnnotations = new Map<string, CollectedAnnotation>();
  /** A mixin's column, or a declared_attr → what this class has for it. */
  protected readonly columnCopies = new Map<unknown, Value>();
  protected tablename: Value = null;
  protected tableArgs: Value = null;
  protected mapperArgsFn: (() => Kwargs) | null = null;
  protected tableFn: (() => Value) | null = null;

  constructor(registry: Registry, cls: ClassRef) {
    super(registry, cls);
    this.body = new Map(face().ownMembers(cls));
    const transforms = face().getClassAttribute(cls, "_sa_apply_dc_transforms");
    this.dataclassArguments =
      transforms == null
        ? null
        : transforms instanceof Map
          ? (transforms as Kwargs)
          : (new Map(host.entries(transforms)) as Kwargs);
    this.allowUnmappedAnnotations =
      this.dataclassArguments !== null ||
      host.isTrue(face().getClassAttribute(cls, "__allow_unmapped__") ?? false);
    this.isDataclassAlready = face().getClassAttribute(cls, "__dataclass_fields__") !== undefined;
    const key = immediateAttribute(cls, "__sa_dataclass_metadata_key__") ?? null;
    if (key !== null && (!this.isDataclassAlready || this.dataclassArguments))
      throw new InvalidRequestError(
        "SQLAlchemy mapped dataclasses can't consume mapping information from dataclass.Field() objects if the immediate class is not already a dataclass.",
      );
    this.readsFields = key !== null;
  }

  get isDeferred(): boolean {
    return false;
  }

  protected setUpDeclaredEvents(): void {
    for (const [name, event] of [
      ["__declare_last__", "after_configured"],
      ["__declare_first__", "before_configured"],
    ] as const)
      if (immediateAttribute(this.cls, name) != null)
        listen(Mapper, event, face().getClassAttribute(this.cls, name));
  }

  private localAttributes(base: ClassRef): LocalAttribute[] {
    const members = new Map(face().ownMembers(base));
    const annotations = new Map(face().annotations(base));
    const fields = this.fieldAttributes(base);
    return mergeOrdered([...members.keys()], [...annotations.keys()])
      .filter((n) => DIRECTIVES.has(n) || !/^(?:_sa_|__)/.test(n))
      .map((name) => ({
        name,
        value: fields.get(name) ?? members.get(name) ?? null,
        annotation: annotations.get(name) ?? null,
        isField: fields.has(name),
      }));
  }

  /** What the class's own dataclass fields carry; a function among it is a declared_attr. */
  private fieldAttributes(cls: ClassRef): Map<string, Value> {
    const key = this.readsFields ? (immediateAttribute(cls, "__sa_dataclass_metadata_key__") ?? null) : null;
    const own = face().ownMember(cls, "__dataclass_fields__");
    const found = new Map<string, Value>();
    if (key === null || own === undefined) return found;
    const inherited = new Set<Value>(
      face()
        .mro(cls)
        .slice(1)
        .flatMap((c) =>
          [...(host.entries(face().ownMember(c, "__dataclass_fields__") ?? null) ?? [])].map(([, f]) => f),
        ),
    );
    for (const [name, f] of host.entries(own) ?? []) {
      if (inherited.has(f)) continue;
      for (const [k, v] of host.entries(host.getAttribute(f, "metadata")) ?? [])
        if (host.equal(k, key))
          found.set(name as string, host.kindOf(v) === "function" ? this.fieldFunction(v) : v);
    }
    return found;
  }

  /** What the field of this name carries, be it the class's own or a base's. */
  private inheritedField(name: string): Value | undefined {
    const key = immediateAttribute(this.cls, "__sa_dataclass_metadata_key__") ?? null;
    const fields = face().getClassAttribute(this.cls, "__dataclass_fields__");
    for (const [n, f] of (fields === undefined ? undefined : host.entries(fields)) ?? [])
      if (n === name)
        for (const [k, v] of host.entries(host.getAttribute(f, "metadata")) ?? [])
          if (host.equal(k, key)) return host.kindOf(v) === "function" ? this.fieldFunction(v) : v;
    return undefined;
  }

  private readonly fieldFunctions = new Map<Value, DeclaredAttr>();
  private fieldFunction(fn: Value): DeclaredAttr {
    let made = this.fieldFunctions.get(fn);
    if (!made) this.fieldFunctions.set(fn, (made = new DeclaredAttr(fn)));
    return made;
  }

  /** Whether the class has something else under this name than what was found. */
  private isOverridden(key: string, value: Value): boolean {
    if (this.readsFields) {
      const own = this.fieldAttributes(this.cls).get(key);
      if (own !== undefined) return own !== value;
      const there = classAttribute(this.cls, key);
      if (there === value) return false;
      // A field's default stands on the class in its place; a base's mapped attribute is one.
      if (there instanceof QueryableAttribute) return true;
      const inherited = this.inheritedField(key);
      return inherited !== undefined && inherited !== value;
    }
    const there = classAttribute(this.cls, key);
    return there !== undefined && there !== value;
  }

  protected scanAttributes(): void {
    const { cls, collectedAttributes } = this;
    const fixedTable = this.body.has("__table__");
    let inheritedTableArgs = false;
    const bases = face()
      .mro(cls)
      .map((base) => {
        const mapped = base !== cls && isSuperclassForInherits(base);
        const local = this.localAttributes(base);
        return {
          base,
          mapped,
          local,
          columns:
            mapped || base === cls ? new Map<string, Value>() : this.copyColumns(local, fixedTable, base),
        };
      });
    for (const { base, mapped, local, columns } of bases) {
      for (const [name, column] of columns) collectedAttributes.set(name, column);
      for (const attr of local) {
        const { name, value } = attr;
        if (DIRECTIVES.has(name)) {
          if (this.directive(attr, mapped, base)) inheritedTableArgs = true;
        } else if (mapped) {
          if (value instanceof DeclaredAttr && !value._quiet)
            warn(
              `Regular (i.e. not __special__) attribute '${face().className(base)}.${name}' uses @declared_attr, but owning class ${host.str(base)} is mapped - not applying to subclass ${host.str(cls)}.`,
            );
        } else if (base !== cls) this.mixinAttribute(attr, base);
        else this.ownAttribute(attr, fixedTable);
      }
    }
    if (inheritedTableArgs && !this.tablename) this.tableArgs = null;
  }

  /** `__tablename__` and its like; whether it gave table arguments of another class. */
  private directive({ name, value }: LocalAttribute, mapped: boolean, base: ClassRef): boolean {
    const { cls } = this;
    const declared = value instanceof DeclaredAttr;
    if (declared && value._cascading)
      warn(
        `@declared_attr.cascading is not supported on the ${name} attribute on class ${host.str(cls)}.  This attribute invokes for subclasses in any case.`,
      );
    if (mapped && !declared) return false;
    const read = (): Value => classAttribute(cls, name) ?? null;
    switch (name) {
      case "__mapper_args__":
        this.mapperArgsFn ??= () => new Map(host.entries(read()) ?? []) as Kwargs;
        return false;
      case "__tablename__":
        if (!this.tablename) this.tablename = read();
        return false;
      case "__table__":
        if (declared) this.tableFn ??= read;
        return false;
      default: {
        if (this.tableArgs !== null && host.isTrue(this.tableArgs)) return false;
        this.tableArgs = read();
        const kind = host.kindOf(this.tableArgs);
        if (kind !== "tuple" && kind !== "dict" && kind !== "none")
          throw new ArgumentError("__table_args__ value must be a tuple, dict, or None");
        return base !== cls;
      }
    }
  }

  private mixinAttribute({ name, value, annotation, isField }: LocalAttribute, base: ClassRef): void {
    const { cls, collectedAttributes, columnCopies } = this;
    if (value instanceof Column || value instanceof MappedColumn) return;
    if (value instanceof MapperProperty)
      throw new InvalidRequestError(
        "Mapper properties (i.e. deferred,column_property(), relationship(), etc.) must be declared as @declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:",
      );
    if (!(value instanceof DeclaredAttr)) {
      if (!isMappedAnnotation(annotation, base)) this.warnForExpression(base, name, value);
      return;
    }
    let made: Value;
    if (isField) {
      // what a mapped base made of the field is there already; a default of the field's is not that
      const there = classAttribute(cls, name);
      made = there instanceof QueryableAttribute ? there : host.call(value.fget, []);
    } else if (value._cascading) {
      if (this.body.has(name))
        warn(
          `Attribute '${name}' on class ${host.str(cls)} cannot be processed due to @declared_attr.cascading; skipping`,
        );
      made = value.get(null, cls);
      face().install(cls, name, made);
    } else {
      made = classAttribute(cls, name) ?? null;
      if (made instanceof ProxyAttribute && !(made.originalProperty instanceof MapperProperty))
        made = (made.descriptor as { readonly value?: Value }).value ?? made.descriptor;
    }
    collectedAttributes.set(name, made);
    columnCopies.set(value, made);
    if (made instanceof Column || made instanceof MapperProperty) made.doc ??= value.doc;
    this.collectAnnotation(name, value.returnAnnotation, base, true, value);
  }

  private ownAttribute({ name, value, annotation, isField }: LocalAttribute, fixedTable: boolean): void {
    if (isField) {
      const made = value instanceof DeclaredAttr ? host.call(value.fget, []) : value;
      this.collectedAttributes.set(name, made);
      this.collectAnnotation(name, annotation, this.cls, false, made);
      return;
    }
    const collected = this.collectAnnotation(name, annotation, this.cls, null, value);
    if (value === null && !fixedTable && collected?.container)
      this.collectedAttributes.set(name, collected.value ?? new MappedColumn());
    else if (this.body.has(name)) this.collectedAttributes.set(name, value);
  }

  protected collectAnnotation(
    name: string,
    raw: Annotation | null,
    originating: ClassRef,
    expectMapped: boolean | null,
    given: Value,
  ): CollectedAnnotation | null {
    const known = this.collectedAnnotations.get(name);
    if (known || raw === null) return known ?? null;
    const expected =
      expectMapped ??
      (!(face().isDataclassField?.(given) ?? false) &&
        !this.allowUnmappedAnnotations &&
        (given === null ||
          isMappedAttribute(given) ||
          given instanceof DeclaredAttr ||
          given instanceof QueryableAttribute));
    const found = extractMapped(raw, this.cls, originating, name, expected && !this.isDataclassAlready);
    if (!found) return null;
    let value = given;
    if (value === null && found.annotation.kind === "annotated") {
      // Names in the annotated type may come later, the objects beside it are there.
      for (const element of found.annotation.metadata)
        if (introspectsAnnotations(element)) value = element.foundInPep593Annotated();
    } else if (value === null && found.annotation.kind === "forward") {
      const resolved = face().resolveForward(originating, found.annotation.text);
      if (resolved?.kind === "annotated")
        for (const element of resolved.metadata)
          if (introspectsAnnotations(element)) value = element.foundInPep593Annotated();
    } else if (value === null && found.container !== null) {
      // names within a type (`Optional["Later"]`) must be there already
      const { annotation } = found;
      const parts =
        annotation.kind === "generic"
          ? annotation.args
          : annotation.kind === "union"
            ? annotation.members
            : [];
      for (const part of parts) resolveAll(this.cls, part);
    }
    const collected: CollectedAnnotation = {
      raw,
      container: found.container,
      extracted: found.annotation,
      value,
      originating,
    };
    this.collectedAnnotations.set(name, collected);
    return collected;
  }

  protected warnForExpression(cls: ClassRef, key: string, value: Value): void {
    if (value instanceof ColumnElement && isColumnElement(value))
      warn(
        `Attribute '${key}' on class ${host.str(cls)} appears to be a non-schema SQLAlchemy expression object; this won't be part of the declarative mapping. To map arbitrary expressions, use \`\`column_property()\`\` or a similar function such as \`\`deferred()\`\`, \`\`query_expression()\`\` etc. `,
      );
  }

  /** The columns of a mixin, as this class's own. */
  private copyColumns(
    local: readonly LocalAttribute[],
    fixedTable: boolean,
    originating: ClassRef,
  ): Map<string, Value> {
    const { cls } = this;
    const found = new Map<string, Value>();
    for (const { name, value: given, annotation } of local) {
      const byAnnotation = !fixedTable && given === null && isMappedAnnotation(annotation, originating);
      if (!byAnnotation && !(given instanceof Column) && !(given instanceof MappedColumn)) continue;
      if (this.isOverridden(name, given)) continue;
      const value = this.collectAnnotation(name, annotation, originating, true, given)?.value ?? given;
      if (byAnnotation) {
        const made = value ?? new MappedColumn();
        found.set(name, made);
        face().install(cls, name, made);
        continue;
      }
      if (this.body.has(name)) continue;
      const column = value as Column | MappedColumn;
      const table = this.body.get("__table__") as { readonly c?: { has(key: string): boolean } } | undefined;
      if (table?.c?.has((column.name as string | null) ?? name)) continue;
      for (const fk of column.foreignKeys)
        if (fk._tableColumn && fk._tableColumn.table === null)
          throw new InvalidRequestError(
            "Columns with foreign keys to non-table-bound columns must be declared as @declared_attr callables on declarative mixin classes.  For dataclass field() objects, use a lambda:.",
          );
      const copy = column._copy();
      this.columnCopies.set(column, copy);
      found.set(name, copy);
      face().install(cls, name, copy);
    }
    return found;
  }
}
