// How a parameter looks in the text, by paramstyle (PEP 249).
import type { ParamStyle } from "./compiling-dialect.ts";

/** Text of the placeholder for a name. */
export type BindTemplate = (name: string) => string;

const pyformat: BindTemplate = (name) => `%(${name})s`;

export const BIND_TEMPLATES: Readonly<Record<ParamStyle, BindTemplate>> = {
  pyformat,
  qmark: () => "?",
  format: () => "%s",
  numeric: () => ":[_POSITION]",
  numeric_dollar: () => "$[_POSITION]",
  named: (name) => `:${name}`,
};

/** Positional styles are compiled with names and put in order afterwards. */
export const compilationTemplate = (style: ParamStyle, positional: boolean): BindTemplate =>
  positional ? pyformat : BIND_TEMPLATES[style];

export const PYFORMAT = /%\(([^)]+?)\)s/g;
/** A parameter that becomes text only when the statement is executed; the second group is what surrounds each value. */
export const POST_COMPILE = /__\[POSTCOMPILE_(\S+?)(~~.+?~~)?\]/g;
export const POSITIONAL = /%\(([^)]+?)\)s|__\[POSTCOMPILE_(\S+?)(~~.+?~~)?\]/g;
