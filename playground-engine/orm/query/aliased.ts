// aliased() and with_polymorphic(): a mapped class under another FROM element.
//
// AliasedClass is what programs have: its attributes are those of the class, adapted. AliasedInsp is what the ORM knows of it,
// the counterpart of a mapper. Behaviour: SQLAlchemy orm/util.py.
import { ArgumentError } from "../../errors/index.ts";
import { tokenOf, type CacheKeyBuilder, type HasCacheKey } from "../../sql/cache-key.ts";
import { expect } from "../../sql/coercions.ts";
import { ColumnCollection } from "../../sql/column-collection.ts";
import { ElementMap } from "../../sql/element-set.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { EntityNamespace } from "../../sql/elements/clause.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { NameArgument } from "../../sql/names.ts";
import * as roles from "../../sql/roles.ts";
import { isFromClause, type FromClause } from "../../sql/selectable/from-clause.ts";
import { GenerativeSelect } from "../../sql/selectable/select-base.ts";
import { host, type Value } from "../../util/host.ts";
import { Memo } from "../../util/memo.ts";
import { ProxyAttribute, QueryableAttribute } from "../attributes/instrumented.ts";
import { face, type ClassRef } from "../face.ts";
import { registerInspector } from "../inspection.ts";
import { classToMapper } from "../mapping/class-mapper.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { PathRegistry, type AbstractEntityRegistry } from "../path-registry.ts";
import { ORMAdapter } from "./adapter.ts";
import { entityAttribute, inspectEntity, type InternalEntity } from "./entity.ts";

interface AliasSettings {
  readonly name?: string | null;
  readonly flat?: boolean;
  readonly adaptOnNames?: boolean;
  readonly withPolymorphicMappers?: readonly Mapper[] | null;
  readonly withPolymorphicDiscriminator?: ColumnElement | null;
  readonly baseAlias?: AliasedInsp | null;
  readonly useMapperPath?: boolean;
  readonly representsOuterJoin?: boolean;
}

export class AliasedClass implements EntityNamespace {
  static readonly pyModule: string = "sqlalchemy.orm.util";
  /** @internal */
  readonly _aliasedInsp: AliasedInsp;
  private readonly attributes = new Map<string, Value>();

  constructor(mappedClassOrAlias: Value, alias: FromClause | null = null, settings: AliasSettings = {}) {
    const insp = inspectEntity(mappedClassOrAlias);
    const { mapper } = insp;
    const { name = null, flat = false } = settings;
    const nestAdapters = alias !== null && insp.isAliasedClass;
    const selectable =
      alias ??
      (insp.isAliasedClass && insp.selectable._isSubquery
        ? insp.selectable.alias()
        : mapper._withPolymorphicSelectable._anonymousFromclause({ name, flat }));
    this._aliasedInsp = new AliasedInsp(this, insp, selectable, nestAdapters, settings);
    this._aliasedInsp._addSubEntities();
  }

  /** `aliased(User)` */
  get name(): string {
    return `aliased(${face().className(this._aliasedInsp.mapper.class_)})`;
  }

  /** `alias.name`: the class's attribute, adapted; undefined where the class has none. */
  getattr(key: string): Value | undefined {
    const known = this.attributes.get(key);
    if (known !== undefined) return known;
    const target = this._aliasedInsp._target;
    // what the class's metaclass answers to counts as the class's own
    const found = this.ofAlias(entityAttribute(target, key) ?? host.getAttribute(target, key));
    if (!(found instanceof QueryableAttribute)) return found;
    const made = found.adaptToEntity(this._aliasedInsp as never);
    this.attributes.set(key, made);
    return made;
  }

  /** @internal What the language raises where getattr() gave nothing: what the class would. */
  noAttribute(key: string): unknown {
    return host.noAttribute(this._aliasedInsp._target, key);
  }

