// One execution of an ORM statement: what its row processors share. Behaviour: SQLAlchemy orm/context.py (QueryContext).
import type { ExecutionOptions } from "../../sql/base.ts";
import type { Value } from "../../util/host.ts";
import type { UniqueAppender } from "../../util/identity.ts";
import type { PostLoad } from "../loading/post-load.ts";
import type { PathAttributes } from "../path-registry.ts";
import type { ORMOption } from "../options/orm-option.ts";
import type { Session } from "../session/session.ts";
import type { InstanceState } from "../state/state.ts";
import type { ORMCompileState, ORMStatement } from "./compile-state.ts";
import type { ORMLoadOptions } from "./load-options.ts";

export class QueryContext {
  readonly compileState: ORMCompileState;
  /** The statement that was executed. */
  readonly query: ORMStatement;
  readonly userPassedQuery: ORMStatement;
  readonly params: Value;
  readonly session: Session;
  readonly loadOptions: ORMLoadOptions;
  readonly executionOptions: ExecutionOptions;
  readonly bindArguments: ReadonlyMap<string, Value>;
  readonly topLevelContext: QueryContext | null;
  /** Options that lazy loads of the loaded objects take over. */
  readonly propagatedLoaderOptions: readonly ORMOption[];
  /** What options left at paths, and what loaders keep during this execution. */
  readonly attributes: PathAttributes;
  readonly populateExisting: boolean;
  readonly invokeAllEagers: boolean;
  readonly versionCheck: boolean;
  readonly refreshState: InstanceState | null;
  readonly yieldPer: number | null;
  readonly identityToken: Value;
  loadersRequireBuffering = false;
  loadersRequireUniquing = false;
  runid = 0;
  /** Objects that were loaded before and have gaps, with the keys to fill. */
  partials = new Map<InstanceState, ReadonlySet<string>>();
  postLoadPaths = new Map<string, PostLoad>();
  /** Collections that joined eager loading fills in this execution, by object and key. */
  readonly eagerCollections = new Map<InstanceState, Map<string, UniqueAppender<Value>>>();

  constructor(
    compileState: ORMCompileState,
    statement: ORMStatement,
    userPassedQuery: ORMStatement,
    params: Value,
    session: Session,
    loadOptions: ORMLoadOptions,
    executionOptions: ExecutionOptions = new Map(),
    bindArguments: ReadonlyMap<string, Value> = new Map(),
  ) {
    this.compileState = compileState;
    this.query = statement;
    this.userPassedQuery = userPassedQuery;
    this.params = params;
    this.session = session;
    this.loadOptions = loadOptions;
    this.executionOptions = executionOptions;
    this.bindArguments = bindArguments;
    this.topLevelContext = loadOptions._saTopLevelOrmContext;
    this.attributes = new Map(compileState.attributes);
    this.populateExisting = loadOptions._populateExisting;
    this.invokeAllEagers = loadOptions._invokeAllEagers;
    this.versionCheck = loadOptions._versionCheck;
    this.refreshState = loadOptions._refreshState;
    this.yieldPer = loadOptions._yieldPer;
    this.identityToken = loadOptions._identityToken;
    const cached = compileState.selectStatement._withOptions as readonly ORMOption[];
    const uncached = userPassedQuery._withOptions as readonly ORMOption[];
    const propagated: ORMOption[] = [];
    for (let i = 0; i < cached.length && i < uncached.length; i++) {
      const opt = cached[i] as ORMOption;
      if (opt.propagateToLoaders)
        propagated.push(opt._adaptCachedOptionToUncachedOption(this, uncached[i] as ORMOption));
    }
    this.propagatedLoaderOptions = propagated;
  }

  get _topLevel(): QueryContext {
    return this.topLevelContext ?? this;
  }
}
