// What string literals and f-strings are put together from, and what reading them needs from the parser.
import type { Expr, JoinedStr, Located, Node } from "./ast.ts";
import { EscapeFault } from "./escapes.ts";
import type { TokenTable } from "./tokens.ts";

/** What reading strings needs from the parser. */
export interface StringHost {
  readonly tokens: TokenTable;
  /** Throws a mistake at the token after the strings, as CPython places it. */
  raise(message: string): never;
  /** Throws a mistake that marks a token. */
  raiseAt(message: string, token: number): never;
  /** Parses an f-string's expression, given with its parentheses. */
  parseEmbedded(text: string, line: number, column: number): Expr;
}

/** Collects literal text and f-string expressions into the parts of one literal. */
export class StringParts {
  readonly values: Expr[] = [];
  private pending = "";
  private readonly locate: <K extends Node["_type"]>(type: K) => { _type: K } & Located;
  private readonly kind: string | null;

  constructor(locate: <K extends Node["_type"]>(type: K) => { _type: K } & Located, kind: string | null) {
    this.locate = locate;
    this.kind = kind;
  }

  text(text: string): void {
    this.pending += text;
  }

  expression(value: Expr): void {
    this.flush();
    this.values.push(value);
  }

  plain(): Expr {
    return { ...this.locate("Constant"), value: this.pending, kind: this.kind };
  }

  joined(): JoinedStr {
    this.flush();
    return { ...this.locate("JoinedStr"), values: this.values };
  }

  private flush(): void {
    if (this.pending === "") return;
    this.values.push(this.plain());
    this.pending = "";
  }
}

/** Runs a decoder; what is wrong with an escape is a mistake of the program. */
export function decoded<V>(host: StringHost, decode: () => V): V {
  try {
    return decode();
  } catch (error) {
    if (error instanceof EscapeFault) host.raise(error.message);
    throw error;
  }
}
