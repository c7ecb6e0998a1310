// A mapper's discriminator and primary key: which column says the class of a row, which ones identify it.
// Behaviour: SQLAlchemy orm/mapper.py (_configure_polymorphic_setter, _configure_pks).
import { ArgumentError, InvalidRequestError, warn, warnLimited } from "../../errors/index.ts";
import { findTables, reduceColumns } from "../../sql/adapt.ts";
import { expect } from "../../sql/coercions.ts";
import { ElementSet } from "../../sql/element-set.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import * as roles from "../../sql/roles.ts";
import { Column as SchemaColumn, Table as SchemaTable } from "../../sql/schema/index.ts";
import { host, type Value } from "../../util/host.ts";
import { ColumnProperty } from "../props/column.ts";
import { MapperProperty } from "../props/property.ts";
import { stateStr } from "../state/access.ts";
import type { Column, Table } from "../state/sql-types.ts";
import type { InstanceState } from "../state/state.ts";
import type { Mapper } from "./mapper.ts";
import { MapperProperties } from "./properties-config.ts";

type From = {
  readonly primaryKey: Iterable<Column>;
  readonly c: Iterable<Column>;
  correspondingColumn(c: ColumnElement): ColumnElement | null;
  readonly description: string;
};

export abstract class MapperKeys extends MapperProperties {
  protected configurePolymorphicSetter(init = false): void {
    const given = this.polymorphicOnArgument;
    if (given === null) {
      this.inheritPolymorphicSetter();
      return;
    }
    const prop = this.discriminatorProperty(given, init);
    this.polymorphicOn = prop.prop.columns[0]!;
    if (!prop.settable) return;
    const key = prop.prop.key;
    this._polymorphicAttrKey = key;
    this._setPolymorphicIdentity = (state) => {
      const mapper = state.manager.mapper as unknown as Mapper;
      if (mapper.polymorphicIdentity === null && mapper.polymorphicAbstract)
        throw new InvalidRequestError(
          `Can't instantiate class for ${mapper.toString()}; mapper is marked polymorphic_abstract=True`,
        );
      state.getImpl(key).set(state, state.dict, mapper.polymorphicIdentity, null);
    };
    this._validatePolymorphicIdentity = (mapper, state: InstanceState, dict: Map<string, Value>) => {
      const v = dict.get(key);
      if (v !== undefined && !(mapper as unknown as Mapper)._acceptablePolymorphicIdentities.has(host.key(v)))
        warnLimited(
          `Flushing object ${stateStr(state)} with incompatible polymorphic identity ${host.repr(v)}; the object may not refresh and/or load correctly`,
        );
    };
  }

  private discriminatorProperty(given: Value, init: boolean): { prop: ColumnProperty; settable: boolean } {
    let on: Value = given;
    if (typeof on === "string") {
      const named = this._props.get(on);
      if (!named)
        throw new ArgumentError(
          `Can't determine polymorphic_on value '${on}' - no attribute is mapped to this name.`,
        );
      on = named;
    }
    if (on instanceof MapperProperty) {
      if (!(on instanceof ColumnProperty))
        throw new ArgumentError(
          "Only direct column-mapped property or SQL expression can be passed for polymorphic_on",
        );
      return { prop: on, settable: true };
    }
    const column = on as ColumnElement;
    const mapped = this._columntoproperty.get(column);
    if (mapped) return { prop: mapped, settable: true };
    let col = (this.persistSelectable as unknown as From).correspondingColumn(column);
    const settable = col !== null;
    if (col === null) {
      col = column;
      const select = this.withPolymorphic?.[1] as unknown as From | null | undefined;
      if (col instanceof SchemaColumn && (!select || select.correspondingColumn(col) === null))
        throw new InvalidRequestError(
          `Could not map polymorphic_on column '${(col as unknown as From).description}' to the mapped table - polymorphic loads will not function properly`,
        );
    }
    let key = (col as unknown as { readonly key?: string | null }).key ?? null;
    if (key) {
      if (this._shouldExclude(key, key, false, col))
        throw new InvalidRequestError(
          `Cannot exclude or override the discriminator column ${host.repr(key)}`,
        );
    } else {
      col = col.label("_sa_polymorphic_on") as unknown as ColumnElement;
      key = (col as unknown as { readonly key: string }).key;
    }
    this.polymorphicOn = col;
    const prop = new ColumnProperty(col, [], { instrument: settable });
    this._configureProperty(key, prop, { init, setparent: true });
    return { prop, settable };
  }

  private inheritPolymorphicSetter(): void {
    for (const m of this.iterateToRoot()) {
      if (m.polymorphicOn === null) continue;
      this.polymorphicOn =
        this.persistSelectable === m.persistSelectable
          ? m.polymorphicOn
          : (this.persistSelectable as unknown as From).correspondingColumn(m.polymorphicOn);
      if (this.polymorphicOn !== null) {
        this._setPolymorphicIdentity = m._setPolymorphicIdentity;
        this._polymorphicAttrKey = m._polymorphicAttrKey;
        this._validatePolymorphicIdentity = m._validatePolymorphicIdentity;
      }
      return;
    }
    if (this.polymorphicAbstract)
      throw new InvalidRequestError(
        "The Mapper.polymorphic_abstract parameter may only be used on a mapper hierarchy which includes the Mapper.polymorphic_on parameter at the base of the hierarchy.",
      );
  }

