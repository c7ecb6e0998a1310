// match: patterns as conditions.
//
// A pattern is written as one JavaScript boolean expression; names are captured in temporaries and bound when the
// whole pattern has matched, as CPython does.
// Behaviour: docs.python.org/3.11/reference/compound_stmts.html#the-match-statement.
import type * as ast from "../syntax/ast.ts";
import { Targets } from "./targets.ts";

type Captures = Map<string, string>;

const isWildcard = (p: ast.Pattern): boolean =>
  p._type === "MatchAs" && p.pattern === null && p.name === null;

export abstract class Patterns extends Targets {
  /** The condition that `subject` (a JavaScript variable) matches; captured names go to temporaries. */
  protected pattern(p: ast.Pattern, subject: string, caught: Captures): string {
    switch (p._type) {
      case "MatchValue":
        return `${this.h("eqCond")}(${subject},${this.expr(p.value)},${this.at(p)})`;
      case "MatchSingleton":
        return `(${subject}===${p.value === null ? "null" : String(p.value)})`;
      case "MatchAs":
        return this.capture(p, subject, caught);
      case "MatchOr":
        return this.alternatives(p, subject, caught);
      case "MatchSequence":
        return this.sequence(p, subject, caught);
      case "MatchMapping":
        return this.mapping(p, subject, caught);
      case "MatchClass":
        return this.classPattern(p, subject, caught);
      case "MatchStar":
        throw new Error("a star pattern out of place");
    }
  }

  private bindTo(name: string, value: string, caught: Captures): string {
    let t = caught.get(name);
    if (t === undefined) caught.set(name, (t = this.fn.temp()));
    return `(${t}=${value},true)`;
  }

  private capture(p: ast.MatchAs, subject: string, caught: Captures): string {
    if (p.pattern === null) return p.name === null ? "true" : this.bindTo(p.name, subject, caught);
    return `(${this.pattern(p.pattern, subject, caught)}&&${this.bindTo(p.name!, subject, caught)})`;
  }

  private alternatives(p: ast.MatchOr, subject: string, caught: Captures): string {
    return `(${p.patterns.map((q) => this.pattern(q, subject, caught)).join("||")})`;
  }

  private sequence(p: ast.MatchSequence, subject: string, caught: Captures): string {
    const star = p.patterns.findIndex((q) => q._type === "MatchStar");
    const n = p.patterns.length;
    const wanted = p.patterns.filter((q) => !(isWildcard(q) || (q._type === "MatchStar" && q.name === null)));
    // what stands beside *_ is asked for by its place; nothing is asked of one whose length is all that counts
    const byPlace = wanted.length === 0 || (star >= 0 && !wanted.includes(p.patterns[star]!));
    const found = this.fn.temp();
    const what = this.h(byPlace ? "matchLength" : "matchSequence");
    const tests = [
      `(${found}=${what}(${subject},${star < 0 ? n : n - 1},${star >= 0},${this.at(p)}))!==undefined`,
    ];
    p.patterns.forEach((q, i) => {
      if (!wanted.includes(q)) return;
      if (q._type === "MatchStar") {
        const rest = `new ${this.h("List")}(${found}.slice(${i},${found}.length-${n - 1 - i}))`;
        tests.push(this.bindTo(q.name!, rest, caught));
        return;
      }
      const v = this.fn.temp();
      const item = byPlace
        ? `${this.h("matchItem")}(${subject},${star >= 0 && i > star ? i - n : i},${this.at(p)})`
        : `${found}[${star >= 0 && i > star ? `${found}.length-${n - i}` : i}]`;
      tests.push(`(${v}=${item},${this.pattern(q, v, caught)})`);
    });
    return `(${tests.join("&&")})`;
  }

  private mapping(p: ast.MatchMapping, subject: string, caught: Captures): string {
    const values = this.fn.temp();
    const keys = this.fn.temp();
    const tests = [
      `(${keys}=[${p.keys.map((k) => this.expr(k)).join(",")}],${values}=${this.h("matchMapping")}(${subject},${keys},${this.at(p)}))!==undefined`,
    ];
    p.patterns.forEach((q, i) => {
      const v = this.fn.temp();
      tests.push(`(${v}=${values}[${i}],${this.pattern(q, v, caught)})`);
    });
    if (p.rest !== null)
      tests.push(this.bindTo(p.rest, `${this.h("mappingRest")}(${subject},${keys})`, caught));
    return `(${tests.join("&&")})`;
  }

  private classPattern(p: ast.MatchClass, subject: string, caught: Captures): string {
    const values = this.fn.temp();
    const tests = [
      `(${values}=${this.h("matchClass")}(${subject},${this.expr(p.cls)},${p.patterns.length},${this.unit.names(p.kwd_attrs)},${this.at(p)}))!==undefined`,
    ];
    [...p.patterns, ...p.kwd_patterns].forEach((q, i) => {
      const v = this.fn.temp();
      tests.push(`(${v}=${values}[${i}],${this.pattern(q, v, caught)})`);
    });
    return `(${tests.join("&&")})`;
  }

  /** Bind what a pattern captured. */
  protected bindCaptures(caught: Captures): void {
    for (const [name, t] of caught) this.put(`${this.store(name, t)};`);
  }
}
