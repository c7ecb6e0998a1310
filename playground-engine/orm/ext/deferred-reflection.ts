// DeferredReflection: classes whose tables are completed from the database by prepare(), and then mapped.
//
// The base class itself is the binding's; it has `_sa_decl_prepare` and these bodies of its class methods, given the class.
// Behaviour: SQLAlchemy ext/declarative/extensions.py.
import { Connection, Engine } from "../../engine/index.ts";
import { ArgumentError, InvalidRequestError, UnmappedClassError } from "../../errors/index.ts";
import { MetaData, Table } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { DeferredConfig } from "../declarative/deferred-config.ts";
import { face, type ClassRef } from "../face.ts";
import { RelationshipProperty } from "../props/relationship.ts";
import { relationshipLate } from "../props/relationship-late.ts";
import { safeClassName } from "../state/access.ts";

/** Names of tables to reflect, by MetaData and schema. */
class Wanted {
  private readonly names = new Map<MetaData, Map<string | null, Set<string>>>();

  add(metadata: MetaData, schema: string | null, name: string): void {
    let schemas = this.names.get(metadata);
    if (!schemas) this.names.set(metadata, (schemas = new Map()));
    let names = schemas.get(schema);
    if (!names) schemas.set(schema, (names = new Set()));
    names.add(name);
  }

  reflect(
    connection: Connection,
    {
      views = false,
      resolveFks = true,
      dialectKwargs,
    }: { views?: boolean; resolveFks?: boolean; dialectKwargs?: Kwargs } = {},
  ): void {
    for (const [metadata, schemas] of this.names)
      for (const [schema, names] of schemas)
        metadata.reflect(
          connection as never,
          schema,
          views,
          [...names],
          true,
          false,
          resolveFks,
          dialectKwargs,
        );
  }
}

/** `cls.prepare(bind, **reflect_kw)` @throws ArgumentError */
export function deferredReflectionPrepare(cls: ClassRef, bind: Value, reflectKw: Kwargs = new Map()): void {
  if (bind instanceof Connection) prepare(cls, bind, reflectKw);
  else if (bind instanceof Engine) {
    const connection = bind.connect();
    try {
      prepare(cls, connection, reflectKw);
    } finally {
      connection.close();
    }
  } else throw new ArgumentError(`Expected Engine or Connection, got ${host.repr(bind)}`);
}

function prepare(cls: ClassRef, connection: Connection, reflectKw: Kwargs): void {
  const configs = DeferredConfig.classesForBase(cls);
  const own = new Wanted();
  for (const { localTable } of configs)
    if (localTable instanceof Table) own.add(localTable.metadata, localTable.schema, localTable.name);
  const dialectKwargs: Kwargs = new Map(reflectKw);
  dialectKwargs.delete("views");
  dialectKwargs.delete("resolve_fks");
  own.reflect(connection, {
    views: host.isTrue(reflectKw.get("views") ?? false),
    resolveFks: host.isTrue(reflectKw.get("resolve_fks") ?? true),
    dialectKwargs,
  });

  const secondaries = new Wanted();
  for (const config of configs) {
    const mapper = config.map();
    const metadata = face().getClassAttribute(mapper.class_, "metadata") as MetaData;
    const schema = config.localTable instanceof Table ? config.localTable.schema : null;
    for (const prop of mapper._props.values()) {
      if (!(prop instanceof RelationshipProperty)) continue;
      const secondary = prop._initArgs.get("secondary");
      if (secondary instanceof Table) secondaries.add(secondary.metadata, secondary.schema, secondary.name);
      else if (typeof secondary === "string") {
        secondaries.add(metadata, schema, secondary);
        prop._initArgs.set("secondary", tableNamed(prop, secondary, metadata));
      }
    }
  }
  secondaries.reflect(connection);
}

/** What the text means, else a table that is only in the database yet. */
function tableNamed(prop: RelationshipProperty, text: string, metadata: MetaData): Value {
  try {
    return relationshipLate.resolvers(prop.parent.class_, prop).resolveArg(text, true)();
  } catch (e) {
    if (!(e instanceof InvalidRequestError)) throw e;
    return new Table(text, metadata, []);
  }
}

/** `cls._sa_raise_deferred_config()` @throws UnmappedClassError */
export function deferredReflectionRaise(cls: ClassRef): never {
  throw new UnmappedClassError(
    `Class ${safeClassName(cls)} is a subclass of DeferredReflection.  Mappings are not produced until the .prepare() method is called on the class hierarchy.`,
  );
}
