// A mapper's place in a class hierarchy: which table it selects from, what it takes from its parent.
// Behaviour: SQLAlchemy orm/mapper.py (_configure_inheritance, _set_with_polymorphic, _set_concrete_base).
import { AmbiguousForeignKeysError, ArgumentError, NoForeignKeysError, warn } from "../../errors/index.ts";
import { criterionAsPairs, joinCondition } from "../../sql/adapt.ts";
import { expect } from "../../sql/coercions.ts";
import { join } from "../../sql/constructors.ts";
import { ElementSet } from "../../sql/element-set.ts";
import { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host, type Value } from "../../util/host.ts";
import { itemsOf } from "../../util/items.ts";
import { face } from "../face.ts";
import type { Column, Table } from "../state/sql-types.ts";
import type { Mapper } from "./mapper.ts";
import { MapperBase } from "./mapper-base.ts";

export abstract class MapperInheritance extends MapperBase {
  abstract _adaptInheritedProperty(key: string, prop: unknown, init: boolean): void;
  abstract _shouldExclude(
    name: string,
    assignedName: string,
    local: boolean,
    column: ColumnElement | null,
  ): boolean;

  protected configureInheritance(): void {
    const parent = this.inherits;
    if (parent) this.inheritFrom(parent);
    else {
      this._allTables = new Set();
      this.baseMapper = this.self;
      this.persistSelectable = this.localTable;
      if (this.polymorphicIdentity !== null)
        this.polymorphicMap.set(host.key(this.polymorphicIdentity), this.self);
      this._identityClass = this.class_;
    }
  }

  private inheritFrom(parent: Mapper): void {
    if (!face().isSubclass(this.class_, parent.class_))
      throw new ArgumentError(
        `Class '${face().className(this.class_)}' does not inherit from '${face().className(parent.class_)}'`,
      );
    this.dispatch as unknown as object satisfies object;
    this.takeListeners(parent);
    if (this.single) this.persistSelectable = parent.persistSelectable;
    else if (this.localTable !== parent.localTable) {
      if (this.concrete) {
        this.persistSelectable = this.localTable;
        for (const m of this.iterateToRoot()) if (m.polymorphicOn !== null) m._requiresRowAliasing = true;
      } else this.joinTo(parent);
    } else this.persistSelectable = this.localTable;

    if (this.polymorphicIdentity === null) {
      this._identityClass = this.class_;
      const on = parent.baseMapper.polymorphicOn;
      if (!this.polymorphicAbstract && on !== null)
        warn(
          `${this.toString()} does not indicate a 'polymorphic_identity', yet is part of an inheritance hierarchy that has a 'polymorphic_on' column of '${String(on)}'. If this is an intermediary class that should not be instantiated, the class may either be left unmapped, or may include the 'polymorphic_abstract=True' parameter in its Mapper arguments. To leave the class unmapped when using Declarative, set the '__abstract__ = True' attribute on the class.`,
        );
    } else this._identityClass = this.concrete ? this.class_ : parent._identityClass;

    if (this.versionIdCol === null) {
      this.versionIdCol = parent.versionIdCol;
      this.versionIdGenerator = parent.versionIdGenerator;
    } else if (parent.versionIdCol !== null && this.versionIdCol !== parent.versionIdCol)
      warn(
        `Inheriting version_id_col '${this.versionIdCol.name}' does not match inherited version_id_col '${parent.versionIdCol.name}' and will not automatically populate the inherited versioning column. version_id_col should only be specified on the base-most mapper that includes versioning.`,
      );

    this.polymorphicMap = parent.polymorphicMap;
    this.batch = parent.batch;
    parent._inheritingMappers.push(this.self);
    this.baseMapper = parent.baseMapper;
    this.passiveUpdates = parent.passiveUpdates;
    this.passiveDeletes = parent.passiveDeletes || this.passiveDeletes;
    this._allTables = parent._allTables;
    if (this.polymorphicIdentity !== null) {
      const key = host.key(this.polymorphicIdentity);
      const there = this.polymorphicMap.get(key);
      const identity = host.repr(this.polymorphicIdentity);
      if (there)
        warn(
          `Reassigning polymorphic association for identity ${identity} from ${there.repr()} to ${this.repr()}: Check for duplicate use of ${identity} as value for polymorphic_identity.`,
        );
      this.polymorphicMap.set(key, this.self);
    }
    if (this.polymorphicLoad !== null && this.concrete)
      throw new ArgumentError("polymorphic_load is not currently supported with concrete table inheritance");
    if (this.polymorphicLoad === "inline") parent._addWithPolymorphicSubclass(this.self);
    else if (this.polymorphicLoad !== null && this.polymorphicLoad !== "selectin")
      throw new ArgumentError(`unknown argument for polymorphic_load: ${host.repr(this.polymorphicLoad)}`);
  }

