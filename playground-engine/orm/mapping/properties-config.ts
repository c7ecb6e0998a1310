// Which attributes a mapper has: given ones, inherited ones, and one for each column that nothing claimed.
// Behaviour: SQLAlchemy orm/mapper.py (_configure_properties, _configure_property and what they call).
import { ArgumentError, InvalidRequestError, warn, warnDeprecated } from "../../errors/index.ts";
import { CachingEntityRegistry } from "../path-registry.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { Label } from "../../sql/elements/label.ts";
import { host, type Value } from "../../util/host.ts";
import { InstrumentedAttribute, QueryableAttribute } from "../attributes/instrumented.ts";
import { DeclaredAttr } from "../declarative/declared-attr.ts";
import { face } from "../face.ts";
import { ColumnProperty } from "../props/column.ts";
import { ConcreteInheritedProperty, SynonymProperty } from "../props/descriptor.ts";
import { isMappedAttribute } from "../props/mapped-attribute.ts";
import { MapperProperty } from "../props/property.ts";
import { ClassManager } from "../state/manager.ts";
import { ColumnPropertyMap } from "./column-mapping.ts";
import { MapperInheritance } from "./inheritance.ts";

type Lineage = ColumnElement & {
  sharesLineage(other: ColumnElement): boolean;
  readonly table?: unknown;
  readonly key: string;
};
type Selectable = {
  correspondingColumn(c: ColumnElement): ColumnElement | null;
  _refreshForNewColumn(c: ColumnElement): void;
  readonly columns: Iterable<ColumnElement>;
  readonly c: { containsColumn(c: unknown): boolean };
};

export abstract class MapperProperties extends MapperInheritance {
  protected configureProperties(): void {
    this._props = new Map();
    this._columntoproperty = new ColumnPropertyMap(this);
    const byColumn = new ElementMap<ColumnElement, readonly [string, ColumnProperty]>();
    const byKey = new Map<string, ColumnProperty>();
    const local = this.localTable as unknown as Selectable;
    for (const [key, arg] of this._initProperties) {
      const prop = arg instanceof MapperProperty ? arg : this.makePropFromColumn(key, arg);
      let now = true;
      if (prop instanceof ColumnProperty) {
        for (const given of prop.columns) {
          if (!local.c.containsColumn(given)) continue;
          now = false;
          byKey.set(key, prop);
          byColumn.set(given, [key, prop]);
        }
      }
      if (now) this._configureProperty(key, prop, { init: false });
    }
    if (this.inherits) {
      for (const [key, inherited] of this.inherits._props) {
        if (this._shouldExclude(key, key, false, null)) continue;
        const incoming = byKey.get(key);
        if (incoming) {
          const made = this.reconcile(key, inherited, false, incoming, null) as ColumnProperty;
          byKey.set(key, made);
          for (const c of incoming.columns) byColumn.set(c, [key, made]);
        } else if (!this._props.has(key)) this._adaptInheritedProperty(key, inherited, false);
      }
    }
    for (const column of (this.persistSelectable as unknown as Selectable).columns) {
      const explicit = byColumn.get(column);
      if (explicit) {
        this._configureProperty(explicit[0], explicit[1], { init: false });
        continue;
      }
      if (this._columntoproperty.has(column)) continue;
      const name = (column as Lineage).key;
      let key = (this.columnPrefix ?? "") + name;
      if (this._shouldExclude(name, key, local.c.containsColumn(column), column)) continue;
      for (const m of this.iterateToRoot()) {
        const there = m._columntoproperty?.get(column);
        if (there) key = there.key;
      }
      this._configureProperty(key, column, { init: false, setparent: true });
    }
  }

  /** @internal A property of the parent arrives. */
  _adaptInheritedProperty(key: string, prop: MapperProperty, init: boolean): void {
    if (!this.concrete) {
      this._configureProperty(key, prop, { init: false, setparent: false });
      return;
    }
    if (this._props.has(key)) return;
    const implementing = this.classAttributeInMro(key) ?? prop;
    if (
      implementing === prop ||
      (implementing instanceof InstrumentedAttribute &&
        implementing._parententity === (prop.parent as unknown))
    )
      this._configureProperty(key, new ConcreteInheritedProperty(), { init, setparent: true });
  }

  /** The attribute as it stands in the class or a base. */
  protected classAttributeInMro(key: string): Value | undefined {
    for (const cls of face().mro(this.class_)) {
      const own = face().ownMember(cls, key);
      if (own !== undefined) return own;
    }
    return undefined;
  }

