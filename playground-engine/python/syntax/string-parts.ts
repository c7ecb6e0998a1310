// What string literals and f-strings are put together from, and what reading them needs from the parser.
import type { Expr, JoinedStr, Located, Node } from "./ast.ts";
import { EscapeFault } from "./escapes.ts";
import type { ParseContext } from "./source.ts";
import type { TokenTable } from "./tokens.ts";

/** What reading strings needs from the parser. */
export interface StringHost {
  readonly tokens: TokenTable;
  readonly context: ParseContext;
  /** Throws a mistake at the token after the strings, as CPython places it. */
  raise(message: string): never;
  /** Throws a mistake that marks a token. */
  raiseAtToken(message: string, token: number): never;
}

/** The head of a node that reaches from one string token to another, and the `kind` its constants have. */
export interface Stretch {
  node<K extends Node["_type"]>(type: K): { _type: K } & Located;
  kind: string | null;
}

export function stretch(tokens: TokenTable, first: number, last: number): Stretch {
  const { source, start, line, col, endLine, endCol } = tokens;
  return {
    node: (type) => ({
      _type: type,
      lineno: line[first] as number,
      col_offset: col[first] as number,
      end_lineno: endLine[last] as number,
      end_col_offset: endCol[last] as number,
    }),
    kind: source[start[first] as number] === "u" ? "u" : null,
  };
}

/** Collects literal text and f-string expressions into the parts of one literal. */
export class StringParts {
  readonly values: Expr[] = [];
  private pending = "";

  text(text: string): void {
    this.pending += text;
  }

  /** @param where the stretch that the text before the expression is said to cover */
  expression(value: Expr, where: Stretch): void {
    this.flush(where);
    this.values.push(value);
  }

  plain(where: Stretch): Expr {
    return { ...where.node("Constant"), value: this.pending, kind: where.kind };
  }

  joined(where: Stretch): JoinedStr {
    this.flush(where);
    return { ...where.node("JoinedStr"), values: this.values };
  }

  private flush(where: Stretch): void {
    if (this.pending === "") return;
    this.values.push(this.plain(where));
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
