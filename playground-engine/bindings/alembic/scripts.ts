// Contexts, configuration, scripts and their revisions: what the tables cannot say of them.
import { method } from "../../python/runtime/native.ts";
import * as room from "../../migrations/index.ts";
import { getAttr } from "../../python/runtime/attributes.ts";
import { call } from "../../python/runtime/call.ts";
import { E, raise } from "../../python/runtime/exceptions.ts";
import { importModule } from "../../python/runtime/modules.ts";
import { objectType } from "../../python/runtime/base-types.ts";
import { nativeType } from "../../python/runtime/native-type.ts";
import { TYPE, type Kwargs, type Value } from "../../python/runtime/object.ts";
import { isTrue } from "../../python/runtime/operators.ts";
import { host } from "../../util/host.ts";
import { extend } from "../define.ts";
import { protocolOf } from "../protocol.ts";
import { toPython } from "../values.ts";

/** What env.py and migrations run in. */
export function bindContexts(): void {
  extend("alembic.runtime.environment.EnvironmentContext", {
    methods: {
      configure: method(
        "(self, connection=None, url=None, dialect_name=None, dialect_opts=None, **options)",
        (
          self: room.EnvironmentContext,
          connection: Value,
          url: Value,
          name: string | null,
          dialectOpts: Value,
          options: Kwargs,
        ) => self.configure(connection, url, name, dialectOpts, options),
      ),
    },
  });
  extend("alembic.ddl.impl.DefaultImpl", {
    methods: {
      _exec: method(
        "(self, construct, execution_options=None, multiparams=None, params=None)",
        (self: room.DefaultImpl, construct: Value, options: Value, many: Value, params: Value) => {
          if (many !== null && params !== null && isTrue(params))
            raise(E.TypeError, "Can't send params and multiparams at the same time");
          const given = many ?? (params !== null && isTrue(params) ? params : undefined);
          return toPython(self.run(construct, options, given));
        },
      ),
    },
  });
  extend("alembic.runtime.migration.MigrationContext", {
    methods: {
      _has_version_table: method("(self)", (self: room.MigrationContext) => self.hasVersionTable()),
      _ensure_version_table: method("(self, purge=False)", (self: room.MigrationContext, purge: Value) =>
        self._ensureVersionTable(isTrue(purge)),
      ),
    },
    getters: {
      _version: { get: ((self: room.MigrationContext) => toPython(self.version)) as (self: never) => Value },
    },
  });
  const { prototype } = room.ProxyTransaction;
  Object.defineProperty(prototype, TYPE, {
    value: nativeType({
      name: "_ProxyTransaction",
      module: "alembic.runtime.migration",
      hasDict: true,
      methods: {
        ...protocolOf(prototype, objectType, toPython),
        commit: method("(self)", (self: room.ProxyTransaction) => self.commit()),
        rollback: method("(self)", (self: room.ProxyTransaction) => self.rollback()),
      },
    }),
  });
  const pathOf = (name: "configFileName" | "tomlFileName") => ({
    get: ((self: room.Config) =>
      self[name] === null ? null : call(getAttr(importModule("pathlib"), "Path"), [self[name]])) as (
      self: never,
    ) => Value,
  });
  extend("alembic.config.Config", {
    getters: {
      _config_file_path: pathOf("configFileName"),
      _toml_file_path: pathOf("tomlFileName"),
    },
  });
}

/** Scripts and their revisions, with the names with an underscore that recipes use. */
export function bindScripts(): void {
  // names with an underscore that recipes use: what command.upgrade() asks the scripts for
  type Steps = (self: room.ScriptDirectory, to: Value, from: Value) => Value;
  const steps =
    (fn: Steps): Steps =>
    (self, to, from) =>
      toPython(fn(self, to, from));
  extend("alembic.script.base.ScriptDirectory", {
    methods: {
      _upgrade_revs: method(
        "(self, destination, current_rev)",
        steps((self, to, from) => self._upgradeRevs(to, from) as unknown as Value),
      ),
      _downgrade_revs: method(
        "(self, destination, current_rev)",
        steps((self, to, from) => self._downgradeRevs(to, from) as unknown as Value),
      ),
      _stamp_revs: method(
        "(self, revision, heads)",
        steps((self, to, from) => self._stampRevs(to, from) as unknown as Value),
      ),
    },
  });
  const tuple = <T>(names: (self: T) => readonly string[]) => ({
    get: ((self: T) => host.makeTuple(names(self))) as (self: never) => Value,
  });
  extend("alembic.script.revision.RevisionMap", {
    getters: {
      _revision_map: {
        get: ((self: room.RevisionMap) => toPython(new Map(self.byName))) as (self: never) => Value,
      },
      _real_heads: tuple<room.RevisionMap>((m) => m.realHeadNames),
    },
    methods: {
      _get_base_revisions: method("(self, identifier)", (self: room.RevisionMap, id: Value) =>
        toPython(self.filterForLineage(self.bases, id as never)),
      ),
      _get_ancestor_nodes: method(
        "(self, targets, map_=None, check=False, include_dependencies=True)",
        (self: room.RevisionMap, targets: Value, _map: Value, check: Value, dependencies: Value) =>
          toPython(
            self.ancestors(host.iterate(targets) as never, {
              check: isTrue(check),
              dependencies: isTrue(dependencies),
            }),
          ),
      ),
      _get_descendant_nodes: method(
        "(self, targets, map_=None, check=False, omit_immediate_dependencies=False, include_dependencies=True)",
        (
          self: room.RevisionMap,
          targets: Value,
          _map: Value,
          check: Value,
          _omit: Value,
          dependencies: Value,
        ) =>
          toPython(
            self.descendants(host.iterate(targets) as never, {
              check: isTrue(check),
              dependencies: isTrue(dependencies),
            }),
          ),
      ),
    },
  });
  extend("alembic.script.revision.Revision", {
    getters: {
      _versioned_down_revisions: tuple<room.Revision>((r) => r.downs),
      _all_down_revisions: tuple<room.Revision>((r) => r.allDowns),
      _normalized_down_revisions: tuple<room.Revision>((r) => r.normalizedDowns),
      _resolved_dependencies: tuple<room.Revision>((r) => r.resolvedDependencies),
    },
  });
  extend("alembic.script.base.Script", {
    classMethods: {
      _from_path: method("(cls, scriptdir, path)", (_cls: Value, _dir: Value, path: Value) =>
        room.Script.fromPath(host.str(path)),
      ),
    },
  });
}