  /** Add a property, or the property for a column, under a key. */
  _configureProperty(
    key: string,
    arg: Value,
    options: { init?: boolean; setparent?: boolean; warnForExisting?: boolean } = {},
  ): MapperProperty {
    const { init = true, setparent = true, warnForExisting = false } = options;
    const early = this._props === undefined;
    this.log(
      () =>
        `_configure_property(${key}, ${arg instanceof MapperProperty ? arg.constructor.name : host.typeName(arg)})`,
    );
    const prop =
      arg instanceof MapperProperty ? arg : this.propertyFromColumn(key, arg as ColumnElement, early);
    if (early) return prop;
    if (prop instanceof ColumnProperty) this.placeColumns(key, prop);
    if (prop.key !== undefined && prop.key !== key)
      warn(
        `ORM mapped property ${face().className(this.class_)}.${prop.key} being assigned to attribute ${host.repr(key)} is already associated with attribute ${host.repr(prop.key)}. The attribute will be de-associated from ${host.repr(prop.key)}.`,
      );
    prop.key = key;
    if (setparent) prop.setParent(this.self, init);
    this.replaceExisting(key, prop, warnForExisting);
    this._props.set(key, prop);
    prop.instrumentClass(this.self);
    for (const m of this._inheritingMappers) m._adaptInheritedProperty(key, prop, init);
    if (init) {
      prop.init();
      prop.postInstrumentClass(this.self);
    }
    if (this.configured) this._expireMemoizations();
    return prop;
  }

  private placeColumns(key: string, prop: ColumnProperty): void {
    const first = prop.columns[0]!;
    const selectable = this.persistSelectable as unknown as Selectable;
    let col = selectable.correspondingColumn(first);
    if (col === null && this.inherits) {
      const path: MapperProperties[] = [this];
      for (const m of this.inherits.iterateToRoot()) {
        col = (m.localTable as unknown as Selectable).correspondingColumn(first);
        if (col !== null) {
          for (const below of path)
            (below.persistSelectable as unknown as Selectable)._refreshForNewColumn(col);
          col = selectable.correspondingColumn(first);
          break;
        }
        path.push(m as unknown as MapperProperties);
      }
    }
    if (col === null) {
      col = first;
      const table = (col as Lineage).table;
      if (this._readonlyProps && (table === undefined || !this._colsByTable.has(table as never)))
        this._readonlyProps.add(prop);
    } else {
      const of = this._colsByTable?.get((col as Lineage).table as never);
      if (of && !of.has(col)) of.add(col as never);
    }
    prop._isPolymorphicDiscriminator ??= col === this.polymorphicOn || first === this.polymorphicOn;
    if (col instanceof Label) col.key = col._attributeKey = key;
    this.columns.add(col, key);
    for (const c of prop.columns) for (const proxy of c.proxySet) this._columntoproperty.set(proxy, prop);
  }

  private replaceExisting(key: string, prop: MapperProperty, warnForExisting: boolean): void {
    const old = this._props.get(key);
    const synonym = (old as { _mappedBySynonym?: string } | undefined)?._mappedBySynonym;
    if (synonym)
      throw new ArgumentError(
        `Can't call map_column=True for synonym ${host.repr(synonym)}=${host.repr(key)}, a ColumnProperty already exists keyed to the name ${host.repr(key)} for column ${host.repr(synonym)}`,
      );
    const name = `User-placed attribute ${face().className(this.class_)}.${key} on ${this.toString()} is replacing an existing`;
    const since =
      "  Behavior is not fully defined in this case.  This use is deprecated and will raise an error in a future release";
    if (old && !(old instanceof ConcreteInheritedProperty) && !(prop instanceof SynonymProperty)) {
      if (warnForExisting) warnDeprecated(`${name} ORM-mapped attribute.${since}`);
      if (this._pathRegistry instanceof CachingEntityRegistry) this._pathRegistry.forget(old as never);
    } else if (
      warnForExisting &&
      face().ownMember(this.class_, key) != null &&
      !(prop instanceof SynonymProperty) &&
      !(old instanceof ConcreteInheritedProperty)
    ) {
      warnDeprecated(`${name} class-bound attribute of the same name.${since}`);
    }
  }

  private makePropFromColumn(key: string, given: Value): ColumnProperty {
    const columns = (
      host.kindOf(given) === "list" || host.kindOf(given) === "tuple" || Array.isArray(given)
        ? [...host.iterate(given)!]
        : [given]
    ) as ColumnElement[];
    const selectable = this.persistSelectable as unknown as Selectable;
    const mapped = columns.map((c) => {
      let mc = selectable.correspondingColumn(c);
      if (mc === null) {
        const local = (this.localTable as unknown as Selectable).correspondingColumn(c);
        if (local !== null) selectable._refreshForNewColumn(local);
        mc = selectable.correspondingColumn(c);
      }
      if (mc === null)
        throw new ArgumentError(
          `When configuring property '${key}' on ${this.toString()}, column '${String(c)}' is not represented in the mapper's table. Use the \`column_property()\` function to force this column to be mapped as a read-only attribute.`,
        );
      return mc;
    });
    return new ColumnProperty(mapped[0], mapped.slice(1));
  }

