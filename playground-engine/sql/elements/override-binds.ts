// A criterion of a cached option with the values of the option that is used now.
//
// The ORM keeps criteria (of loader options) with the statement they were first met in; another use of an equal option has
// other parameters, which take the places of the first by their order in the cache key.
// Behaviour: SQLAlchemy sql/elements.py (_OverrideBinds), sql/cache_key.py (CacheKey._apply_params_to_element).
import type { Value } from "../../util/host.ts";
import { CacheKeyBuilder, type CacheKey } from "../cache-key.ts";
import type { BindParameter } from "./bind.ts";
import { Grouping } from "./binary.ts";
import type { ClauseElement } from "./clause.ts";
import type { ColumnElement } from "./column.ts";

export class OverrideBinds extends Grouping {
  static override readonly visitName: string = "override_binds";
  static override readonly inheritCache: boolean = true;
  static readonly pyName: string = "_OverrideBinds";
  /** Key of a parameter inside → the value it has here. */
  readonly translate: ReadonlyMap<string, Value>;

  constructor(
    element: ClauseElement,
    bindparams: readonly BindParameter[],
    replaces: readonly BindParameter[],
  ) {
    super(element as ColumnElement);
    this.translate = new Map(
      replaces.slice(0, bindparams.length).map((k, i) => [k.key, (bindparams[i] as BindParameter).value]),
    );
  }

  override _genCacheKey(b: CacheKeyBuilder): void {
    const from = b.bindparams.length;
    this.element._genCacheKey(b);
    for (let i = from; i < b.bindparams.length; i++) {
      const bind = b.bindparams[i] as BindParameter;
      if (this.translate.has(bind.key))
        b.bindparams[i] = bind._withValue(this.translate.get(bind.key), true, false);
    }
  }
}

/** The element, made when `original` was its key, with the parameters of an equal one whose key is `key`. */
export function applyParamsToElement<E extends ClauseElement>(
  key: CacheKey,
  original: CacheKey,
  element: E,
): E | OverrideBinds {
  return element._isImmutable || original === key
    ? element
    : new OverrideBinds(element, key.bindparams, original.bindparams);
}
