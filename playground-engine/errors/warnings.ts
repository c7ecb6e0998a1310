// SQLAlchemy's warnings: their class tree by name, and the functions that issue them.
//
// A warning has no class of ours: the host shows it under its category's name. Links to the background are part of the
// text, as str(warning) gives it. Behaviour: SQLAlchemy exc.py, util/langhelpers.py, util/deprecations.py.
import { host } from "../util/host.ts";
import { backgroundLink } from "./base.ts";

export interface WarningClass {
  readonly name: string;
  readonly module: string;
  /** The name of its parent, ours or Python's. */
  readonly base: string;
}

const exc = (name: string, base: string): WarningClass => ({ name, module: "sqlalchemy.exc", base });

/** In an order in which each parent comes first. */
export const WARNING_CLASSES: readonly WarningClass[] = [
  exc("SATestSuiteWarning", "Warning"),
  exc("SADeprecationWarning", "DeprecationWarning"),
  exc("Base20DeprecationWarning", "SADeprecationWarning"),
  exc("LegacyAPIWarning", "Base20DeprecationWarning"),
  exc("MovedIn20Warning", "Base20DeprecationWarning"),
  exc("SAPendingDeprecationWarning", "PendingDeprecationWarning"),
  exc("SAWarning", "RuntimeWarning"),
];

// Messages may be tagged with what the engine is doing ("This warning originated from …"): innermost last.
const tags: string[] = [];

/** Run fn; every warning inside it ends with ` (tag)`. */
export function tagWarnings<T>(tag: string, fn: () => T): T {
  tags.push(tag);
  try {
    return fn();
  } finally {
    tags.pop();
  }
}

/** Issue an SAWarning. */
export function warn(message: string, code?: string): void {
  let text = code ? `${message} ${backgroundLink(code, "warning")}` : message;
  const tag = tags.at(-1);
  if (tag) text += ` (${tag})`;
  host.warn("SAWarning", text);
}

/** Issue an SAWarning whose text varies without end: says that it may be suppressed. */
export function warnLimited(message: string): void {
  warn(`${message} (this warning may be suppressed after 10 occurrences)`);
}

/** Issue a deprecation warning; `message` is complete, "(deprecated since: x)" included where the real one says it. */
export function warnDeprecated(
  message: string,
  options: {
    readonly code?: string;
    readonly category?: "SADeprecationWarning" | "LegacyAPIWarning" | "MovedIn20Warning";
  } = {},
): void {
  const category = options.category ?? "SADeprecationWarning";
  let text = options.code ? `${message} ${backgroundLink(options.code)}` : message;
  if (category !== "SADeprecationWarning")
    text += " (Background on SQLAlchemy 2.0 at: https://sqlalche.me/e/b8d9)";
  host.warn(category, text);
}