  private reconcile(
    key: string,
    existing: MapperProperty,
    warnOnly: boolean,
    incoming: ColumnProperty | null,
    single: ColumnElement | null,
  ): MapperProperty {
    if (incoming && (this.concrete || !(existing instanceof ColumnProperty))) return incoming;
    const prop = existing as ColumnProperty;
    const old = prop.columns[0]! as Lineage;
    // as elements are equal in Python: what is annotated is equal to what it was made of
    if (incoming?.columns.some((c) => c.hash === old.hash)) return incoming;
    const column = (incoming ? incoming.columns[0]! : single!) as Lineage;
    const [first, second] = incoming ? [column, old] : [old, column];
    const equated = (this._inheritsEquatedPairs ?? []).some(
      ([l, r]) => l.hash === first.hash && r.hash === second.hash,
    );
    if (
      !equated &&
      !old.sharesLineage(column) &&
      (old as unknown) !== this.versionIdCol &&
      (column as unknown) !== this.versionIdCol
    ) {
      const message = `Implicitly combining column ${String(prop.columns.at(-1))} with column ${String(column)} under attribute '${key}'.  Please configure one or more attributes for these same-named columns explicitly.`;
      if (!warnOnly) throw new InvalidRequestError(message);
      warn(message);
    }
    const made = prop.copy();
    made.columns.unshift(column);
    this.log(() => `inserting column to existing list in properties.ColumnProperty ${key}`);
    return made;
  }

  private propertyFromColumn(key: string, column: ColumnElement, early: boolean): MapperProperty {
    const there = early ? undefined : this._props.get(key);
    if (there instanceof ColumnProperty)
      return this.reconcile(key, there, (there.parent as unknown) !== this, null, column);
    if (there === undefined || there instanceof ConcreteInheritedProperty)
      return this.makePropFromColumn(key, column);
    throw new ArgumentError(
      `WARNING: when configuring property '${key}' on ${this.toString()}, column '${(column as Lineage).key}' conflicts with property '${there.repr()}'. To resolve this, map the column to the class under a different name in the 'properties' dictionary.  Or, to remove all awareness of the column entirely (including its availability as a foreign key), use the 'include_properties' or 'exclude_properties' mapper arguments to control specifically which table columns get mapped.`,
    );
  }

  /** @internal Whether a value found on the class is of the program's making: no attribute, property or column. */
  _isUserlandDescriptor(assigned: string, value: Value): boolean {
    if (
      value instanceof QueryableAttribute ||
      value instanceof ClassManager ||
      value instanceof DeclaredAttr ||
      isMappedAttribute(value)
    )
      return false;
    return (
      (value as { isClauseElement?: boolean } | null)?.isClauseElement !== true &&
      !this._dataclassFields.has(assigned)
    );
  }

  _shouldExclude(name: string, assigned: string, local: boolean, column: ColumnElement | null): boolean {
    if (
      column !== null &&
      (column as unknown as { readonly _omitFromStatements?: boolean })._omitFromStatements === true
    )
      return true;
    const there = local ? face().ownMember(this.class_, assigned) : this.classAttributeInMro(assigned);
    if (there != null && this._isUserlandDescriptor(assigned, there)) return true;
    if (
      this.includeProperties !== null &&
      !this.includeProperties.hasName(name) &&
      !this.includeProperties.hasColumn(column)
    ) {
      this.log(() => `not including property ${name}`);
      return true;
    }
    const excluded =
      this.excludeProperties !== null &&
      (this.excludeProperties.hasName(name) || this.excludeProperties.hasColumn(column));
    if (excluded) this.log(() => `excluding property ${name}`);
    return excluded;
  }

  /** Names of a dataclass's fields: their defaults on the class are no attributes of the program's. */
  get _dataclassFields(): ReadonlySet<string> {
    return this.memo.get("dataclass fields", () => {
      const fields = face().getClassAttribute(this.class_, "__dataclass_fields__");
      return new Set([...(fields === undefined ? [] : (host.iterate(fields) ?? []))].map((v) => host.str(v)));
    });
  }

  addProperties(properties: Iterable<readonly [string, Value]>): void {
    for (const [key, value] of properties) this.addProperty(key, value);
  }

  addProperty(key: string, prop: Value): void {
    const made = this._configureProperty(key, prop, { init: this.configured, warnForExisting: true });
    this._initProperties.set(key, made);
  }

  hasProperty(key: string): boolean {
    return this._props.has(key);
  }

  /** @throws InvalidRequestError */
  getProperty(key: string, configureMappers = false): MapperProperty {
    if (configureMappers) this._checkConfigure();
    const found = this._props.get(key);
    if (!found)
      throw new InvalidRequestError(
        `Mapper '${this.toString()}' has no property '${key}'.  If this property was indicated from other mappers or configure events, ensure registry.configure() has been called.`,
      );
    return found;
  }

  getPropertyByColumn(column: ColumnElement): ColumnProperty {
    return this._columntoproperty.need(column);
  }

  get iterateProperties(): Iterable<MapperProperty> {
    return this._props.values();
  }

  abstract _checkConfigure(): void;
}