  /** @internal polymorphic_on comes after the mapper was made: concrete bases. */
  _setPolymorphicOn(on: Value): void {
    this.polymorphicOnArgument = on;
    this.polymorphicOn = on as ColumnElement;
    this.configurePolymorphicSetter(true);
  }

  private namedColumn(argname: string, key: string): Column {
    const prop = this._props.get(key);
    if (!prop)
      throw new ArgumentError(
        `Can't determine ${argname} column '${key}' - no attribute is mapped to this name.`,
      );
    const expr = prop instanceof ColumnProperty ? prop.expression : undefined;
    if (!(expr instanceof SchemaColumn))
      throw new ArgumentError(
        `Can't determine ${argname} column '${key}'; property does not refer to a single mapped Column`,
      );
    return expr as unknown as Column;
  }

  protected configurePks(): void {
    this.tables = findTables(this.persistSelectable as never) as unknown as Table[];
    for (const t of this.tables) this._allTables.add(t);
    this._pksByTable = new Map();
    this._colsByTable = new Map();
    const all = new ElementSet<ColumnElement>();
    for (const col of this._columntoproperty.keys()) all.update(col.proxySet);
    const pks = new ElementSet<ColumnElement>([...all].filter((c) => (c as unknown as Column).primaryKey));
    for (const from of new Set<Table>([...this.tables, this.persistSelectable])) {
      const f = from as unknown as From;
      const own = [...f.primaryKey];
      if (own.length > 0 && pks.isSuperset(own))
        this._pksByTable.set(from, new ElementSet(own).intersection(pks));
      this._colsByTable.set(from, new ElementSet([...f.c]).intersection(all));
    }
    const described = (): string => (this.persistSelectable as unknown as From).description;
    const none = (): ArgumentError =>
      new ArgumentError(
        `Mapper ${this.toString()} could not assemble any primary key columns for mapped table '${described()}'`,
      );
    const given = this._primaryKeyArgument.map((c) => {
      const coerced: unknown = expect(roles.DDLConstraintColumnRole, c, { argname: "primary_key" });
      return typeof coerced === "string" ? this.namedColumn("primary_key", coerced) : (coerced as Column);
    });
    if (given.length > 0) {
      for (const k of given) {
        const table = k.table as Table;
        if (!this._pksByTable.has(table)) this._pksByTable.set(table, new ElementSet());
        this._pksByTable.get(table)!.add(k);
      }
    } else if ((this._pksByTable.get(this.persistSelectable)?.size ?? 0) === 0) throw none();
    else if (!this._pksByTable.has(this.localTable) && (this.localTable as unknown) instanceof SchemaTable)
      warn(
        `Could not assemble any primary keys for locally mapped table '${(this.localTable as unknown as From).description}' - no rows will be persisted in this Table.`,
      );

    if (this.inherits && !this.concrete && given.length === 0) this.primaryKey = this.inherits.primaryKey;
    else {
      const key =
        given.length > 0
          ? given.map(
              (c) =>
                ((this.persistSelectable as unknown as From).correspondingColumn(
                  c,
                ) as unknown as Column | null) ?? c,
            )
          : (reduceColumns(this._pksByTable.get(this.persistSelectable)!, [], {
              ignoreNonexistentTables: true,
            }) as unknown as Column[]);
      if (key.length === 0) throw none();
      this.primaryKey = key;
      this.log(() => {
        const columns = host.repr(host.makeList(key));
        return `Identified primary key columns: ${given.length > 0 ? columns : `OrderedSet(${columns})`}`;
      });
    }
    const identity = new Set(this._identityKeyProps);
    this._readonlyProps = new Set();
    for (const [col, prop] of this._columntoproperty) {
      const table = (col as unknown as { readonly table?: Table }).table;
      if (!identity.has(prop) && (table === undefined || !this._colsByTable.has(table)))
        this._readonlyProps.add(prop);
    }
  }

  get _identityKeyProps(): readonly ColumnProperty[] {
    return this.memo.get("identity key props", () =>
      this.primaryKey.map((c) => this._columntoproperty.need(c)),
    );
  }

  get _acceptablePolymorphicIdentities(): ReadonlySet<unknown> {
    return this.memo.get("acceptable identities", () => {
      const out = new Set<unknown>();
      const stack: Mapper[] = [this.self];
      for (let m = stack.shift(); m; m = stack.shift()) {
        if (m.persistSelectable !== this.persistSelectable) continue;
        out.add(host.key(m.polymorphicIdentity));
        stack.push(...m._inheritingMappers);
      }
      return out;
    });
  }
}