  protected abstract takeListeners(parent: Mapper): void;

  private joinTo(parent: Mapper): void {
    if (this.inheritCondition === null) {
      const names = `inherited table '${describe(parent.localTable)}' and inheriting table '${describe(this.localTable)}'`;
      try {
        this.inheritCondition = joinCondition(parent.localTable, this.localTable);
      } catch (e) {
        if (e instanceof AmbiguousForeignKeysError)
          throw host.withCause(
            new AmbiguousForeignKeysError(
              `Can't determine the inherit condition between ${names}; tables have more than one foreign key relationship established.  Please specify the 'on clause' using the 'inherit_condition' mapper argument.`,
            ),
            e,
          );
        if (e instanceof NoForeignKeysError)
          throw host.withCause(
            new NoForeignKeysError(
              `Can't determine the inherit condition between ${names}; tables have no foreign key relationships established.  Please ensure the inheriting table has a foreign key relationship to the inherited table, or provide an 'on clause' using the 'inherit_condition' mapper argument.`,
            ),
            e,
          );
        throw e;
      }
    }
    const made = join(parent.persistSelectable, this.localTable, this.inheritCondition as never);
    this.persistSelectable = made as unknown as Table;
    const fks =
      this.inheritForeignKeys === null
        ? undefined
        : new ElementSet<ColumnElement>(
            this.inheritForeignKeys instanceof ColumnElement
              ? [this.inheritForeignKeys]
              : (itemsOf(this.inheritForeignKeys) as ColumnElement[]),
          );
    this._inheritsEquatedPairs = criterionAsPairs(
      made.onclause!,
      fks ? { considerAsForeignKeys: fks } : {},
    ) as unknown as readonly (readonly [Column, Column])[];
  }

  /** @internal */
  _setWithPolymorphic(given: Value): void {
    this.withPolymorphic = parseWithPolymorphic(given);
    if (this.configured) this._expireMemoizations();
  }

  /** @internal A subclass with polymorphic_load="inline" joins in. */
  _addWithPolymorphicSubclass(mapper: Mapper): void {
    if (this.withPolymorphic === null) this.withPolymorphic = [[mapper.class_], null];
    else if (this.withPolymorphic[0] !== "*")
      this.withPolymorphic = [[...this.withPolymorphic[0], mapper.class_], this.withPolymorphic[1]];
    if (this.configured) this._expireMemoizations();
  }

  /** @internal A concrete mapper gets a parent afterwards: AbstractConcreteBase. */
  _setConcreteBase(mapper: Mapper): void {
    this.inherits = mapper;
    for (const [key, m] of this.polymorphicMap) mapper.polymorphicMap.set(key, m);
    this.polymorphicMap = mapper.polymorphicMap;
    for (const m of this.iterateToRoot()) if (m.polymorphicOn !== null) m._requiresRowAliasing = true;
    this.batch = mapper.batch;
    for (const m of this.selfAndDescendants) m.baseMapper = mapper.baseMapper;
    mapper._inheritingMappers.push(this.self);
    this.passiveUpdates = mapper.passiveUpdates;
    this._allTables = mapper._allTables;
    for (const [key, prop] of mapper._props)
      if (!this._props.has(key) && !this._shouldExclude(key, key, false, null))
        this._adaptInheritedProperty(key, prop, false);
  }
}

function describe(table: unknown): string {
  return (table as { readonly description: string }).description;
}

/** `with_polymorphic` as a mapper argument: "*", classes, or (classes, selectable). */
function parseWithPolymorphic(given: Value): readonly ["*" | readonly Value[], FromClause | null] | null {
  if (given === null || given === undefined) return null;
  if (given === "*") return ["*", null];
  const items =
    host.kindOf(given) === "tuple" || host.kindOf(given) === "list" ? [...host.iterate(given)!] : undefined;
  if (!items) throw new ArgumentError(`Invalid setting for with_polymorphic: ${host.repr(given)}`);
  const first = items[0];
  const nested = typeof first === "string" || host.kindOf(first) === "tuple" || host.kindOf(first) === "list";
  if (!nested) return [items, null];
  const which = first === "*" ? ("*" as const) : [...host.iterate(first)!];
  const selectable = items[1] ?? null;
  return [
    which,
    selectable === null
      ? null
      : (expect(roles.StrictFromClauseRole, selectable, {
          allowSelect: true,
        } as never) as unknown as FromClause),
  ];
}
