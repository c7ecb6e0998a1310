// An exception that ended a program, as data for the page.
import { getAttrOrUndefined } from "../python/runtime/attributes.ts";
import { E, excInfo, isInstanceOf } from "../python/runtime/exceptions.ts";
import { PyTraceback } from "../python/runtime/frames.ts";
import { asStr, typeOf, type Value } from "../python/runtime/object.ts";
import { str } from "../python/runtime/repr.ts";
import type { Frame, ShownError } from "./protocol.ts";
import { ROOT } from "./workspace.ts";

/** Name of an exception's class with its module: "sqlalchemy.exc.IntegrityError"; built-in ones bare. */
export function qualifiedType(e: Value): string {
  const t = typeOf(e);
  return t.module === "builtins" ? t.qualname : `${t.module}.${t.qualname}`;
}

export function framesOf(e: Value): Frame[] {
  const out: Frame[] = [];
  for (let tb = excInfo(e).traceback; tb instanceof PyTraceback; tb = tb.next) {
    out.push({ file: shortPath(tb.frame.code.filename), line: tb.lineno, function: tb.frame.code.name });
  }
  return out;
}

function shortPath(path: string): string {
  return path.startsWith(`${ROOT}/`) ? path.slice(ROOT.length + 1) : path;
}

/** Undefined for SystemExit, which is no error to show. */
export function describeError(e: Value, traceback: string, file: string): ShownError | undefined {
  if (isInstanceOf(e, E.SystemExit)) return undefined;
  const message = str(e);
  const shown: ShownError = {
    type: typeOf(e).name,
    qualified: qualifiedType(e),
    message,
    traceback,
    frames: framesOf(e),
  };
  if (!isInstanceOf(e, E.SyntaxError)) return shown;
  const number = (name: string, otherwise: number): number => {
    const v = getAttrOrUndefined(e, name);
    return typeof v === "number" ? v : otherwise;
  };
  const line = number("lineno", 0);
  if (line < 1) return shown;
  const column = Math.max(1, number("offset", 1));
  const name = asStr(getAttrOrUndefined(e, "filename") ?? null) ?? file;
  return {
    ...shown,
    at: {
      file: shortPath(name),
      line,
      column,
      endLine: Math.max(line, number("end_lineno", line)),
      endColumn: Math.max(column, number("end_offset", column)),
    },
  };
}
