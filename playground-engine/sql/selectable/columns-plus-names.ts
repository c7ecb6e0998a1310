// Names of the columns of a SELECT: which label must be printed, which may be, and the key each column is found by.
//
// Equal names become different ones by numbers that are given when the statement is printed. Behaviour: SQLAlchemy
// sql/selectable.py (SelectsRows._generate_columns_plus_names, SelectState._column_naming_convention).
import { applyAnonMap, PrefixAnonMap } from "../names.ts";
import type { ColumnElement } from "../elements/column.ts";
import { LABEL_STYLE_NONE, LABEL_STYLE_TABLENAME_PLUS_COL, type SelectLabelStyle } from "./label-style.ts";

export interface ColumnPlusNames {
  /** The label that must be printed, or null. */
  readonly requiredLabelName: string | null;
  /** Key in the result and in a subquery's `.c`. */
  readonly proxyName: string | null;
  /** The label to print where there must be one although none is required. */
  readonly fallbackLabelName: string | null;
  readonly column: ColumnElement;
  /** The column was there before. */
  readonly repeated: boolean;
}

/** Names given so far, and who has them. */
class NameRegister {
  private readonly owners = new Map<string, ColumnElement>();
  private dedupe = 1;
  private readonly qualified: boolean;

  constructor(qualified: boolean) {
    this.qualified = qualified;
  }

  owner(name: string): ColumnElement | undefined {
    return this.owners.get(name);
  }

  take(name: string, c: ColumnElement): void {
    this.owners.set(name, c);
  }

  /** A name for the repetition of a column. */
  repeatedName(c: ColumnElement): string {
    const n = this.dedupe++;
    return this.qualified ? c._dedupeAnonTqLabelIdx(n) : c._dedupeAnonLabelIdx(n);
  }

  anonymousName(c: ColumnElement): string {
    return this.qualified ? c._anonTqLabel : c._anonNameLabel;
  }
}

/** With anonForDupeKey, a column that is there twice gets a label the second time. */
export function columnsPlusNames(
  cols: Iterable<ColumnElement>,
  style: SelectLabelStyle,
  anonForDupeKey: boolean,
): ColumnPlusNames[] {
  const keyOf = columnNamingConvention(style);
  const qualified = style === LABEL_STYLE_TABLENAME_PLUS_COL;
  const names = new NameRegister(qualified);
  const out: ColumnPlusNames[] = [];
  for (const c of cols) {
    const named = style === LABEL_STYLE_NONE ? plain(c) : disambiguated(c, names, qualified, anonForDupeKey);
    out.push({ ...named, proxyName: keyOf(c), column: c });
  }
  return out;
}

type Names = Pick<ColumnPlusNames, "requiredLabelName" | "fallbackLabelName" | "repeated">;
const NAMELESS: Names = { requiredLabelName: null, fallbackLabelName: null, repeated: false };

function plain(c: ColumnElement): Names {
  if (!c._renderLabelInColumnsClause) return NAMELESS;
  return { requiredLabelName: null, fallbackLabelName: c._nonAnonLabel || c._anonNameLabel, repeated: false };
}

function disambiguated(
  c: ColumnElement,
  names: NameRegister,
  qualified: boolean,
  anonForDupeKey: boolean,
): Names {
  if (!c._renderLabelInColumnsClause) return NAMELESS;
  const own = qualified ? c._tqLabel : c._nonAnonLabel;
  const effective = own ?? c._expressionLabel;
  if (effective === null) {
    const anonymous = c._anonNameLabel;
    const repeated = names.owner(anonymous) !== undefined;
    names.take(anonymous, c);
    return {
      requiredLabelName: null,
      fallbackLabelName: repeated ? names.repeatedName(c) : anonymous,
      repeated,
    };
  }
  const required = own !== null && !qualified ? null : effective;
  const owner = names.owner(effective);
  if (owner === undefined) {
    names.take(effective, c);
    return { requiredLabelName: required, fallbackLabelName: effective, repeated: false };
  }
  const again = (): Names => {
    const name = names.repeatedName(c);
    return { requiredLabelName: name, fallbackLabelName: name, repeated: true };
  };
  if (owner.hash === c.hash)
    return anonForDupeKey
      ? again()
      : { requiredLabelName: required, fallbackLabelName: effective, repeated: false };
  const name = names.anonymousName(c);
  if (anonForDupeKey && names.owner(name) !== undefined) return again();
  names.take(name, c);
  return { requiredLabelName: name, fallbackLabelName: name, repeated: false };
}

/** Gives each column its key: equal keys are told apart by numbers. */
export function columnNamingConvention(style: SelectLabelStyle): (c: ColumnElement) => string | null {
  const qualified = style === LABEL_STYLE_TABLENAME_PLUS_COL;
  const dedupe = style !== LABEL_STYLE_NONE;
  let anonymous: PrefixAnonMap | undefined;
  const seen = new Set<string>();
  const numbered = (label: string): string => applyAnonMap(label, (anonymous ??= new PrefixAnonMap()));
  return (c) => {
    if (c._isTextClause) return null;
    if (!dedupe) return c._proxyKey ?? "_no_label";
    const name = qualified ? c._tqKeyLabel : c._proxyKey;
    if (name === null) {
      if (seen.has("_no_label")) return numbered(c._anonLabel("_no_label"));
      seen.add("_no_label");
      return "_no_label";
    }
    if (seen.has(name)) return numbered(qualified ? c._anonTqKeyLabel : c._anonKeyLabel);
    seen.add(name);
    return name;
  };
}
