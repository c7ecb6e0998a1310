// Assignment, unpacking, deletion, augmented assignment, patterns of targets.
import type * as ast from "../syntax/ast.ts";
import { text } from "./emit.ts";
import { BINARY, Expressions, INPLACE } from "./expressions.ts";

export abstract class Targets extends Expressions {
  protected put(line: string): void {
    this.fn.put(line);
  }

  /** Statements that assign a JavaScript expression, evaluated once, to a target. */
  protected assign(target: ast.Expr, value: string): void {
    switch (target._type) {
      case "Name":
        this.put(`${this.store(target.id, value)};`);
        break;
      case "Attribute":
        this.put(
          `${this.h("saveAttr")}(${value},${this.expr(target.value)},${text(this.mangled(target.attr))},${this.unit.cache()},${this.at(target)});`,
        );
        break;
      case "Subscript":
        this.put(
          `${this.h("storeItem")}(${value},${this.expr(target.value)},${this.expr(target.slice)},${this.at(target)});`,
        );
        break;
      case "Tuple":
      case "List":
        this.unpack(target, value);
        break;
      case "Starred":
        this.assign(target.value, value);
        break;
      default:
        throw new Error(`no target: ${target._type}`);
    }
  }

  private unpack(target: ast.Tuple | ast.List, value: string): void {
    const parts = this.fn.temp();
    const star = target.elts.findIndex((x) => x._type === "Starred");
    const n = target.elts.length;
    if (star < 0) this.put(`${parts}=${this.h("unpack")}(${value},${n},${this.at(target)});`);
    else this.put(`${parts}=${this.h("unpackStar")}(${value},${star},${n - star - 1},${this.at(target)});`);
    target.elts.forEach((x, i) => this.assign(x, `${parts}[${i}]`));
  }

  protected assignment(s: ast.Assign): void {
    const only = s.targets[0]!;
    if (s.targets.length === 1) {
      if (
        (only._type === "Tuple" || only._type === "List") &&
        (s.value._type === "Tuple" || s.value._type === "List") &&
        this.pairwise(only, s.value)
      )
        return;
      if (only._type === "Name" && s.value._type === "Constant" && s.value.value === null) {
        const name = this.mangled(only.id);
        if (this.fn.scope.isFunction && this.access(name) === "local" && this.fn.sure.has(name)) {
          this.put(this.letGo(this.js(name), "null", s));
          return;
        }
      }
      this.assign(only, this.expr(s.value));
      return;
    }
    const v = this.fn.temp();
    this.put(`${v}=${this.expr(s.value)};`);
    for (const t of s.targets) this.assign(t, v);
  }

  /** `a, b = x, y` without making the tuple. */
  private pairwise(target: ast.Tuple | ast.List, value: ast.Tuple | ast.List): boolean {
    const n = target.elts.length;
    if (n !== value.elts.length || n === 0) return false;
    if ([...target.elts, ...value.elts].some((x) => x._type === "Starred")) return false;
    const temps = value.elts.map((x) => {
      const t = this.fn.temp();
      this.put(`${t}=${this.expr(x)};`);
      return t;
    });
    target.elts.forEach((x, i) => this.assign(x, temps[i]!));
    return true;
  }

  protected augmented(s: ast.AugAssign): void {
    const op = this.h(INPLACE[s.op]);
    const t = s.target;
    switch (t._type) {
      case "Name":
        this.put(`${this.store(t.id, `${op}(${this.load(t.id, t)},${this.expr(s.value)},${this.at(s)})`)};`);
        break;
      case "Attribute": {
        const o = this.fn.temp();
        const name = text(this.mangled(t.attr));
        this.put(`${o}=${this.expr(t.value)};`);
        this.put(
          `${this.h("saveAttr")}(${op}(${this.h("loadAttr")}(${o},${name},${this.unit.cache()},${this.at(t)}),${this.expr(s.value)},${this.at(s)}),${o},${name},${this.unit.cache()},${this.at(t)});`,
        );
        break;
      }
      case "Subscript": {
        const o = this.fn.temp();
        const k = this.fn.temp();
        this.put(`${o}=${this.expr(t.value)};${k}=${this.expr(t.slice)};`);
        this.put(
          `${this.h("storeItem")}(${op}(${this.h("getItem")}(${o},${k},${this.at(t)}),${this.expr(s.value)},${this.at(s)}),${o},${k},${this.at(t)});`,
        );
        break;
      }
      default:
        throw new Error(`no target of ${BINARY[s.op]}`);
    }
  }

  protected del(t: ast.Expr): void {
    switch (t._type) {
      case "Name":
        this.unbind(t.id, t, true);
        break;
      case "Attribute":
        this.put(`${this.h("delAttr")}(${this.expr(t.value)},${text(this.mangled(t.attr))},${this.at(t)});`);
        break;
      case "Subscript":
        this.put(`${this.h("delItem")}(${this.expr(t.value)},${this.expr(t.slice)},${this.at(t)});`);
        break;
      case "Tuple":
      case "List":
        for (const x of t.elts) this.del(x);
        break;
      default:
        throw new Error(`no target of del: ${t._type}`);
    }
  }

  /** Give a variable undefined or null, and see whether its value is gone that somebody may wait for. */
  private letGo(js: string, value: string, node: ast.Located): string {
    return `{const d=${js};${js}=${value};if(${this.h("watching")}.count>0)${this.h("dropped")}(d,${this.at(node)});}`;
  }

  /** Make a variable unbound; `strict` where it must be bound. */
  protected unbind(raw: string, node: ast.Located, strict: boolean): void {
    const name = this.mangled(raw);
    // The end of an except clause runs while an exception may be on its way out: its place must not be overwritten.
    const where = strict ? `,${this.at(node)}` : "";
    switch (this.access(name)) {
      case "local":
      case "free":
        if (strict) this.put(`${this.load(raw, node)};`);
        this.put(strict ? this.letGo(this.js(name), "undefined", node) : `${this.js(name)}=undefined;`);
        this.fn.sure.delete(name);
        break;
      case "global":
        this.put(`${this.h("deleteGlobal")}(${this.unit.cell(name)},${strict}${where});`);
        break;
      default:
        this.put(`${this.h("deleteName")}(N,${text(name)},${strict}${where});`);
    }
  }
}
