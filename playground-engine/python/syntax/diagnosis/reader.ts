// The base of diagnosis: rules that may or may not match, on the same tokens as the parser.
//
// CPython finds the place and the words of an error by reading the program twice with a backtracking (PEG) parser: once
// to learn how far any rule got (`reach`), and again with extra rules for well-known mistakes. Which message a program gets
// depends on the order in which rules are tried and on what they remember, so this part does as CPython does, which
// the parser proper, made for speed, does not. It runs only on programs that are wrong.
//
// A rule returns something true if it matched, and otherwise null or false with the position where it was.
import { PySyntaxError } from "../errors.ts";
import type { SyntaxErrorKind } from "../errors.ts";
import { Source } from "../source.ts";
import type { ParseContext, Place } from "../source.ts";
import * as T from "../tokens.ts";
import type { TokenTable } from "../tokens.ts";
import type { Sketch } from "./sketch.ts";

export type Match = Sketch | null;
/** Whether a rule matched, where nothing is made of it. */
export type Found = object | boolean | null;
type Falsy = null | false | undefined;
type Rule<R> = () => R | Falsy;

export class Reader extends Source {
  protected pos = 0;
  /** The last token any rule has looked at. */
  reach = -1;
  /** Second reading: rules for well-known mistakes apply. */
  hunting = false;
  private memory: Map<string, Map<number, { result: unknown; pos: number }>> = new Map();

  constructor(tokens: TokenTable, context: ParseContext) {
    super(tokens, context);
  }

  /** Back to the start, for the second reading. */
  protected restart(): void {
    this.pos = 0;
    this.memory.clear();
    this.hunting = true;
  }

  // ---- matching

  /** The kind of the next token. @throws PySyntaxError if the tokenizer gave up there */
  protected look(by = 0): number {
    const at = this.pos + by;
    const kind = this.tokens.kind[at] as number;
    if (at > this.reach) {
      this.reach = at;
      if (kind === T.ERROR) throw this.tokens.error as PySyntaxError;
    }
    return kind;
  }

  protected eat(kind: number): boolean {
    if (this.look() !== kind) return false;
    this.pos++;
    return true;
  }

  protected eatWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.pos++;
    return true;
  }

  protected isWord(word: string): boolean {
    return this.look() === T.NAME && this.tokens.text[this.pos] === word;
  }

  /** A rule of several steps: undone if one of them fails. */
  protected all<R>(rule: Rule<R>): R | null {
    const pos = this.pos;
    const result = rule();
    if (result) return result;
    this.pos = pos;
    return null;
  }

  /** Does the rule match here? Nothing is consumed. */
  protected ahead(rule: Rule<unknown>): boolean {
    const pos = this.pos;
    const result = rule();
    this.pos = pos;
    return Boolean(result);
  }

  /** A part that may be missing. */
  protected maybe(rule: Rule<unknown>): true {
    this.all(rule);
    return true;
  }

  protected many<R>(rule: Rule<R>): R[] {
    const found: R[] = [];
    for (let one = this.all(rule); one !== null; one = this.all(rule)) found.push(one);
    return found;
  }

  protected some<R>(rule: Rule<R>): R[] | null {
    const found = this.many(rule);
    return found.length > 0 ? found : null;
  }

  /** One or more with commas between. */
  protected separated<R>(rule: Rule<R>): R[] | null {
    const first = this.all(rule);
    if (first === null) return null;
    return [first, ...this.many(() => this.eat(T.COMMA) && this.all(rule))];
  }

  /** A rule whose outcome at a place is remembered: also from a reading without the hunt for mistakes. */
  protected once<R>(name: string, rule: Rule<R>): R | null {
    let places = this.memory.get(name);
    if (places === undefined) this.memory.set(name, (places = new Map()));
    const known = places.get(this.pos);
    if (known !== undefined) {
      this.pos = known.pos;
      return known.result as R | null;
    }
    const start = this.pos;
    const result = rule() || null;
    if (result === null) this.pos = start;
    places.set(start, { result, pos: this.pos });
    return result;
  }

  /** A rule for a mistake, tried on the second reading only. */
  protected hunt(rule: Rule<unknown>): null {
    if (this.hunting) this.all(rule);
    return null;
  }

  protected withoutHunting<R>(rule: Rule<R>): R | null {
    const before = this.hunting;
    this.hunting = false;
    const result = this.all(rule);
    this.hunting = before;
    return result;
  }

  protected sketch(type: string, first: number, rest: { parts?: Sketch[]; word?: string } = {}): Sketch {
    return { type, first, last: this.pos - 1, ...rest };
  }

  // ---- mistakes

  /** At the last token read. */
  raise(message: string, kind: SyntaxErrorKind = "SyntaxError"): never {
    throw this.mistakeAtReach(message, this.reach, kind);
  }

  protected raiseAt(message: string, from: { first: number; last: number }, to = from): never {
    throw this.mistake(message, this.placeOfTokens(from.first, to.last), this.reach);
  }

  raiseAtToken(message: string, token: number): never {
    throw this.mistake(message, this.placeOfTokens(token), this.reach);
  }

  /** From there to where the tokenizer stands. */
  protected raiseFrom(message: string, token: number): never {
    throw this.mistakeFrom(message, this.placeOfTokens(token), this.reach);
  }

  protected raiseAtPlace(message: string, place: Place): never {
    throw this.mistake(message, place, this.reach);
  }

  /** How many brackets are open after a token. */
  protected bracketLevel(token: number): number {
    const { kind } = this.tokens;
    let level = 0;
    for (let i = 0; i <= token; i++) {
      const k = kind[i] as number;
      if (k === T.LPAR || k === T.LSQB || k === T.LBRACE) level++;
      else if (k === T.RPAR || k === T.RSQB || k === T.RBRACE) level--;
    }
    return level;
  }
}