  /** Hybrids and methods of the class run with the alias in place of the class. */
  private ofAlias(found: Value): Value {
    if (found instanceof ProxyAttribute) {
      const made = found.descriptor.get(null, this as never);
      return made === null || made === found.descriptor ? found : made;
    }
    if (
      found instanceof QueryableAttribute ||
      found === null ||
      found === undefined ||
      !host.isCallable(found)
    )
      return found;
    const fn = host.getAttribute(found, "__func__");
    return fn !== undefined && host.hasAttribute(found, "__self__")
      ? host.call(host.getAttribute(fn, "__get__"), [this])
      : found;
  }

  /** @internal Sub-entities of with_polymorphic(): `alias.Engineer`. */
  _setattr(key: string, value: Value): void {
    this.attributes.set(key, value);
  }

  namespaceAttribute(key: string): Value | undefined {
    return this.getattr(key);
  }

  repr(): string {
    return `<AliasedClass at 0x${face().idOf(this).toString(16)}; ${targetName(this._aliasedInsp)}>`;
  }

  toString(): string {
    return this._aliasedInsp.toString();
  }
}

function targetName(insp: AliasedInsp): string {
  return insp._target instanceof AliasedClass
    ? insp._target.name
    : face().className(insp._target as ClassRef);
}

export class AliasedInsp implements HasCacheKey {
  static readonly pyModule: string = "sqlalchemy.orm.util";
  readonly isAliasedClass = true;
  readonly isMapper = false;
  readonly isSelectable = false;
  readonly isInstance = false;
  readonly isProperty = false;
  readonly isAttribute = false;
  readonly isBundle = false;
  readonly isClauseElement = false;

  readonly entity: AliasedClass;
  readonly mapper: Mapper;
  readonly selectable: FromClause;
  readonly name: string | null;
  readonly polymorphicOn: ColumnElement | null;
  readonly withPolymorphicMappers: readonly Mapper[];
  readonly representsOuterJoin: boolean;
  readonly _adaptOnNames: boolean;
  readonly _useMapperPath: boolean;
  readonly _baseAlias: AliasedInsp;
  readonly _isWithPolymorphic: boolean;
  readonly _withPolymorphicEntities: AliasedInsp[] = [];
  readonly _adapter: ORMAdapter;
  /** The class, or the alias, that this is an alias of. */
  readonly _target: ClassRef | AliasedClass;
  private readonly memo = new Memo();
  private clause: FromClause | undefined;
  private pathRegistry: AbstractEntityRegistry | undefined;

  constructor(
    entity: AliasedClass,
    inspected: InternalEntity,
    selectable: FromClause,
    nestAdapters: boolean,
    settings: AliasSettings,
  ) {
    const { mapper } = inspected;
    this.entity = entity;
    this.mapper = mapper;
    this.selectable = selectable;
    this.name = settings.name ?? null;
    this.polymorphicOn = settings.withPolymorphicDiscriminator ?? mapper.polymorphicOn;
    this._baseAlias = settings.baseAlias ?? this;
    this._useMapperPath = settings.useMapperPath ?? false;
    this.representsOuterJoin = settings.representsOuterJoin ?? false;
    this._adaptOnNames = settings.adaptOnNames ?? false;
    const poly = settings.withPolymorphicMappers?.length
      ? settings.withPolymorphicMappers
      : mapper.withPolymorphicMappers;
    this._isWithPolymorphic = poly.length > 0;
    this.withPolymorphicMappers = poly.length ? poly : [mapper];
    const adapter = new ORMAdapter(mapper, {
      selectable,
      equivalents: mapper._equivalentColumns,
      adaptOnNames: this._adaptOnNames,
      anonymizeLabels: true,
      adaptFromSelectables: this._adaptOnNames ? null : this.withPolymorphicMappers.map((m) => m.selectable),
      limitOnEntity: false,
    });
    this._adapter =
      nestAdapters && inspected.isAliasedClass ? (inspected._adapter.wrap(adapter) as ORMAdapter) : adapter;
    this._target = inspected.entity;
  }

