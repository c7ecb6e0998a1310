// The second phase of mapping: relationships find their targets, attributes get their loaders.
//
// Runs when it is first needed, for a registry and those that it depends on. A mapper that fails poisons its registry: the
// same error is told again until the registry is disposed of.
// Behaviour: SQLAlchemy orm/mapper.py (configure_mappers, _configure_registries, _dispose_registries).
import { InvalidRequestError, tagWarnings } from "../../errors/index.ts";
import { host } from "../../util/host.ts";
import { onReset } from "../../util/reset.ts";
import { mapperEvents } from "../events.ts";
import { EXT_SKIP } from "../flags.ts";
import { late } from "../late.ts";
import type { ClassManager } from "../state/manager.ts";
import type { Mapper } from "./mapper.ts";

/** A registry, as far as configuration asks. */
export interface ConfigurableRegistry {
  _newMappers: boolean;
  readonly _dependencies: Set<ConfigurableRegistry>;
  readonly _dependents: Set<ConfigurableRegistry>;
  readonly _managers: Set<ClassManager>;
  _mappersToConfigure(): Iterable<Mapper>;
  _disposeManagerAndMapper(manager: ClassManager): void;
}

const registries = new Set<ConfigurableRegistry>();
let configuring = false;

export function addRegistry(registry: ConfigurableRegistry): void {
  registries.add(registry);
}

/** Forget all registries: a new program begins. */
export function resetRegistries(): void {
  registries.clear();
  configuring = false;
}
onReset(resetRegistries);

/** @throws what the mapper throws that cannot be configured */
export function configureMappers(): void {
  configureRegistries(registries, true);
}
late.configureMappers = configureMappers;

/** Because something needs the mappers now. */
export function checkConfigure(registry: ConfigurableRegistry): void {
  if (!registry._newMappers) return;
  tagWarnings(
    "This warning originated from the `configure_mappers()` process, which was invoked automatically in response to a user-initiated operation.",
    () => configureRegistries([registry], true),
  );
}

export function configureRegistries(given: Iterable<ConfigurableRegistry>, cascade: boolean): void {
  const list = [...given];
  if (configuring || !list.some((r) => r._newMappers)) return;
  configuring = true;
  try {
    classListeners("before_configured");
    for (const r of recurse(list, "_dependencies")) configureOne(r, list, cascade);
  } finally {
    configuring = false;
  }
  classListeners("after_configured");
}

function classListeners(identifier: string): void {
  // A target of no class of its own has the listeners of the class Mapper alone.
  for (const fn of mapperTarget.dispatch.get(
    identifier === "before_configured" ? "beforeConfigured" : "afterConfigured",
  ))
    fn();
}

let mapperTarget: { readonly dispatch: ReturnType<typeof mapperEvents.forInstance> };
/** @internal The class Mapper, as a target of events. */
export function setMapperClass(cls: abstract new (...args: never[]) => object): void {
  mapperTarget = { dispatch: mapperEvents.forInstance({}, cls as never) };
}

function configureOne(
  registry: ConfigurableRegistry,
  given: readonly ConfigurableRegistry[],
  cascade: boolean,
): void {
  let skipped = false;
  for (const mapper of registry._mappersToConfigure()) {
    let skip = false;
    for (const fn of mapper.dispatch.beforeMapperConfigured) {
      if (fn(mapper, mapper.class_) !== EXT_SKIP) continue;
      skip = skipped = true;
      break;
    }
    if (skip) continue;
    if (mapper._configureFailed !== undefined) {
      const error = new InvalidRequestError(
        `One or more mappers failed to initialize - can't proceed with initialization of other mappers. Triggering mapper: '${mapper.toString()}'. Original exception was: ${host.errorText(mapper._configureFailed)}`,
      );
      (error as { _configureFailed?: unknown })._configureFailed = mapper._configureFailed;
      throw error;
    }
    if (mapper.configured) continue;
    try {
      mapper._postConfigureProperties();
      mapper._expireMemoizations();
      mapper.dispatch.mapperConfigured.emit(mapper, mapper.class_);
    } catch (e) {
      if ((e as { _configureFailed?: unknown } | null)?._configureFailed === undefined)
        mapper._configureFailed = e;
      throw e;
    }
  }
  if (!skipped) registry._newMappers = false;
  if (!cascade && [...registry._dependencies].some((d) => !given.includes(d)))
    throw new InvalidRequestError("configure was called with cascade=False but additional registries remain");
}

/** These registries and, after each, those it depends on (or that depend on it). */
export function* recurse(
  given: Iterable<ConfigurableRegistry>,
  along: "_dependencies" | "_dependents",
): Generator<ConfigurableRegistry> {
  const todo = new Set(given);
  const done = new Set<ConfigurableRegistry>();
  const more = (r: ConfigurableRegistry): void => {
    for (const other of r[along]) if (!done.has(other)) todo.add(other);
  };
  for (const r of todo) {
    todo.delete(r);
    done.add(r);
    more(r);
    yield r;
    more(r);
  }
}

export function disposeRegistries(given: Iterable<ConfigurableRegistry>, cascade: boolean): void {
  const list = [...given];
  for (const r of recurse(list, "_dependents")) {
    if (!cascade && [...r._dependents].some((d) => !list.includes(d)))
      throw new InvalidRequestError(
        "Registry has dependent registries that are not disposed; pass cascade=True to clear these also",
      );
    for (const manager of [...r._managers].reverse()) {
      r._managers.delete(manager);
      r._disposeManagerAndMapper(manager);
    }
    r._dependents.clear();
    for (const d of r._dependencies) d._dependents.delete(r);
    r._dependencies.clear();
    r._newMappers = false;
  }
}

/** `clear_mappers()` */
export function clearMappers(): void {
  disposeRegistries(registries, false);
}
