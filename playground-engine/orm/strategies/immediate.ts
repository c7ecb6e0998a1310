// Loads a relationship like the lazy loader, for each object when its row is read.
// Behaviour: SQLAlchemy orm/strategies.py (ImmediateLoader).
import {
  ATTR_WAS_SET,
  NO_RAISE,
  PASSIVE_NO_FETCH_RELATED,
  PASSIVE_NO_RESULT,
  PASSIVE_OFF,
  type PassiveFlag,
} from "../flags.ts";
import { PostLoad, type LoadedState } from "../loading/post-load.ts";
import type { LoadElement } from "../options/element.ts";
import { Load } from "../options/load.ts";
import type { PathRegistry } from "../path-registry.ts";
import type { LoadOption } from "../props/strategized-property.ts";
import type { LazyLoader } from "./lazy.ts";
import {
  PostLoader,
  registerRelationshipStrategy,
  type Recursion,
  type RowProcessorArguments,
} from "./relationship-loader.ts";

class ImmediateLoader extends PostLoader {
  override createRowProcessor(...[context, , path, option]: RowProcessorArguments): void {
    if (!context.compileState.compileOptions._enableEagerloads) return;
    const recursion = this.setupForRecursion(context, path, option, this.joinDepth);
    const flags = (recursion.run ? PASSIVE_OFF : PASSIVE_NO_FETCH_RELATED) | NO_RAISE;
    PostLoad.callableForPath(
      context,
      recursion.effectivePath,
      this.parent,
      this.parentProperty,
      (_context, at, states) => this.load(at, states, option, flags, recursion),
    );
  }

  private load(
    path: PathRegistry,
    states: readonly LoadedState[],
    option: LoadOption | null,
    flags: PassiveFlag,
    { depth, executionOptions }: Recursion,
  ): void {
    const again = depth && option ? (option as LoadElement) : null;
    const extraOptions = again
      ? [new Load(again.path.path.at(-1))._withContext([again, again._recurse()])]
      : [];
    const lazy = this.strategyOf("select") as LazyLoader;
    for (const [state, overwrite] of states) {
      const { dict } = state;
      if (!overwrite && dict.has(this.key)) continue;
      const value = lazy._loadForState(state, flags, {
        extraOptions,
        alternatePath: again ? path._truncateRecursive() : path,
        executionOptions,
      });
      if (value !== ATTR_WAS_SET && value !== PASSIVE_NO_RESULT)
        state.getImpl(this.key).setCommittedValue(state, dict, value);
    }
  }
}

registerRelationshipStrategy(ImmediateLoader, { lazy: "immediate" });
