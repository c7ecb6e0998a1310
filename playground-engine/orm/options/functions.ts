// The functions that begin loader options: joinedload(User.orders), load_only(User.name) …
// Behaviour: SQLAlchemy orm/strategy_options.py.
import { ArgumentError, warnDeprecated } from "../../errors/index.ts";
import type { Kwargs, Value } from "../../util/host.ts";
import { late } from "../late.ts";
import { DEFAULT_TOKEN, WILDCARD_TOKEN } from "../path-registry.ts";
import { strategyKey } from "../props/strategized-property.ts";
import { entityAttribute, type InternalEntity } from "../query/entity.ts";
import { NO_STRINGS, parseAttr } from "./element.ts";
import { expandColumnAttrs, Load, WildcardLoad, type AbstractLoad } from "./load.ts";

type Step = (load: AbstractLoad, attr: Value, isChain: boolean) => AbstractLoad;

/** A path of attributes: all but the last are passed by, or (chained) get the option, too. */
function fromKeys(step: Step, keys: readonly Value[], chained: boolean): AbstractLoad {
  let load: AbstractLoad | null = null;
  keys.forEach((given, i) => {
    const onTheWay = i < keys.length - 1;
    let attr = given;
    if (typeof attr === "string") {
      if (attr.startsWith(`.${WILDCARD_TOKEN}`)) {
        warnDeprecated(
          "The undocumented `.{WILDCARD}` format is deprecated and will be removed in a future version as it is believed to be unused. If you have been using this functionality, please comment on Issue #4390 on the SQLAlchemy project tracker. (deprecated since: 1.4)",
        );
        attr = attr.slice(1);
      }
      if (attr !== WILDCARD_TOKEN) throw new ArgumentError(NO_STRINGS);
      if (onTheWay) throw new ArgumentError("Wildcard token cannot be followed by another entity");
      load = step(load ?? new WildcardLoad(), DEFAULT_TOKEN, false);
      return;
    }
    load ??= new Load(parseAttr(attr).entity);
    if (!onTheWay) load = step(load, attr, false);
    else load = chained ? step(load, attr, true) : load.defaultload(attr);
  });
  return load as unknown as AbstractLoad;
}

const word = (kw: Kwargs, name: string): Value => kw.get(name) ?? null;

export const containsEager = (keys: readonly Value[], kw: Kwargs = new Map()): AbstractLoad =>
  fromKeys((load, attr, _isChain) => load.containsEager(attr, word(kw, "alias"), { _isChain }), keys, true);

export function loadOnly(
  attrs: readonly Value[],
  options: { readonly raiseload?: boolean } = {},
): AbstractLoad {
  const expanded = expandColumnAttrs(attrs);
  return new Load(parseAttr(expanded[0]).entity).loadOnly(expanded, options);
}

export const joinedload = (keys: readonly Value[], kw: Kwargs = new Map()): AbstractLoad =>
  fromKeys((load, attr) => load.joinedload(attr, word(kw, "innerjoin")), keys, false);
export const subqueryload = (keys: readonly Value[]): AbstractLoad =>
  fromKeys((load, attr) => load.subqueryload(attr), keys, false);
export const selectinload = (
  keys: readonly Value[],
  options: { readonly recursionDepth?: number | null } = {},
): AbstractLoad =>
  fromKeys((load, attr) => load.selectinload(attr, options.recursionDepth ?? null), keys, false);
export const lazyload = (keys: readonly Value[]): AbstractLoad =>
  fromKeys((load, attr) => load.lazyload(attr), keys, false);
export const immediateload = (
  keys: readonly Value[],
  options: { readonly recursionDepth?: number | null } = {},
): AbstractLoad =>
  fromKeys((load, attr) => load.immediateload(attr, options.recursionDepth ?? null), keys, false);
export const noload = (keys: readonly Value[]): AbstractLoad =>
  fromKeys((load, attr) => load.noload(attr), keys, false);
export const raiseload = (keys: readonly Value[], kw: Kwargs = new Map()): AbstractLoad =>
  fromKeys((load, attr) => load.raiseload(attr, word(kw, "sql_only") === true), keys, false);
export const defaultload = (keys: readonly Value[]): AbstractLoad =>
  fromKeys((load, attr) => load.defaultload(attr), keys, false);

function pathArguments(name: string, addl: readonly Value[]): void {
  if (addl.length)
    warnDeprecated(
      `The *addl_attrs on orm.${name} is deprecated.  Please use method chaining in conjunction with defaultload() to indicate a path. (deprecated since: 1.3)`,
    );
}

export function defer(
  key: Value,
  addlAttrs: readonly Value[] = [],
  options: { readonly raiseload?: boolean } = {},
): AbstractLoad {
  pathArguments("defer", addlAttrs);
  return fromKeys((load, attr) => load.defer(attr, options.raiseload ?? false), [key, ...addlAttrs], false);
}

export function undefer(key: Value, addlAttrs: readonly Value[] = []): AbstractLoad {
  pathArguments("undefer", addlAttrs);
  return fromKeys((load, attr) => load.undefer(attr), [key, ...addlAttrs], false);
}

export const undeferGroup = (name: string): AbstractLoad => new WildcardLoad().undeferGroup(name);
export const withExpression = (key: Value, expression: Value): AbstractLoad =>
  fromKeys((load, attr) => load.withExpression(attr, expression), [key], false);
export const selectinPolymorphic = (baseCls: Value, classes: Value): AbstractLoad =>
  new Load(baseCls).selectinPolymorphic(classes);

late.subclassLoadOption = (entity, attributes) => {
  const e = entity as InternalEntity;
  let load: Load = new Load(e);
  for (const [name, strategy] of attributes) {
    const attr = entityAttribute(e.entity, name) as never;
    load =
      strategy === null
        ? load._setGenericStrategy([attr], strategyKey({ do_nothing: true }), false)
        : load._setGenericStrategy([attr], strategy, true);
  }
  return load;
};
