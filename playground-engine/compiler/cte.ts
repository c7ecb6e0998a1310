// Common table expressions: WITH at the front of a statement, or where nesting asks for it.
//
// A CTE prints its name where it stands in FROM and leaves its text here; the enclosing statement puts the
// texts in front of itself. One is told from another of the same name by its level: 1, or the depth of the
// statement that holds a nesting one. Behaviour: sqlalchemy/sql/compiler.py, visit_cte and _render_cte_clause.
import { CompileError } from "../errors/index.ts";
import { host } from "../util/host.ts";
import { ElementMap } from "../sql/element-set.ts";
import type { CTE } from "../sql/selectable/alias.ts";
import type { HasCTE } from "../sql/selectable/has-cte.ts";
import type { DialectText } from "../sql/selectable/has-parts.ts";
import type { ReturnsRows } from "../sql/selectable/returns-rows.ts";
import { FromCompiler } from "./from-clause.ts";
import type { RenderOptions } from "./render-options.ts";

interface Place {
  readonly level: number;
  readonly name: string;
  /** nest_here was asked for where the CTE was added. */
  readonly nestHere: boolean;
}

interface CteState {
  /** Texts in the order in which they will be printed. */
  readonly texts: ElementMap<CTE, string>;
  /** `level name` → CTE */
  readonly byPlace: Map<string, CTE>;
  readonly places: ElementMap<CTE, Place>;
}

const placeKey = (level: number, name: string): string => `${level} ${name}`;

export abstract class CteCompiler extends FromCompiler {
  protected cteState: CteState | undefined;

  protected get hasCtes(): boolean {
    return !!this.cteState?.texts.size;
  }

  getCtePreamble(recursive: boolean): string {
    return recursive ? "WITH RECURSIVE" : "WITH";
  }

  protected override dispatchIndependentCtes(statement: HasCTE, options: RenderOptions): void {
    statement._independentCtes.forEach((cte, i) => {
      this.process(cte, { ...options, cteNesting: statement._independentCtesOpts[i]?.nesting ?? false });
    });
  }

  visitCte(cte: CTE, options: RenderOptions): string {
    const state = (this.cteState ??= {
      texts: new ElementMap(),
      byPlace: new Map(),
      places: new ElementMap(),
    });
    const { asfrom, fromLinter, visitingCte, cteNesting: nestHere = false } = options;
    const inner: RenderOptions = {
      ...options,
      asfrom: undefined,
      ashint: undefined,
      fromhints: undefined,
      fromLinter: undefined,
      cteNesting: undefined,
      visitingCte: cte,
    };
    const name = this.aliasName(cte);
    const reference = cte._getReferenceCte();
    const nesting = cte.nesting || nestHere;
    let level = nesting ? this.stack.length : 1;
    let existing: CTE | undefined;
    const place = state.places.get(reference);
    if (place) {
      existing = state.byPlace.get(placeKey(place.level, name));
      if (nestHere) {
        if (place.nestHere) throw new CompileError("CTE is stated as 'nest_here' in more than one location");
        state.byPlace.delete(placeKey(place.level, name));
        state.byPlace.set(placeKey(level, name), existing!);
        state.places.set(reference, { level, name, nestHere });
      } else {
        level = place.level;
      }
    } else {
      existing = state.byPlace.get(placeKey(level, name));
    }

    let isNew = true;
    let embedded = false;
    if (existing) {
      embedded = visitingCte === existing;
      if (cte === existing._restates || cte === existing) {
        isNew = false;
      } else if (existing === cte._restates) {
        // the one that restates it takes its place
        state.texts.delete(existing);
        state.places.delete(existing._getReferenceCte());
      } else if (
        cte.hash === existing.hash ||
        ((cte._isCloneOf || existing._isCloneOf) && cte.compare(existing))
      ) {
        isNew = false;
      } else {
        throw new CompileError(`Multiple, unrelated CTEs found with the same name: ${host.repr(name)}`);
      }
    }
    if (!asfrom && !isNew) return "";

    const aliasOf = cte._cteAlias;
    if (isNew) {
      state.byPlace.set(placeKey(level, name), cte);
      state.places.set(reference, { level, name, nestHere });
      if (aliasOf) {
        if (!state.texts.has(aliasOf)) this.visitCte(aliasOf, inner);
      } else if (!state.texts.has(cte)) {
        // str() of a CTE by itself: only what it holds
        if (!this.stack.length) return this.process(cte.element, { ...inner, asfrom });
        state.texts.set(cte, this.#definition(cte, name, inner));
      }
    }
    if (!asfrom) return "";
    fromLinter?.froms.set(cte._deClone(), name);
    const text = this.preparer.formatAlias(cte, name);
    if (!aliasOf || (!isNew && embedded)) return text;
    const original = this.preparer.formatAlias(cte, this.aliasName(aliasOf));
    return (
      original +
      this.getRenderAsAliasSuffix(
        this.preparer.requiresQuotes(name) ? this.preparer.quote(name, cte.quote) : name,
      )
    );
  }

  /** `name(columns) AS (SELECT …)` */
  #definition(cte: CTE, name: string, options: RenderOptions): string {
    let text = this.preparer.formatAlias(cte, name);
    const element = cte.element as ReturnsRows & HasCTE;
    if (cte.recursive || element.nameCteColumns) {
      const columns = element._generateColumnsPlusNames(true).filter((c) => !c.repeated);
      text += `(${columns.map((c) => this.preparer.formatLabelName((c.fallbackLabelName ?? c.proxyName)!, { anonMap: this.anonMap })).join(", ")})`;
    }
    const prefixes = this.generatePrefixes(cte._prefixes, options);
    text += ` AS ${prefixes}\n(${this.process(cte.element, { ...options, asfrom: true })})`;
    if (cte._suffixes.length) text += ` ${this.generatePrefixes(cte._suffixes, options)}`;
    return text;
  }

  /** Words before or after a statement, each with the dialect it is for. */
  protected generatePrefixes(prefixes: readonly DialectText[], options: RenderOptions): string {
    const text = prefixes
      .filter(([, dialect]) => dialect === null || dialect === "*" || dialect === this.dialect.name)
      .map(([prefix]) => this.process(prefix, options))
      .join(" ");
    return text && `${text} `;
  }

  /**
   * WITH … for the statement that is being printed. At a nesting level above 1 only what belongs there, which is
   * then forgotten, so that the level's next statement may use the names again.
   */
  protected renderCteClause(toplevel: boolean, includeFollowingStack = false): string {
    const state = this.cteState;
    if (!state?.texts.size) return "";
    const level = toplevel ? 0 : this.stack.length;
    let ctes = [...state.texts];
    if (level > 1) {
      ctes = ctes.filter(([cte]) => {
        const place = state.places.get(cte._getReferenceCte())!;
        return (
          (cte.nesting || place.nestHere) &&
          (place.level === level || (includeFollowingStack && place.level === level + 1))
        );
      });
    }
    if (!ctes.length) return "";
    const text = `${this.getCtePreamble(ctes.some(([cte]) => cte.recursive))} ${ctes.map(([, t]) => t).join(", \n")}\n `;
    if (level > 1) {
      for (const [cte] of ctes) {
        const reference = cte._getReferenceCte();
        const place = state.places.get(reference)!;
        state.texts.delete(cte);
        state.byPlace.delete(placeKey(place.level, place.name));
        state.places.delete(reference);
      }
    }
    return text;
  }
}
