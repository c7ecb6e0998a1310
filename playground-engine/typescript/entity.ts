// Mapped classes with inferred types.
//
//   const base = new Base();
//   class User extends base.entity("user_account", { id: integer().primaryKey(), name: text() }) {
//     declare addresses: Collection<Address>;
//   }
//   base.map(User, { addresses: relationship(() => Address, { backPopulates: "user" }) });
//
// Columns say the attributes' types; a relationship's type is declared in the class, where classes may name each other freely.
import * as orm from "../orm/index.ts";
import type { RelationshipFunctionOptions } from "../orm/props/relationship-options.ts";
import * as sql from "../sql/index.ts";
import type { Value } from "../util/host.ts";
import { knowClass } from "./face.ts";
import type { Columns, Given, RowOf } from "./columns.ts";
import { Entity } from "./instance.ts";
import type { RelationshipRef } from "./statements.ts";
import { makeTable, namedColumns, type TypedColumns } from "./table.ts";

/** The class that entity() makes, to be derived from. */
export interface EntityBase<C extends Columns> {
  new (values?: Given<C> & Readonly<Record<string, unknown>>): Entity & RowOf<C>;
  /** The mapped columns, for statements: `User.c.name`. */
  readonly c: TypedColumns<C>;
  readonly columns: C;
  readonly table: sql.Table;
}

type AnyEntity = abstract new (...args: never[]) => Entity;

/** What map() is told beside the relationships: the mapper's own options by SQLAlchemy's names. */
export interface MapOptions {
  readonly inherits?: AnyEntity;
  readonly polymorphicOn?: unknown;
  readonly polymorphicIdentity?: unknown;
  readonly versionIdCol?: unknown;
  readonly eagerDefaults?: boolean;
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (c) => `_${c.toLowerCase()}`);

interface Relationship {
  readonly argument: () => AnyEntity;
  readonly options: RelationshipFunctionOptions;
}

/** @param target gives the class it leads to; called when mappers are configured */
export const relationship = (
  target: () => AnyEntity,
  options: RelationshipFunctionOptions = {},
): Relationship => ({ argument: target, options });

/** Keys of a class's own attributes that may be relationships. */
type RelationshipKey<E> = Exclude<keyof E & string, keyof Entity>;

/** `relationships(User).addresses`: an entity's relationships, for joins and loader options. */
export type Relationships<E> = { readonly [K in RelationshipKey<E>]: RelationshipRef<E[K]> };

/** Where classes are mapped: a registry and its MetaData. */
export class Base {
  readonly metadata: sql.MetaData;
  readonly registry: orm.Registry;
  private readonly mapped = new Set<AnyEntity>();

  constructor(metadata = new sql.MetaData()) {
    this.metadata = metadata;
    this.registry = new orm.Registry({ metadata });
  }

  /** A class to derive a mapped class from, with a table of these columns. */
  entity<const C extends Columns>(tableName: string, columns: C): EntityBase<C> {
    const table = makeTable(this.metadata, tableName, columns);
    class Mapped extends Entity {
      static readonly table = table;
      static readonly columns = columns;
      static get c(): TypedColumns<C> {
        const made = namedColumns(columns, (key) => attributeOf(this, key));
        Object.defineProperty(this, "c", { value: made });
        return made;
      }
    }
    return Mapped as unknown as EntityBase<C>;
  }

  /**
   * Map a class.
   * @param relationships by attribute
   * @throws ArgumentError where the mapping does not hold together: at once, or when the mappers are configured
   */
  map<T extends AnyEntity>(
    cls: T,
    relationships: { readonly [K in RelationshipKey<InstanceType<T>>]?: Relationship } = {},
    options: MapOptions = {},
  ): T {
    const properties = new Map<string, Value>();
    for (const [key, r] of Object.entries(relationships as Record<string, Relationship | undefined>))
      if (r) properties.set(key, orm.relationship(r.argument, null, r.options));
    const kwargs = new Map<string, Value>([["properties", properties]]);
    for (const [name, value] of Object.entries(options)) kwargs.set(snake(name), value);
    // a class of its base's table has none of its own
    const own = (cls as unknown as { table?: sql.Table }).table;
    const inheritedTable =
      options.inherits && (options.inherits as unknown as { table?: sql.Table }).table === own;
    knowClass(cls);
    this.registry.mapImperatively(cls, inheritedTable ? null : own, kwargs);
    this.mapped.add(cls);
    return cls;
  }
}

function attributeOf(cls: object, key: string): unknown {
  const found = orm.inspectMappedClass(cls, true)?.classManager.get(key);
  if (found === undefined)
    throw new TypeError(`${(cls as { name: string }).name} is not mapped yet: call map() with it first`);
  return found;
}

/** An entity's relationships, for joins and loader options: `selectinload(relationships(User).addresses)`. */
export function relationships<T extends AnyEntity>(cls: T): Relationships<InstanceType<T>> {
  return new Proxy(Object.create(null) as object, {
    get: (_, key) => attributeOf(cls, String(key)),
  }) as Relationships<InstanceType<T>>;
}
