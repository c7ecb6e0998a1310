// Mapped classes for tests of relationships: real mappers over the tests' face. Strategies stand in that load nothing but
// give the lazy loader's criteria, on which comparisons with objects rest.
import "../../../../playground-engine/sql/index.ts";
import "../../../../playground-engine/dialects/index.ts";
import {
  registerAttribute,
  registerAttributeImpl,
} from "../../../../playground-engine/orm/attributes/register.ts";
import {
  addRegistry,
  configureRegistries,
  type ConfigurableRegistry,
} from "../../../../playground-engine/orm/mapping/configure.ts";
import { Mapper } from "../../../../playground-engine/orm/mapping/mapper.ts";
import type { MapperOptions } from "../../../../playground-engine/orm/mapping/mapper-base.ts";
import { ColumnProperty } from "../../../../playground-engine/orm/props/column.ts";
import {
  LoaderStrategy,
  registerStrategy,
} from "../../../../playground-engine/orm/props/strategized-property.ts";
import { RelationshipProperty } from "../../../../playground-engine/orm/props/relationship.ts";
import { registerClass, type ClassManager } from "../../../../playground-engine/orm/state/manager.ts";
import { installFace } from "../../../../playground-engine/orm/face.ts";
import { installHost } from "../../../../playground-engine/util/host.ts";
import { plainHost } from "../../../../playground-engine/util/plain-host.ts";
import type { Table } from "../../../../playground-engine/sql/schema/index.ts";
import type { Value } from "../../../../playground-engine/util/host.ts";
import { defineClass, testFace, type Entity } from "../state/test-face.ts";

installFace(testFace);

/** What the program was warned of. */
export const warnings: string[] = [];
installHost({ ...plainHost, warn: (_category, message) => void warnings.push(message) });

class ColumnStrategy extends LoaderStrategy {
  override initClassAttribute(mapper: Mapper): void {
    registerAttributeImpl(mapper.class_, this.key, { useobject: false });
  }
}
registerStrategy(ColumnProperty, { deferred: false, instrument: true }, ColumnStrategy);

class LazyStrategy extends LoaderStrategy<RelationshipProperty> {
  readonly useGet: boolean;
  readonly _lazywhere: unknown;
  readonly _bindToCol: unknown;
  readonly _revLazywhere: unknown;
  readonly _revBindToCol: unknown;

  constructor(parent: RelationshipProperty, key: string) {
    super(parent, key);
    const there = parent._joinCondition.createLazyClause();
    const back = parent._joinCondition.createLazyClause(true);
    this._lazywhere = there.lazywhere;
    this._bindToCol = there.bindToCol;
    this._revLazywhere = back.lazywhere;
    this._revBindToCol = back.bindToCol;
    this.useGet = !parent.uselist && parent.secondary === null;
  }
  override initClassAttribute(mapper: Mapper): void {
    const { uselist, backPopulates } = this.parentProperty;
    registerAttributeImpl(mapper.class_, this.key, {
      uselist,
      useobject: true,
      trackparent: true,
      backref: backPopulates,
    });
  }
}
registerStrategy(RelationshipProperty, { lazy: "select" }, LazyStrategy as never);

export class TestRegistry implements ConfigurableRegistry {
  _newMappers = false;
  readonly _dependencies = new Set<ConfigurableRegistry>();
  readonly _dependents = new Set<ConfigurableRegistry>();
  readonly _managers: ConfigurableRegistry["_managers"] = new Set();
  private readonly mappers: Mapper[] = [];

  constructor() {
    addRegistry(this);
  }

  map(
    name: string,
    table: Table | null,
    properties: Record<string, Value> = {},
    options: MapperOptions & { readonly base?: new () => Entity } = {},
  ): new () => Entity {
    const { base, ...own } = options;
    const cls = defineClass(name, base);
    registerClass(cls, { registry: this as never, finalize: false });
    this.mappers.push(
      new Mapper(cls, table, {
        ...own,
        properties: Object.entries(properties),
        ...(base ? { inherits: base } : {}),
      }),
    );
    return cls;
  }

  configure(): void {
    configureRegistries([this], true);
  }
  _addManager(manager: ClassManager): void {
    this._managers.add(manager);
    (manager as { registry: unknown }).registry = this;
  }
  _setDependsOn(): void {}
  _flagNewMapper(mapper: Mapper): void {
    mapper._readyForConfigure = true;
    this._newMappers = true;
  }
  *_mappersToConfigure(): Generator<Mapper> {
    for (const m of this.mappers) if (!m.configured) yield m;
  }
  _disposeManagerAndMapper(): void {}
}

export { registerAttribute };
