// contains_alias(): once said that a statement's main table had been aliased; has nothing to say since entities find their
// columns themselves. Behaviour: SQLAlchemy orm/query.py (AliasOption).
import { warnDeprecated } from "../../errors/index.ts";
import type { CacheKeyBuilder } from "../../sql/cache-key.ts";
import type { Value } from "../../util/host.ts";
import { LoaderOption } from "./orm-option.ts";

export class AliasOption extends LoaderOption {
  static readonly pyModule: string = "sqlalchemy.orm.query";

  constructor(_alias: Value) {
    super();
    warnDeprecated(
      "The AliasOption object is not necessary for entities to be matched up to a query that is established via Query.from_statement() and now does nothing. (deprecated since: 1.4)",
    );
  }

  override processCompileState(): void {
    // it does nothing
  }

  override _genCacheKey(builder: CacheKeyBuilder): void {
    builder.spoil();
  }
}

export function containsAlias(alias: Value): AliasOption {
  return new AliasOption(alias);
}
