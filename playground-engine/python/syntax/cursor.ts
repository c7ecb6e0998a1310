// What every part of the parser stands on: a position in the token table, the positions of nodes, and failing.
//
// The parser proper only finds out *that* a program is wrong. It throws FAILURE, which carries nothing; diagnosis/ then
// reads the program again to say *what* is wrong. So valid programs pay nothing for messages.
import type { Located, Node } from "./ast.ts";
import { Source } from "./source.ts";
import type { ParseContext } from "./source.ts";
import * as T from "./tokens.ts";
import type { TokenTable } from "./tokens.ts";

/** Thrown where no rule of the grammar goes on. */
export const FAILURE = { failure: "syntax" };

export class Cursor extends Source {
  protected readonly kinds: Uint8Array;
  protected pos = 0;

  constructor(tokens: TokenTable, context: ParseContext) {
    super(tokens, context);
    this.kinds = tokens.kind;
  }

  protected kind(): number {
    return this.kinds[this.pos] as number;
  }

  protected ahead(by: number): number {
    return this.kinds[this.pos + by] ?? T.ENDMARKER;
  }

  protected fail(): never {
    throw FAILURE;
  }

  protected expect(kind: number): void {
    if (this.kinds[this.pos] !== kind) this.fail();
    this.pos++;
  }

  protected accept(kind: number): boolean {
    if (this.kinds[this.pos] !== kind) return false;
    this.pos++;
    return true;
  }

  protected name(): string {
    if (this.kinds[this.pos] !== T.NAME) this.fail();
    return this.tokens.text[this.pos++] as string;
  }

  /** Is the token a name with this text? For soft keywords. */
  protected isWord(word: string): boolean {
    return this.kinds[this.pos] === T.NAME && this.tokens.text[this.pos] === word;
  }

  /** Runs a rule that may turn out not to apply: at a failure the position is as before. */
  protected attempt<N>(rule: () => N): N | undefined {
    const pos = this.pos;
    try {
      return rule();
    } catch (error) {
      if (error !== FAILURE) throw error;
      this.pos = pos;
      return undefined;
    }
  }

  /** The head of a node that reaches from token `start` to the token before the position. */
  protected node<K extends Node["_type"]>(type: K, start: number): { _type: K } & Located {
    const { line, col, endLine, endCol } = this.tokens;
    const last = this.pos - 1;
    return {
      _type: type,
      lineno: line[start] as number,
      col_offset: col[start] as number,
      end_lineno: endLine[last] as number,
      end_col_offset: endCol[last] as number,
    };
  }
}
