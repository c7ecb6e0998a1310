// Prefixes, suffixes and hints of statements. Laid into SELECT, INSERT, CTE … Behaviour: SQLAlchemy sql/selectable.py.
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { defaults } from "../mixin.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import type { ClauseElement } from "../elements/clause.ts";
import type { FromClause } from "./from-clause.ts";

/** A piece of text for one dialect, "*" for all. */
export type DialectText = readonly [clause: ClauseElement, dialect: string];
export interface TableHint {
  readonly from: FromClause;
  readonly dialect: string;
  readonly text: string;
}

const withText = (
  old: readonly DialectText[],
  texts: readonly Value[],
  dialect: string,
): readonly DialectText[] => [
  ...old,
  ...texts.map((t) => [expect(roles.StatementOptionRole, t), dialect] as const),
];

export abstract class HasPrefixes {
  static readonly prefixTraverse: TraverseSpec = [["_prefixes", "prefixes"]];
  declare _prefixes: readonly DialectText[];
  abstract _generate(): this;

  /** Text after the statement's first word. */
  prefixWith(prefixes: readonly Value[], options: { readonly dialect?: string } = {}): this {
    const made = this._generate();
    made._prefixes = withText(made._prefixes, prefixes, options.dialect ?? "*");
    return made;
  }
}
defaults(HasPrefixes, { _prefixes: [] });

export abstract class HasSuffixes {
  static readonly suffixTraverse: TraverseSpec = [["_suffixes", "prefixes"]];
  declare _suffixes: readonly DialectText[];
  abstract _generate(): this;

  /** Text after the statement. */
  suffixWith(suffixes: readonly Value[], options: { readonly dialect?: string } = {}): this {
    const made = this._generate();
    made._suffixes = withText(made._suffixes, suffixes, options.dialect ?? "*");
    return made;
  }
}
defaults(HasSuffixes, { _suffixes: [] });

/** The hints with one more; a table has one for each dialect. */
export function addTableHint(
  hints: ReadonlySet<TableHint>,
  from: FromClause,
  text: string,
  dialect: string,
): ReadonlySet<TableHint> {
  return new Set([
    ...[...hints].filter((h) => h.from.hash !== from.hash || h.dialect !== dialect),
    { from, dialect, text },
  ]);
}

export abstract class HasHints {
  static readonly hintTraverse: TraverseSpec = [
    ["_statementHints", "statement-hints"],
    ["_hints", "table-hints"],
  ];
  declare _hints: ReadonlySet<TableHint>;
  declare _statementHints: readonly (readonly [dialect: string, text: string])[];
  abstract _generate(): this;

  withStatementHint(text: string, dialectName = "*"): this {
    return this.withHint(null, text, dialectName);
  }

  withHint(selectable: Value, text: string, dialectName = "*"): this {
    const made = this._generate();
    if (selectable === null || selectable === undefined)
      made._statementHints = [...made._statementHints, [dialectName, text]];
    else made._hints = addTableHint(made._hints, expect(roles.FromClauseRole, selectable), text, dialectName);
    return made;
  }
}
defaults(HasHints, { _hints: new Set<TableHint>(), _statementHints: [] });
