// Options of statements that the ORM knows: what every one of them can do. Behaviour: SQLAlchemy orm/interfaces.py.
import { ExecutableOption } from "../../sql/base.ts";
import type { CacheKeyBuilder, HasCacheKey } from "../../sql/cache-key.ts";
import type { Value } from "../../util/host.ts";
import type { PathAttributes } from "../path-registry.ts";

/** An option of a statement that the ORM knows. */
export class ORMOption extends ExecutableOption {
  readonly _isLegacyOption: boolean = false;
  /** Carried along to lazy loads and refreshes. In the prototype, as `_isCore`: a program's class may say otherwise. */
  declare propagateToLoaders: boolean;
  declare readonly _isCore: boolean;
  readonly _isUserDefined: boolean = false;
  readonly _isCompileState: boolean = false;
  readonly _isCriteriaOption: boolean = false;
  readonly _isStrategyOption: boolean = false;

  /** @internal The option as the statement of this execution has it, where the compiled one came from the cache. */
  _adaptCachedOptionToUncachedOption(_context: unknown, uncached: ORMOption | null): ORMOption {
    return uncached ?? this;
  }
}
for (const key of ["_isCore", "propagateToLoaders"])
  Object.defineProperty(ORMOption.prototype, key, { value: false, writable: true, configurable: true });

export abstract class CompileStateOption extends ORMOption implements HasCacheKey {
  override readonly _isCompileState: boolean = true;
  abstract processCompileState(state: unknown): void;
  processCompileStateReplacedEntities(_state: unknown, _entities: readonly unknown[]): void {}
  abstract _genCacheKey(builder: CacheKeyBuilder): void;
}
Object.defineProperty(CompileStateOption.prototype, "_isHasCacheKey", {
  value: true,
  writable: true,
  configurable: true,
});

export abstract class LoaderOption extends CompileStateOption {
  override processCompileStateReplacedEntities(state: unknown, _entities: readonly unknown[]): void {
    this.processCompileState(state);
  }
}

export abstract class CriteriaOption extends CompileStateOption {
  override readonly _isCriteriaOption: boolean = true;
  abstract getGlobalCriteria(attributes: PathAttributes): void;
}

/** An option with a payload of the program's, for do_orm_execute listeners. */
export class UserDefinedOption extends ORMOption {
  override readonly _isUserDefined: boolean = true;
  payload: Value;
  constructor(payload: Value = null) {
    super();
    this.payload = payload;
  }
}
