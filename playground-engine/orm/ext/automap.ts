// automap: classes and relationships made from reflected tables.
//
// Each table with a primary key gets a class, each foreign key a many-to-one and its backref, each table that consists of
// two foreign keys a many-to-many. AutomapBase itself is the binding's class: `_sa_decl_prepare`, and prepare() as here.
// Behaviour: SQLAlchemy ext/automap.py.
import { UnmappedClassError, warn } from "../../errors/index.ts";
import { and_ } from "../../sql/constructors.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import { ForeignKeyConstraint, Table, type MetaData } from "../../sql/schema/index.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { declarativeBase } from "../declarative/base.ts";
import { DeferredConfig } from "../declarative/deferred-config.ts";
import { face, type ClassRef } from "../face.ts";
import { MANYTOMANY, MANYTOONE, ONETOMANY, type RelationshipDirection } from "../flags.ts";
import type { GenerateBaseOptions, RegistryOptions } from "../mapping/registry.ts";
import { backref, relationship, RelationshipProperty } from "../props/relationship.ts";
import { safeClassName } from "../state/access.ts";
import { Properties } from "./properties.ts";

/** What the program's naming and generating functions are given, and what it may compare: set by the bindings. */
export const automapNames: { AutomapBase: ClassRef | null; relationship: Value; backref: Value } = {
  AutomapBase: null,
  relationship: (cls: Value, kwargs: Kwargs = new Map()) => relationshipTo(cls, kwargs),
  backref: (name: Value, kwargs: Kwargs = new Map()) => backref(name, kwargs),
};

function relationshipTo(cls: Value, given: Kwargs): RelationshipProperty {
  const kwargs = new Map(given);
  const secondary = kwargs.get("secondary") ?? null;
  kwargs.delete("secondary");
  return relationship(cls, secondary, {}, kwargs);
}

export const classnameForTable = (_base: Value, tablename: string, _table: Value): string => tablename;
export const nameForScalarRelationship = (
  _base: Value,
  _local: Value,
  referred: ClassRef,
  _constraint: Value,
): string => face().className(referred).toLowerCase();
export const nameForCollectionRelationship = (
  _base: Value,
  _local: Value,
  referred: ClassRef,
  _constraint: Value,
): string => `${face().className(referred).toLowerCase()}_collection`;

/** @throws the host's TypeError for another function than relationship and backref */
export function generateRelationship(
  _base: Value,
  _direction: Value,
  returnFn: Value,
  attrname: Value,
  _local: Value,
  referred: Value,
  kwargs: Kwargs = new Map(),
): Value {
  if (returnFn === automapNames.backref) return host.call(returnFn, [attrname], kwargs);
  if (returnFn === automapNames.relationship) return host.call(returnFn, [referred], kwargs);
  throw host.error("TypeError", `Unknown relationship function: ${host.str(returnFn)}`);
}

/** Keys of tables that have been looked at, by automap base. */
const bookkeeping = new WeakMap<ClassRef, Set<string>>();

/** `automap_base(declarative_base=None, **kw)` */
export function automapBase(given: ClassRef | null = null, kw: Kwargs = new Map()): ClassRef {
  const options = Object.fromEntries(
    [...kw].map(([name, value]) => [name.replace(/_(.)/g, (_, c: string) => c.toUpperCase()), value]),
  );
  const base = given ?? declarativeBase(options as RegistryOptions & GenerateBaseOptions);
  const bases = automapNames.AutomapBase ? [automapNames.AutomapBase, base] : [base];
  const made = makeClass(face().className(base), bases, [
    ["__abstract__", true],
    ["__module__", "sqlalchemy.ext.automap"],
    ["classes", new Properties<ClassRef>()],
    ["by_module", new Properties<unknown>()],
  ]);
  bookkeeping.set(made, new Set());
  return made;
}

/** `type(name, bases, members)`: by the base's metaclass. */
function makeClass(
  name: string,
  bases: readonly ClassRef[],
  members: readonly (readonly [string, Value])[],
): ClassRef {
  const meta = host.typeOf(bases.at(-1));
  return face().isClass(meta)
    ? (host.call(meta, [name, host.makeTuple(bases), host.makeDict(members)]) as ClassRef)
    : face().makeClass(name, bases, members);
}

/** The program's functions, or these. */
interface Naming {
  readonly scalar: Value;
  readonly collection: Value;
  readonly generate: Value;
  readonly collectionClass: Value;
}

type ByTable = Map<Table, DeferredConfig>;
type ManyToMany = readonly [
  local: Table,
  remote: Table,
  constraints: readonly [ForeignKeyConstraint, ForeignKeyConstraint],
  table: Table,
];

