// ConcreteBase and AbstractConcreteBase: the union of the concrete tables is made when mappers are configured.
//
// The base classes themselves are the binding's; these are the bodies of their class methods, given the class.
// Behaviour: SQLAlchemy ext/declarative/extensions.py.
import { UnmappedClassError } from "../../errors/index.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { FromClause } from "../../sql/selectable/from-clause.ts";
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { DeferredConfig } from "../declarative/deferred-config.ts";
import { face, type ClassRef } from "../face.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { polymorphicUnion } from "../mapping/polymorphic-union.ts";
import { mapperOfClass, safeClassName } from "../state/access.ts";

/** What a deferred configuration keeps for its mapper: declarative's own business otherwise. */
interface Pending {
  localTable: Value;
  readonly properties: Map<string, Value>;
  readonly declaredColumns: ReadonlySet<ColumnElement>;
  mapperArgsFn: (() => Kwargs) | null;
  map(): Mapper;
}

const mapperOf = (cls: ClassRef): Mapper | undefined => mapperOfClass(cls) as unknown as Mapper | undefined;

function discriminatorOf(cls: ClassRef): string {
  return (
    (face().getClassAttribute(cls, "_concrete_discriminator_name") as string | null | undefined) || "type"
  );
}

function unionOf(mappers: readonly Mapper[], discriminator: string): FromClause {
  return polymorphicUnion(
    new Map(mappers.map((m) => [m.polymorphicIdentity, m.localTable])),
    discriminator,
    "pjoin",
  );
}

/** `ConcreteBase.__declare_first__()` */
export function concreteBaseDeclareFirst(cls: ClassRef): void {
  const mapper = mapperOf(cls);
  if (!mapper || mapper.withPolymorphic) return;
  const discriminator = discriminatorOf(cls);
  const union = unionOf(mapper.selfAndDescendants, discriminator);
  mapper._setWithPolymorphic(host.makeTuple(["*", union]));
  mapper._setPolymorphicOn(union.c.getitem(discriminator));
}

/** `AbstractConcreteBase.__declare_first__()`: maps the class, now that its subclasses are. */
export function abstractConcreteBaseDeclareFirst(cls: ClassRef): void {
  if (face().getClassAttribute(cls, "__mapper__") != null) return;
  const config = DeferredConfig.configForCls(cls) as unknown as Pending;
  const below: Mapper[] = [];
  const stack = [...face().subclasses(cls)];
  for (let c = stack.pop(); c; c = stack.pop()) {
    stack.push(...face().subclasses(c));
    const mapper = mapperOf(c);
    if (mapper) below.push(mapper);
  }
  const discriminator = discriminatorOf(cls);
  const union = unionOf(below, discriminator);
  const declared = new Set([...config.declaredColumns].map((c) => c.key as string));
  for (const [key, value] of config.properties) {
    if (!config.declaredColumns.has(value as ColumnElement)) continue;
    const name = (value as ColumnElement).key as string;
    config.properties.set(key, union.c.getitem(name));
    declared.delete(name);
  }
  config.localTable = union;
  const strict = host.isTrue(face().ownMember(cls, "strict_attrs") ?? false);
  const given = config.mapperArgsFn;
  config.mapperArgsFn = () => {
    const args: Kwargs = new Map(given?.() ?? []);
    args.set("polymorphic_on", union.c.getitem(discriminator)).set("polymorphic_abstract", true);
    if (strict)
      args
        .set("include_properties", [...union.primaryKey, ...declared, discriminator])
        .set("with_polymorphic", host.makeTuple(["*", union]));
    return args;
  };
  config.map();
  joinSubclasses(cls);
}

/** Concrete mappers made before get the base they should have had. */
function joinSubclasses(cls: ClassRef): void {
  const queue = [cls];
  for (let c = queue.shift(); c; c = queue.shift()) {
    queue.push(...face().subclasses(c));
    const mapper = mapperOf(c);
    if (!mapper?.concrete || mapper.inherits !== null) continue;
    const base = face()
      .mro(c)
      .slice(1)
      .map(mapperOf)
      .find((m) => m !== undefined);
    if (base) mapper._setConcreteBase(base);
  }
}

/** `AbstractConcreteBase._sa_raise_deferred_config()` @throws UnmappedClassError */
export function abstractConcreteBaseRaise(cls: ClassRef): never {
  throw new UnmappedClassError(
    `Class ${safeClassName(cls)} is a subclass of AbstractConcreteBase and has a mapping pending until all subclasses are defined. Call the sqlalchemy.orm.configure_mappers() function after all subclasses have been defined to complete the mapping of this class.`,
  );
}