  /** @internal */
  _addSubEntities(): void {
    if (!this._isWithPolymorphic) return;
    for (const poly of this.withPolymorphicMappers) {
      if (poly === this.mapper) continue;
      const made = new AliasedClass(poly.class_, this.selectable, {
        baseAlias: this,
        adaptOnNames: this._adaptOnNames,
        useMapperPath: this._useMapperPath,
      });
      this.entity._setattr(face().className(poly.class_), made);
      this._withPolymorphicEntities.push(made._aliasedInsp);
    }
  }

  get persistSelectable(): FromClause {
    return this.selectable;
  }
  get localTable(): FromClause {
    return this.selectable;
  }
  get class_(): ClassRef {
    return this.mapper.class_;
  }
  get entityNamespace(): AliasedClass {
    return this.entity;
  }
  get _postInspect(): null {
    this.mapper._checkConfigure();
    return null;
  }

  clauseElement(): FromClause {
    return (this.clause ??= this.selectable
      ._annotate(
        new Map<string, unknown>([
          ["parentmapper", this.mapper],
          ["parententity", this],
          ["entity_namespace", this],
        ]),
      )
      ._setPropagateAttrs({ compileStatePlugin: "orm", pluginSubject: this }));
  }

  get _pathRegistry(): AbstractEntityRegistry {
    return this._useMapperPath
      ? this.mapper._pathRegistry
      : (this.pathRegistry ??= PathRegistry.perMapper(this as never));
  }

  /** @internal This alias with the subclasses of another one of the same mapper, too. */
  _mergeWith(other: AliasedInsp): AliasedInsp {
    const primary = other.mapper;
    const ours = new Set(this.withPolymorphicMappers.map((m) => m.class_));
    const theirs = other.withPolymorphicMappers.map((m) => m.class_);
    if (ours.size === new Set(theirs).size && theirs.every((c) => ours.has(c))) return other;
    for (const c of theirs) ours.add(c);
    const [mappers, selectable] = primary._withPolymorphicArgs([...ours], null, !other.representsOuterJoin);
    return new AliasedClass(primary, selectable._anonymousFromclause({ flat: true }), {
      withPolymorphicMappers: mappers,
      withPolymorphicDiscriminator: other.polymorphicOn,
      useMapperPath: other._useMapperPath,
      representsOuterJoin: other.representsOuterJoin,
    })._aliasedInsp;
  }

  /** @internal An expression of the mapper as one of the alias. */
  _adaptElement<E extends ColumnElement>(expr: E, key: string | null = null): E {
    const annotations = new Map<string, unknown>([
      ["parententity", this],
      ["parentmapper", this.mapper],
    ]);
    if (key !== null) annotations.set("proxy_key", key);
    return this._adapter
      .traverse(expr as never as ColumnElement)
      ._annotate(annotations)
      ._setPropagateAttrs({ compileStatePlugin: "orm", pluginSubject: this }) as never as E;
  }
  /** @internal */
  _ormAdaptElement<E extends ColumnElement>(expr: E, key: string | null = null): E {
    return this._adaptElement(expr, key);
  }

  /** @internal */
  _entityForMapper(mapper: Mapper): AliasedInsp {
    if (this.withPolymorphicMappers.includes(mapper)) {
      if (mapper === this.mapper) return this;
      return (this.entity.getattr(face().className(mapper.class_)) as AliasedClass)._aliasedInsp;
    }
    if (mapper.isa(this.mapper)) return this;
    throw host.error(
      "AssertionError",
      `mapper ${mapper.toString()} doesn't correspond to ${this.toString()}`,
    );
  }

  get _getClause(): readonly [ColumnElement, ElementMap<ColumnElement, BindParameter>] {
    return this.memo.get("get clause", () => {
      const [onclause, params] = this.mapper._getClause;
      return [
        this._adapter.traverse(onclause as never) as never,
        new ElementMap(
          [...params].map(
            ([c, p]) => [this._adapter.traverse(c as never) as never as ColumnElement, p] as const,
          ),
        ),
      ] as const;
    });
  }