/** `cls.prepare(…)`: reflects where `autoload_with` is given, makes classes and relationships, and maps them. */
export function automapPrepare(
  cls: ClassRef,
  autoloadWith: Value = null,
  engine: Value = null,
  reflect = false,
  schema: string | null = null,
  classname: Value = null,
  modulename: Value = null,
  collectionClass: Value = null,
  scalarName: Value = null,
  collectionName: Value = null,
  generate: Value = null,
  reflectionOptions: Value = null,
): void {
  const base = face()
    .mro(cls)
    .find((c) => bookkeeping.has(c));
  if (!base) throw host.error("AssertionError", "Can't locate automap base in class hierarchy");
  const seen = bookkeeping.get(base) as Set<string>;
  const naming: Naming = {
    scalar: scalarName ?? nameForScalarRelationship,
    collection: collectionName ?? nameForCollectionRelationship,
    generate: generate ?? generateRelationship,
    collectionClass: collectionClass ?? host.typeOf(host.makeList([])),
  };
  const metadata = face().getClassAttribute(cls, "metadata") as MetaData;
  const bind = engine ?? autoloadWith;
  if (bind !== null || reflect) {
    if (bind === null) throw host.error("AssertionError", "");
    const o = new Map(reflectionOptions === null ? [] : (host.entries(reflectionOptions) ?? [])) as Kwargs;
    metadata.reflect(
      bind as never,
      (o.get("schema") as string | null | undefined) ?? schema,
      host.isTrue(o.get("views") ?? false),
      o.get("only") ?? null,
      host.isTrue(o.get("extend_existing") ?? true),
      host.isTrue(o.get("autoload_replace") ?? false),
      host.isTrue(o.get("resolve_fks") ?? true),
    );
  }

  const configs: ByTable = new Map();
  for (const c of DeferredConfig.classesForBase(cls, false))
    if (c.localTable instanceof Table) configs.set(c.localTable, c);
  const manyToMany: ManyToMany[] = [];
  for (const [key, table] of metadata.tables) {
    if (seen.has(key)) continue;
    seen.add(key);
    const link = linkOf(table);
    if (link) manyToMany.push(link);
    else if ([...table.primaryKey].length > 0 && !configs.has(table)) {
      const made = classFor(cls, base, table, classname ?? classnameForTable, modulename);
      if (made) configs.set(table, made);
    }
  }
  for (const config of configs.values()) relateByKeys(base, config, configs, naming);
  for (const link of manyToMany) relateByLink(base, link, configs, naming);
  for (const config of DeferredConfig.classesForBase(base)) config.map();
}

function classFor(
  cls: ClassRef,
  base: ClassRef,
  table: Table,
  classname: Value,
  modulename: Value,
): DeferredConfig | null {
  const module =
    modulename === null ? null : (host.call(modulename, [cls, table.name, table]) as string | null);
  const name = host.call(classname, [cls, table.name, table]) as string;
  const classes = face().getClassAttribute(cls, "classes") as Properties<ClassRef>;
  if (module === null && classes.contains(name)) {
    warn(
      `Ignoring duplicate class name '${name}' received in automap base for table ${table.key} without \`\`__module__\`\` being set; consider using the \`\`modulename_for_table\`\` hook`,
    );
    return null;
  }
  const made = makeClass(
    name,
    [base],
    [
      ["__table__", table],
      ["__module__", module ?? "sqlalchemy.ext.automap"],
    ],
  );
  if (module === null) classes.setItem(name, made);
  let at = face().getClassAttribute(cls, "by_module") as Properties<unknown>;
  for (const part of face().module(made).split(".")) {
    if (!at.contains(part)) at.setItem(part, new Properties<unknown>());
    at = at.getItem(part) as Properties<unknown>;
  }
  at.setItem(name, made);
  return DeferredConfig.configForCls(made);
}

const keysOf = (table: Table): ForeignKeyConstraint[] =>
  [...table.constraints].filter((c) => c instanceof ForeignKeyConstraint);

/** A table that is nothing but two foreign keys links two others. */
function linkOf(table: Table): ManyToMany | null {
  const [first, second, ...more] = keysOf(table);
  if (!first || !second || more.length) return null;
  const columns = new Set([first, second].flatMap((k) => k.elements.map((fk) => fk.parent)));
  if (columns.size !== [...table.c].length || ![...table.c].every((c) => columns.has(c as never)))
    return null;
  const referred = (k: ForeignKeyConstraint): Table => k.elements[0]!.column.table as Table;
  return [referred(first), referred(second), [first, second], table];
}

