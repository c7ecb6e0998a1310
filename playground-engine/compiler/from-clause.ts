// Members of FROM: tables, joins, aliases and subqueries, LATERAL, TABLESAMPLE, VALUES.
//
// Behaviour: sqlalchemy/sql/compiler.py, visit_table_valued_alias … visit_scalar_values, visit_table, visit_join.
import { CompileError } from "../errors/index.ts";
import { Tuple } from "../sql/elements/clause-list.ts";
import type {
  Alias,
  AliasedReturnsRows,
  CTE,
  Subquery,
  TableSample,
  TableValuedAlias,
} from "../sql/selectable/alias.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import type { HasCTE } from "../sql/selectable/has-cte.ts";
import type { Join } from "../sql/selectable/join.ts";
import type { TableClause } from "../sql/selectable/table-clause.ts";
import type { ScalarValues, Values } from "../sql/selectable/values.ts";
import { isAnonymous } from "../sql/names.ts";
import { OperatorCompiler, deClone } from "./operator-expressions.ts";
import type { Hints, RenderOptions } from "./render-options.ts";

export abstract class FromCompiler extends OperatorCompiler {
  /** What stands for FROM in a SELECT without one: " FROM DUAL". */
  defaultFrom(): string {
    return "";
  }

  getRenderAsAliasSuffix(aliasName: string): string {
    return ` AS ${aliasName}`;
  }

  visitTable(table: TableClause, options: RenderOptions): string {
    options.fromLinter?.froms.set(table, table.fullname);
    if (!options.asfrom && !options.ashint) return "";
    const preparer = this.preparer;
    const schema = preparer.schemaForObject(table);
    let text = preparer.quote(table.name, table.quote);
    if (schema && options.useSchema !== false) {
      const { quoteSchema } = table as { readonly quoteSchema?: boolean | null };
      text = `${preparer.quoteSchema(schema, quoteSchema)}.${text}`;
    } else if (!schema && (options.enclosingAlias as Alias | undefined)?.element !== table) {
      const other = options.ambiguousTableNameMap?.get(table.name);
      if (other !== undefined)
        text += this.getRenderAsAliasSuffix(
          preparer.formatAlias(null, this.truncatedIdentifier("alias", other)),
        );
    }
    return this.#withHint(text, table, options);
  }