  get _allColumnExpressions(): ColumnCollection {
    return this.memo.get("columns", () => {
      const pairs = this.mapper._columnsPlusKeys(
        this._isWithPolymorphic ? this._withPolymorphicEntities.map((e) => e.mapper) : [],
      ) as Iterable<readonly [string, ColumnElement]>;
      return new ColumnCollection([...pairs].map(([key, col]) => [key, this._adaptElement(col)] as const));
    });
  }

  /** @internal A value kept with the alias. */
  _memo<T>(key: object, kind: string, make: () => T): T {
    return this.memo.get(`${kind} ${tokenOf(key)}`, make);
  }

  _genCacheKey(b: CacheKeyBuilder): void {
    if (!b.enter(this)) return;
    b.word("aliased(");
    b.plain(this.name);
    b.plain(this._adaptOnNames);
    b.plain(this._useMapperPath);
    if (this._target instanceof AliasedClass) this._target._aliasedInsp._genCacheKey(b);
    else b.identity(this.mapper);
    this.selectable._genCacheKey(b);
    for (const m of this.withPolymorphicMappers) b.identity(m);
    b.multi(this.polymorphicOn);
    b.word(")");
  }

  repr(): string {
    const poly = this.withPolymorphicMappers.map((m) => face().className(m.class_)).join(", ");
    return `<AliasedInsp at 0x${face().idOf(this).toString(16)}; ${face().className(this.class_)}${poly ? `(${poly})` : ""}>`;
  }

  toString(): string {
    if (!this._isWithPolymorphic) return `aliased(${targetName(this)})`;
    const others = this.withPolymorphicMappers
      .filter((m) => m !== this.mapper)
      .map((m) => face().className(m.class_));
    return `with_polymorphic(${targetName(this)}, [${others.join(", ")}])`;
  }
}

registerInspector((subject) => (subject instanceof AliasedClass ? subject._aliasedInsp : undefined));

/** `aliased(element, alias=None, name=None, flat=False, adapt_on_names=False)` */
export function aliased(
  element: Value,
  alias: Value = null,
  name: NameArgument | null = null,
  flat = false,
  adaptOnNames = false,
): AliasedClass | FromClause {
  if (element instanceof GenerativeSelect) return expect(roles.FromClauseRole, element, { flat });
  if (isFromClause(element)) {
    if (adaptOnNames) throw new ArgumentError("adapt_on_names only applies to ORM elements");
    return name ? element.alias(name, flat) : expect(roles.AnonymizedFromClauseRole, element, { flat });
  }
  // a select() that is no subquery() is refused where the alias is used, as no FROM clause
  const from =
    alias === null
      ? null
      : isFromClause(alias) || alias instanceof GenerativeSelect
        ? (alias as FromClause)
        : (expect(roles.StrictFromClauseRole, alias, { allowSelect: true }) as FromClause);
  return new AliasedClass(element, from, { flat, name: name as string | null, adaptOnNames });
}

/** `with_polymorphic(base, classes, selectable=False, flat=False, polymorphic_on=None, aliased=False, …)` */
export function withPolymorphic(
  base: Value,
  classes: Value,
  selectable: Value = false,
  flat = false,
  polymorphicOn: Value = null,
  isAliased = false,
  innerjoin = false,
  adaptOnNames = false,
  name: string | null = null,
  _useMapperPath = false,
): AliasedClass {
  const primary = classToMapper(base);
  if (selectable !== null && selectable !== false && flat)
    throw new ArgumentError(
      "the 'flat' and 'selectable' arguments cannot be passed simultaneously to with_polymorphic()",
    );
  const spec =
    classes === "*" || classes === null
      ? classes
      : typeof classes === "string"
        ? [classes]
        : [...(host.iterate(classes) ?? [classes])];
  const [mappers, from] = primary._withPolymorphicArgs(spec as never, selectable, innerjoin);
  return new AliasedClass(base, isAliased || flat ? from._anonymousFromclause({ flat }) : from, {
    name,
    withPolymorphicMappers: mappers,
    adaptOnNames,
    withPolymorphicDiscriminator: polymorphicOn as ColumnElement | null,
    useMapperPath: _useMapperPath,
    representsOuterJoin: !innerjoin,
  });
}