/** Adds a relationship and its other side, where their names are not taken; links what is there already. */
function relate(
  base: ClassRef,
  local: DeferredConfig,
  referred: DeferredConfig,
  name: string,
  reverse: string,
  naming: Naming,
  sides: {
    readonly own: readonly [RelationshipDirection, Kwargs];
    readonly back: readonly [RelationshipDirection, Kwargs];
    readonly alone: Kwargs;
  },
): void {
  const generate = (
    direction: RelationshipDirection,
    fn: Value,
    attrname: string,
    from: ClassRef,
    to: ClassRef,
    kwargs: Kwargs,
  ): Value => host.call(naming.generate, [base, direction, fn, attrname, from, to], kwargs) ?? null;
  const createBackref = !referred.properties.has(reverse);
  const existing = (config: DeferredConfig, key: string): RelationshipProperty =>
    config.properties.get(key) as RelationshipProperty;
  if (!local.properties.has(name)) {
    const back = createBackref
      ? generate(sides.back[0], automapNames.backref, reverse, referred.cls, local.cls, sides.back[1])
      : null;
    const made = generate(
      sides.own[0],
      automapNames.relationship,
      name,
      local.cls,
      referred.cls,
      new Map([...sides.own[1], ["backref", back]]),
    );
    if (made === null) return;
    local.properties.set(name, made);
    if (!createBackref) existing(referred, reverse).backPopulates = name;
  } else if (createBackref) {
    const made = generate(
      sides.back[0],
      automapNames.relationship,
      reverse,
      referred.cls,
      local.cls,
      new Map([...sides.alone, ...sides.back[1], ["back_populates", name]]),
    );
    if (made === null) return;
    referred.properties.set(reverse, made);
    existing(local, name).backPopulates = reverse;
  }
}

function relateByKeys(base: ClassRef, local: DeferredConfig, configs: ByTable, naming: Naming): void {
  if (!(local.localTable instanceof Table)) return;
  for (const constraint of keysOf(local.localTable)) {
    const fks = constraint.elements;
    const referred = configs.get(fks[0]!.column.table as Table);
    if (!referred) continue;
    // The key of joined inheritance is no relationship.
    if (local.cls !== referred.cls && face().isSubclass(local.cls, referred.cls)) continue;
    const name = host.call(naming.scalar, [base, local.cls, referred.cls, constraint]) as string;
    const reverse = host.call(naming.collection, [base, referred.cls, local.cls, constraint]) as string;
    const ondelete = constraint.ondelete?.toLowerCase();
    const nullable = fks.every((fk) => (fk.parent as unknown as { readonly nullable: boolean }).nullable);
    const many: Kwargs = new Map([["collection_class", naming.collectionClass]]);
    if (!nullable) many.set("cascade", "all, delete-orphan");
    if (ondelete === (nullable ? "set null" : "cascade")) many.set("passive_deletes", true);
    const foreignKeys = host.makeList(fks.map((fk) => fk.parent));
    relate(base, local, referred, name, reverse, naming, {
      own: [
        MANYTOONE,
        new Map([
          ["foreign_keys", foreignKeys],
          ["remote_side", host.makeList(fks.map((fk) => fk.column))],
        ]),
      ],
      back: [ONETOMANY, many],
      alone: new Map([["foreign_keys", foreignKeys]]),
    });
  }
}

function relateByLink(
  base: ClassRef,
  [localTable, remoteTable, [first, second], table]: ManyToMany,
  configs: ByTable,
  naming: Naming,
): void {
  const local = configs.get(localTable);
  const referred = configs.get(remoteTable);
  if (!local || !referred) return;
  const name = host.call(naming.collection, [base, local.cls, referred.cls, first]) as string;
  const reverse = host.call(naming.collection, [base, referred.cls, local.cls, second]) as string;
  const shared: [string, Value][] = [
    ["overlaps", configs.has(table) ? "__*" : null],
    ["collection_class", naming.collectionClass],
  ];
  const join = (k: ForeignKeyConstraint): ColumnElement =>
    and_(k.elements.map((fk) => (fk.column as unknown as ColumnElement).eq(fk.parent)));
  relate(base, local, referred, name, reverse, naming, {
    own: [
      MANYTOMANY,
      new Map<string, Value>([
        ...shared,
        ["secondary", table],
        ["primaryjoin", join(first)],
        ["secondaryjoin", join(second)],
      ]),
    ],
    back: [MANYTOMANY, new Map(shared)],
    alone: new Map<string, Value>([
      ["secondary", table],
      ["primaryjoin", join(second)],
      ["secondaryjoin", join(first)],
    ]),
  });
}

/** `cls._sa_raise_deferred_config()` @throws UnmappedClassError */
export function automapRaise(cls: ClassRef): never {
  throw new UnmappedClassError(
    `Class ${safeClassName(cls)} is a subclass of AutomapBase.  Mappings are not produced until the .prepare() method is called on the class hierarchy.`,
  );
}
