// A statement that has become text.
//
// Construction and compilation are two steps (`new C(dialect, statement, options).compile()`): fields of
// subclasses do not exist yet while a base class's constructor runs. DDLCompiler and SQLCompiler extend
// this; TypeCompiler stands beside it. Behaviour: sqlalchemy/sql/compiler.py, Compiled and TypeCompiler.
import { ObjectNotExecutableError, UnsupportedCompilationError } from "../errors/index.ts";
import { host, type Value } from "../util/host.ts";
import { objectRepr } from "../sql/repr.ts";
import type { Executable } from "../sql/base.ts";
import type { CacheKey } from "../sql/cache-key.ts";
import type { ClauseElement } from "../sql/elements/clause.ts";
import { type TypeEngine, usedAsType } from "../sql/types/engine.ts";
import { type CompileOptions as StatementCompileOptions } from "../sql/late.ts";
import { type Visitable } from "../sql/visitable.ts";
import type { CompilingDialect } from "./compiling-dialect.ts";
import type { IdentifierPreparer } from "./identifiers.ts";
import { NO_OPTIONS, optionsFromKwargs, type RenderOptions } from "./render-options.ts";
import type { ResultColumnsEntry } from "./result-map.ts";

/** Schema name (null: none given) → schema name. */
export type SchemaTranslateMap = ReadonlyMap<string | null, string | null>;

export interface CompileOptions extends StatementCompileOptions {
  /** The compiler on whose behalf this one prints a part (str() of a construct of one dialect). */
  readonly supportingAgainst?: Compiled | undefined;
}

export type CompilerState = "compiling" | "string applied" | "no statement";

/** A connection, as far as a compiled statement knows one. */
interface CompiledRunner {
  _executeCompiled(compiled: Compiled, distilledParams: unknown, executionOptions: unknown): unknown;
}

export abstract class Compiled {
  static readonly pyModule: string = "sqlalchemy.sql.compiler";
  readonly dialect: CompilingDialect;
  statement: ClauseElement | null;
  string = "";
  state: CompilerState = "no statement";
  readonly isSql: boolean = false;
  readonly isDdl: boolean = false;
  canExecute = false;
  preparer: IdentifierPreparer;
  schemaTranslateMap: SchemaTranslateMap | null = null;
  cacheKey: CacheKey | null = null;
  resultColumns: ResultColumnsEntry[] = [];
  /** Where the engine keeps what it worked out about results of this statement. */
  cachedMetadata: unknown = null;
  /** Milliseconds at the end of compilation, for "generated in". */
  genTime = 0;
  protected readonly options: CompileOptions;

  constructor(dialect: CompilingDialect, statement: ClauseElement | null, options: CompileOptions = {}) {
    this.dialect = dialect;
    this.statement = statement;
    this.options = options;
    this.preparer = dialect.identifierPreparer;
    const translate = options.schemaTranslateMap;
    if (translate?.size) {
      this.schemaTranslateMap = translate;
      this.preparer = this.preparer.withSchemaTranslate(translate);
    }
  }

  /** Turns the statement into text. Once. */
  compile(): this {
    const statement = this.statement;
    if (statement) {
      this.state = "compiling";
      this.canExecute = statement.supportsExecution;
      const kwargs = this.options.compileKwargs;
      this.string = this.process(statement, kwargs?.size ? optionsFromKwargs(kwargs) : NO_OPTIONS);
      if (this.options.renderSchemaTranslate && this.schemaTranslateMap) {
        this.string = this.preparer.renderSchemaTranslates(this.string, this.schemaTranslateMap);
      }
      this.state = "string applied";
    }
    this.genTime = performance.now();
    return this;
  }

  /** The text of one element. */
  process(element: Visitable, options: RenderOptions = NO_OPTIONS): string {
    return element.acceptVisitor(this, options) as string;
  }

  visitUnsupportedCompilation(element: Visitable, _options: unknown): string {
    throw new UnsupportedCompilationError(this, host.typeOf(element));
  }

  /** `connection.execute(compiled)`. Throws ObjectNotExecutableError for what is no statement. @internal */
  _executeOnConnection(
    connection: CompiledRunner,
    distilledParams: unknown,
    executionOptions: unknown,
  ): unknown {
    if (!this.canExecute) throw new ObjectNotExecutableError(this.statement);
    return connection._executeCompiled(this, distilledParams, executionOptions);
  }

  /** Execution options of the statement. */
  get executionOptions(): ReadonlyMap<string, Value> {
    return this.canExecute ? (this.statement as Executable & ClauseElement)._executionOptions : EMPTY;
  }

  toString(): string {
    return this.state === "string applied" ? this.string : "";
  }

  repr(): string {
    return objectRepr(this);
  }

  /** Parameters by name, as bound; null for DDL. */
  abstract constructParams(): Map<string, Value> | null;

  get params(): Map<string, Value> | null {
    return this.constructParams();
  }
}

const EMPTY: ReadonlyMap<string, Value> = new Map();

/** Prints types. Subclasses have one visit method a `visitName`. */
export abstract class TypeCompiler {
  static readonly pyModule: string = "sqlalchemy.sql.compiler";
  readonly dialect: CompilingDialect;
  constructor(dialect: CompilingDialect) {
    this.dialect = dialect;
  }

  process(type: TypeEngine, options: RenderOptions = NO_OPTIONS): string {
    const { variantMapping } = usedAsType(type, "_variant_mapping");
    return (variantMapping.get(this.dialect.name) ?? type).acceptVisitor(this, options) as string;
  }

  repr(): string {
    return objectRepr(this);
  }

  visitUnsupportedCompilation(element: Visitable, _options: unknown): string {
    throw new UnsupportedCompilationError(this, element);
  }
}
