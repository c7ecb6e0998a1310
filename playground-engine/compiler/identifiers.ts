// Names as they are printed: quoted where the database would not take them bare, prefixed with schemas, shortened.
//
// A dialect derives its own with other quotes and other reserved words. With a schema_translate_map, schemas print as
// `__[SCHEMA_name]` and are filled in when the statement is executed. Behaviour: SQLAlchemy sql/compiler.py (IdentifierPreparer).
import { CompileError, InvalidRequestError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { md5Hex } from "../util/text.ts";
import {
  applyAnonMap,
  ConvName,
  isAnonymous,
  plainName,
  quoteOf,
  type AnonymousNames,
  type NameArgument,
} from "../sql/names.ts";
import { constraintNameForTable } from "../sql/naming.ts";
import type { Constraint } from "../sql/schema/constraint.ts";
import type { Index } from "../sql/schema/indexes.ts";
import type { SchemaTranslateMap } from "./compiled.ts";

/** Words that SQL itself uses, beyond those of single dialects. */
export const RESERVED_WORDS = words(`
  all analyse analyze and any array as asc asymmetric authorization between binary both case cast check collate column constraint create cross
  current_date current_role current_time current_timestamp current_user default deferrable desc distinct do else end except false for foreign
  freeze from full grant group having ilike in initially inner intersect into is isnull join leading left like limit localtime localtimestamp
  natural new not notnull null off offset old on only or order outer overlaps placing primary references right select session_user set similar
  some symmetric table then to trailing true union unique user using verbose when where`);

export function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

export const LEGAL_CHARACTERS = /^[A-Z0-9_$]+$/i;
export const LEGAL_CHARACTERS_PLUS_SPACE = /^[A-Z0-9_ $]+$/i;
export const ILLEGAL_INITIAL_CHARACTERS: ReadonlySet<string> = new Set("0123456789$");
const TRANSLATED = "__[SCHEMA_";

/** A place in a statement where the name of a schema will stand. */
export function isTranslated(schema: NameArgument): schema is string {
  return typeof schema === "string" && schema.startsWith(TRANSLATED);
}

/** What a preparer asks of its dialect. */
interface NamingDialect {
  readonly paramstyle: string;
  readonly maxIdentifierLength: number;
  readonly maxIndexNameLength?: number | null;
  readonly maxConstraintNameLength?: number | null;
  readonly defaultSchemaName?: string | null;
  validateIdentifier?(name: string): void;
}

interface InSchema {
  readonly schema?: string | null;
  readonly quoteSchema?: boolean | null;
  readonly _useSchemaMap?: boolean;
}
interface NamedElement {
  readonly name?: string | null | undefined;
  readonly quote?: boolean | null | undefined;
}
interface TableElement extends NamedElement, InSchema {}
export interface ColumnLike extends NamedElement {
  readonly isLiteral?: boolean;
  readonly table?: unknown;
}

export interface FormatColumnOptions {
  readonly useTable?: boolean;
  readonly name?: string | null;
  readonly tableName?: string | null;
  readonly useSchema?: boolean;
  readonly anonMap?: AnonymousNames | null;
}

export interface PreparerOptions {
  readonly initialQuote?: string;
  readonly finalQuote?: string;
  readonly escapeQuote?: string;
  readonly quoteCaseSensitiveCollations?: boolean;
  readonly omitSchema?: boolean;
}

export class IdentifierPreparer {
  readonly dialect: NamingDialect;
  readonly initialQuote: string;
  readonly finalQuote: string;
  readonly escapeQuote: string;
  readonly omitSchema: boolean;
  readonly quoteCaseSensitiveCollations: boolean;
  doublePercents: boolean;
  private readonly quoted = new Map<string, string>();
  private translating: "no" | "named" | "all" = "no";

  constructor(dialect: NamingDialect, options: PreparerOptions = {}) {
    this.dialect = dialect;
    this.initialQuote = options.initialQuote ?? '"';
    this.finalQuote = options.finalQuote ?? this.initialQuote;
    this.escapeQuote = options.escapeQuote ?? '"';
    this.omitSchema = options.omitSchema ?? false;
    this.quoteCaseSensitiveCollations = options.quoteCaseSensitiveCollations ?? true;
    this.doublePercents = dialect.paramstyle === "format" || dialect.paramstyle === "pyformat";
  }

  get reservedWords(): ReadonlySet<string> {
    return RESERVED_WORDS;
  }
  get legalCharacters(): RegExp {
    return LEGAL_CHARACTERS;
  }
  get illegalInitialCharacters(): ReadonlySet<string> {
    return ILLEGAL_INITIAL_CHARACTERS;
  }

  // -- schemas --------------------------------------------------------------------------------

  /** The schema to print for a table or sequence; a placeholder where schemas are translated. */
  schemaForObject(item: InSchema): string | null {
    const schema = item.schema ?? null;
    if (
      this.translating === "no" ||
      item._useSchemaMap === false ||
      (schema === null && this.translating === "named")
    )
      return schema;
    if (schema !== null && /[[\]]/.test(schema))
      throw new CompileError(
        `Square bracket characters ([]) not supported in schema translate name '${schema}'`,
      );
    return `${TRANSLATED}${schema || "_none"}]`;
  }

  /** A preparer that prints placeholders for schemas. */
  withSchemaTranslate(map: SchemaTranslateMap): this {
    const made = Object.assign(Object.create(Object.getPrototypeOf(this) as object) as this, this);
    made.translating = map.has(null) ? "all" : "named";
    return made;
  }

  /** Placeholders to schemas. Throws InvalidRequestError where the map's None came or went since compilation. */
  renderSchemaTranslates(statement: string, map: SchemaTranslateMap): string {
    if (map.has(null) && this.translating !== "all")
      throw new InvalidRequestError(
        "schema translate map which previously did not have `None` present as a key now has `None` present; compiled statement may lack adequate placeholders.  " +
          "Please use consistent keys in successive schema_translate_map dictionaries.",
      );
    return statement.replace(/__\[SCHEMA_([^\]]+)\]/g, (_, name: string) => {
      const key = name === "_none" ? null : name;
      let schema: string | null | undefined;
      if (map.has(key)) schema = map.get(key);
      else if (key === null)
        throw new InvalidRequestError(
          "schema translate map which previously had `None` present as a key now no longer has it present; don't know how to apply schema for compiled statement. " +
            "Please use consistent keys in successive schema_translate_map dictionaries.",
        );
      else schema = key;
      schema ||= this.dialect.defaultSchemaName;
      if (!schema)
        throw new CompileError(
          "Dialect has no default schema name; can't use None as dynamic schema target.",
        );
      return this.quoteSchema(schema);
    });
  }

  quoteSchema(schema: NameArgument, quote: boolean | null = null): string {
    return isTranslated(schema) ? schema : this.quote(schema, quote);
  }

  // -- quoting ----------------------------------------------------------------------------------

  protected escapeIdentifier(value: string): string {
    const escaped = value.replaceAll(this.escapeQuote, this.escapeQuote + this.escapeQuote);
    return this.doublePercents ? escaped.replaceAll("%", "%%") : escaped;
  }

  protected unescapeIdentifier(value: string): string {
    return value.replaceAll(this.escapeQuote + this.escapeQuote, this.escapeQuote);
  }

  /** In quotes, whatever the name is. */
  quoteIdentifier(value: NameArgument): string {
    return this.initialQuote + this.escapeIdentifier(plainName(value)) + this.finalQuote;
  }

  requiresQuotes(value: string): boolean {
    const lower = value.toLowerCase();
    return (
      this.reservedWords.has(lower) ||
      this.illegalInitialCharacters.has(value[0] ?? "$") ||
      !this.legalCharacters.test(value) ||
      lower !== value
    );
  }

  requiresQuotesIllegalChars(value: string): boolean {
    return !this.legalCharacters.test(value);
  }

  /** In quotes where told, or where the name needs them. */
  quote(given: NameArgument, force: boolean | null | undefined = null): string {
    const name = plainName(given);
    const quote = quoteOf(given) ?? force;
    if (quote === true) return this.quoteIdentifier(name);
    if (quote === false) return name;
    let text = this.quoted.get(name);
    if (typeof name !== "string") throw noName(name);
    if (text === undefined)
      this.quoted.set(name, (text = this.requiresQuotes(name) ? this.quoteIdentifier(name) : name));
    return text;
  }

  /** The phrase, if it matches. Throws CompileError: a phrase goes into the text as it is. */
  validateSqlPhrase(element: string, allowed: RegExp): string {
    if (typeof element !== "string")
      throw host.error("TypeError", `expected string or bytes-like object, got '${host.typeName(element)}'`);
    if (!allowed.test(element))
      throw new CompileError(
        `Unexpected SQL phrase: ${host.repr(element)} (matching against ${host.repr(allowed.source)})`,
      );
    return element;
  }

  // -- names of things ----------------------------------------------------------------------------

  formatCollation(name: string): string {
    return this.quoteCaseSensitiveCollations ? this.quote(name) : name;
  }

  formatSequence(sequence: TableElement, useSchema = true): string {
    return this.inSchema(sequence, this.quote(sequence.name as string, sequence.quote), useSchema);
  }

  formatLabel(
    label: { readonly name: string; readonly quote?: boolean | null },
    name: string | null = null,
  ): string {
    return this.quote(name ?? label.name, label.quote);
  }

  formatAlias(alias: NamedElement | null, name: string | null = null): string {
    return this.quote(name ?? (alias?.name as string), alias?.quote);
  }

  formatSavepoint(savepoint: { readonly ident: string }, name: string | null = null): string {
    const ident = name ?? savepoint.ident;
    return this.requiresQuotes(ident) ? this.quoteIdentifier(ident) : ident;
  }

  formatTable(
    table: TableElement,
    { useSchema = true, name = null }: { readonly useSchema?: boolean; readonly name?: string | null } = {},
  ): string {
    const text = name === null ? this.quote(table.name as string, table.quote) : this.quote(name);
    return this.inSchema(table, text, useSchema);
  }

  protected inSchema(item: InSchema, text: string, useSchema: boolean): string {
    if (this.omitSchema || !useSchema) return text;
    const schema = this.schemaForObject(item);
    return schema ? `${this.quoteSchema(schema, item.quoteSchema)}.${text}` : text;
  }

  formatSchema(name: string, quote: boolean | null = null): string {
    return this.quote(name, quote);
  }

  formatLabelName(
    name: string,
    { anonMap = null }: { readonly anonMap?: AnonymousNames | null } = {},
  ): string {
    return this.quote(anonMap && isAnonymous(name) ? applyAnonMap(name, anonMap) : name);
  }

  formatColumn(column: ColumnLike, options: FormatColumnOptions = {}): string {
    let name = options.name ?? (column.name as string);
    if (options.anonMap && isAnonymous(name)) name = applyAnonMap(name, options.anonMap);
    const text = column.isLiteral ? name : this.quote(name, options.name == null ? column.quote : null);
    if (!options.useTable) return text;
    return `${this.formatTable(column.table as TableElement, { useSchema: options.useSchema ?? false, name: options.tableName ?? null })}.${text}`;
  }

  /** Schema and name, each printed. */
  formatTableSeq(table: TableElement, useSchema = true): readonly string[] {
    const name = this.formatTable(table, { useSchema: false });
    const schema = this.schemaForObject(table);
    return !this.omitSchema && useSchema && schema
      ? [this.quoteSchema(schema, table.quoteSchema), name]
      : [name];
  }

  // -- constraints and indexes ----------------------------------------------------------------------

  /** The name of a constraint or index; null where it has none. Throws IdentifierError where it is too long. */
  formatConstraint(constraint: Constraint | Index, alembicQuote = true): string | null {
    const named = constraint._isNoneName
      ? constraintNameForTable(constraint, (constraint as Constraint).table)
      : null;
    const name = named ? named.value : constraint.name;
    if (name === null) return null;
    const { dialect } = this;
    const longest =
      constraint.visitName === "index" ? dialect.maxIndexNameLength : dialect.maxConstraintNameLength;
    return this.truncateAndRender(
      name,
      longest || dialect.maxIdentifierLength,
      named !== null || constraint._isConv,
      named ? named.quote : constraint.nameQuote,
      alembicQuote,
    );
  }

  formatIndex(index: Index): string {
    const name = this.formatConstraint(index);
    if (name === null) throw host.error("AssertionError", "");
    return name;
  }

  /** A constraint's name that comes without its constraint. */
  truncateAndRenderConstraintName(name: NameArgument): string {
    const { maxConstraintNameLength, maxIdentifierLength } = this.dialect;
    return this.truncateAndRender(
      plainName(name),
      maxConstraintNameLength || maxIdentifierLength,
      name instanceof ConvName,
      quoteOf(name),
      true,
    );
  }

  /** Names by convention are cut; others must fit. */
  private truncateAndRender(
    name: string,
    longest: number,
    mayCut: boolean,
    quote: boolean | null,
    alembicQuote: boolean,
  ): string {
    let text = name;
    if (mayCut) {
      if (name.length > longest) text = `${name.slice(0, longest - 8)}_${md5Hex(name).slice(-4)}`;
    } else this.dialect.validateIdentifier?.(name);
    return alembicQuote ? this.quote(text, quote) : text;
  }

  // -- reading -----------------------------------------------------------------------------------

  private identifierPattern: RegExp | undefined;

  /** The parts of a dotted name, quotes taken off. */
  unformatIdentifiers(identifiers: string): string[] {
    const escape = (s: string): string => s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    if (!this.identifierPattern) {
      const [initial, final, escaped] = [
        this.initialQuote,
        this.finalQuote,
        this.escapeIdentifier(this.finalQuote),
      ].map(escape) as [string, string, string];
      this.identifierPattern = new RegExp(
        `(?:(?:${initial}((?:${escaped}|[^${final}])+)${final}|([^.]+))(?=\\.|$))+`,
        "g",
      );
    }
    return [...identifiers.matchAll(this.identifierPattern)].map(([, quoted, plain]) =>
      this.unescapeIdentifier((quoted || plain) as string),
    );
  }
}

/** What Python says where a name is no string: it is looked up among the names known to be quoted, then made lower case. */
function noName(value: Value): unknown {
  return host.isHashable(value)
    ? host.noAttribute(value, "lower")
    : host.error("TypeError", `unhashable type: '${host.typeName(value)}'`);
}