  #withHint(text: string, from: FromClause, options: RenderOptions): string {
    const hint = options.fromhints?.get(from);
    return hint === undefined ? text : this.formatFromHintText(text, from, hint, options.iscrud ?? false);
  }

  visitJoin(join: Join, options: RenderOptions): string {
    options.fromLinter?.connect(deClone(join.left._fromObjects), deClone(join.right._fromObjects));
    const word = join.full ? " FULL OUTER JOIN " : join.isouter ? " LEFT OUTER JOIN " : " JOIN ";
    const side = options.asfrom ? options : { ...options, asfrom: true };
    const onclause = options.asfrom ? { ...options, asfrom: undefined } : options;
    return `${this.process(join.left, side)}${word}${this.process(join.right, side)} ON ${this.process(join.onclause!, onclause)}`;
  }

  // -- aliases ----------------------------------------------------------------------------

  protected aliasName(alias: { readonly name: string }): string {
    return isAnonymous(alias.name) ? this.truncatedIdentifier("alias", alias.name) : alias.name;
  }

  visitAlias(alias: AliasedReturnsRows, options: RenderOptions): string {
    const { asfrom, ashint, lateral, subquery, fromLinter } = options;
    const inner: RenderOptions = {
      ...options,
      asfrom: undefined,
      ashint: undefined,
      iscrud: undefined,
      fromhints: undefined,
      subquery: undefined,
      fromLinter: undefined,
      enclosingAlias: alias,
    };
    if (lateral) {
      inner.enclosingLateral ??= alias;
      // what is compared inside connects FROM elements outside
      if (fromLinter) inner.lateralFromLinter ??= fromLinter;
    }
    if ((options.enclosingAlias as AliasedReturnsRows | undefined)?.element === alias) {
      const text = this.process(alias.element, {
        ...inner,
        asfrom,
        ashint,
        iscrud: options.iscrud,
        fromhints: options.fromhints,
      });
      return subquery && (asfrom || lateral) ? `(${text})` : text;
    }
    if (!asfrom && !ashint) return this.process(alias.element, inner);
    const name = this.aliasName(alias);
    if (ashint) return this.preparer.formatAlias(alias, name);
    fromLinter?.froms.set(alias._deClone(), name);
    let text = this.process(alias.element, { ...inner, asfrom: true });
    if (subquery) text = `(${text})`;
    text += this.getRenderAsAliasSuffix(this.preparer.formatAlias(alias, name));
    if (alias._supportsDerivedColumns && (alias as TableValuedAlias)._renderDerived)
      text += `(${this.#derivedColumns(alias as TableValuedAlias, inner)})`;
    return this.#withHint(text, alias, options);
  }

  #derivedColumns(alias: TableValuedAlias, options: RenderOptions): string {
    return [...alias.c]
      .map((c) => {
        const name = this.preparer.quote(c.name as string, c.quote);
        return alias._renderDerivedWTypes
          ? `${name} ${this.dialect.typeCompilerInstance.process(c.type, options)}`
          : name;
      })
      .join(", ");
  }

  visitTableValuedAlias(alias: TableValuedAlias, options: RenderOptions): string {
    if (alias.joinsImplicitly) options = { ...options, fromLinter: undefined };
    return alias._isLateral ? this.visitLateral(alias, options) : this.visitAlias(alias, options);
  }

  visitSubquery(subquery: Subquery, options: RenderOptions): string {
    return this.visitAlias(subquery, { ...options, subquery: true });
  }

  visitLateral(lateral: AliasedReturnsRows, options: RenderOptions): string {
    return `LATERAL ${this.visitAlias(lateral, { ...options, lateral: true })}`;
  }

  visitTablesample(sample: TableSample, options: RenderOptions): string {
    const inner = { ...options, asfrom: undefined };
    let text = `${this.visitAlias(sample, { ...options, asfrom: true })} TABLESAMPLE ${this.process(sample._getMethod(), inner)}`;
    if (sample.seed) text += ` REPEATABLE (${this.process(sample.seed, inner)})`;
    return text;
  }

  // -- VALUES -----------------------------------------------------------------------------

  protected renderValues(values: Values | ScalarValues, options: RenderOptions): string {
    const inner =
      options.literalBinds === undefined ? { ...options, literalBinds: values.literalBinds } : options;
    const rows: string[] = [];
    for (const chunk of values._data) {
      for (const row of chunk)
        rows.push(this.process(new Tuple([...row], { types: values._columnTypes }).selfGroup(), inner));
    }
    return `VALUES ${rows.join(", ")}`;
  }

  visitValues(values: Values, options: RenderOptions): string {
    const { asfrom, fromLinter, visitingCte } = options;
    const inner = { ...options, asfrom: undefined, fromLinter: undefined, visitingCte: undefined };
    this.dispatchIndependentCtes(values, inner);
    const text = this.renderValues(values, inner);
    if (!asfrom) return text;
    const name = values._unnamed
      ? null
      : isAnonymous(values.name)
        ? this.truncatedIdentifier("values", values.name)
        : values.name;
    fromLinter?.froms.set(values._deClone(), name ?? "(unnamed VALUES element)");
    if (visitingCte && (visitingCte as CTE).element === values) {
      if (values._isLateral) throw new CompileError("Can't use a LATERAL VALUES expression inside of a CTE");
      return text;
    }
    const lateral = values._isLateral ? "LATERAL " : "";
    if (!name) return `${lateral}(${text})`;
    const bare = { ...inner, includeTable: false };
    const columns = [...values.columns].map((c) => this.process(c, bare)).join(", ");
    return `${lateral}(${text})${this.getRenderAsAliasSuffix(this.preparer.quote(name, null))} (${columns})`;
  }

  visitScalarValues(values: ScalarValues, options: RenderOptions): string {
    return `(${this.renderValues(values, options)})`;
  }

  /** CTEs added by add_cte(). */
  protected abstract dispatchIndependentCtes(statement: HasCTE, options: RenderOptions): void;

  // -- hints: dialects that have them override ----------------------------------------------

  formatFromHintText(text: string, table: FromClause, hint: string, _iscrud: boolean): string {
    const hintText = this.getFromHintText(table, hint);
    return hintText ? `${text} ${hintText}` : text;
  }

  getSelectHintText(_byFroms: Hints): string | null {
    return null;
  }

  getFromHintText(_table: FromClause, _text: string): string | null {
    return null;
  }

  getCrudHintText(_table: FromClause, _text: string): string | null {
    return null;
  }

  getStatementHintText(hintTexts: readonly string[]): string {
    return hintTexts.join(" ");
  }
}
