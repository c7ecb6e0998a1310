// What the driver must know about a statement's text before SQLite sees it.
//
// Like CPython's module it looks at the first word only to tell whether a transaction is to be opened. Names of parameters are
// looked for outside of strings, quoted names and comments.

const SPACE_OR_COMMENT = /^(?:[ \t\r\n\f]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/;

/** The text without leading blanks and comments. An open comment reaches to the end. */
export function stripLeading(sql: string): string {
  const rest = sql.replace(SPACE_OR_COMMENT, "");
  return rest.startsWith("/*") ? "" : rest;
}

/** Whether the statement changes rows, judged by its first word as sqlite3 does: this opens a transaction. */
export function isDml(sql: string): boolean {
  return /^(?:insert|update|delete|replace)/i.test(stripLeading(sql));
}

/** Whether the statement can change nothing: a query, or a question about the schema. */
export function onlyReads(sql: string): boolean {
  const rest = stripLeading(sql);
  if (/^(?:select|values|explain)\b/i.test(rest)) return true;
  if (/^with\b/i.test(rest)) return !/\b(?:insert|update|delete|replace)\b/i.test(rest);
  return /^pragma\b[^=]*$/i.test(rest);
}

// One of: a string or quoted name, a comment, a parameter, a word (so that a:b in it does not count), anything else.
const TOKEN =
  /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|[:@$][\w$\u0080-\uffff]+(?:::\w+)*|\?\d*|[\w\u0080-\uffff]+|[\s\S]/g;

/** The named parameters of a statement with their prefix, each once; `?` and `?NNN` are left out. */
export function parameterNames(sql: string): string[] {
  const names = new Set<string>();
  for (const [token] of sql.matchAll(TOKEN)) if (/^[:@$][\w\u0080-\uffff]/.test(token)) names.add(token);
  return [...names];
}

/** A statement with literals in place of its parameters, which are told by their index from 1 and their name. */
export function withLiterals(sql: string, literal: (index: number, name: string) => string): string {
  let last = 0;
  const indexes = new Map<string, number>();
  return sql.replaceAll(TOKEN, (token: string) => {
    if (!/^(?:\?|[:@$][\w\u0080-\uffff])/.test(token)) return token;
    const name = token.slice(1);
    const own = token[0] === "?" && name !== "" ? Number(name) : indexes.get(token);
    const index = own ?? last + 1;
    last = Math.max(last, index);
    if (token !== "?") indexes.set(token, index);
    return literal(index, name);
  });
}

/** A file named by ATTACH or VACUUM INTO: a literal in the text, or a parameter. */
export interface NamedFile {
  readonly literal?: { readonly start: number; readonly end: number; readonly path: string };
  readonly parameter?: string;
}

/** The file that an ATTACH or VACUUM INTO names; undefined for any other statement. */
export function namedFile(sql: string): NamedFile | undefined {
  const rest = stripLeading(sql);
  const head = /^(?:attach(?:\s+database)?|vacuum(?:\s+\w+)?\s+into)\s+/i.exec(rest);
  if (!head) return undefined;
  const operand = rest.slice(head[0].length);
  const literal = /^'((?:[^']|'')*)'/.exec(operand) ?? /^"((?:[^"]|"")*)"/.exec(operand);
  if (literal) {
    const start = sql.length - operand.length;
    return {
      literal: { start, end: start + literal[0].length, path: (literal[1] as string).replaceAll("''", "'") },
    };
  }
  const parameter = /^[:@$]\w+|^\?\d*/.exec(operand);
  return parameter ? { parameter: parameter[0] } : undefined;
}

const ALTER_TABLE =
  /^alter\s+table\s+(?:(?:\w+|"[^"]*"|\[[^\]]*\]|`[^`]*`)\s*\.\s*)?(?:\w+|"[^"]*"|\[[^\]]*\]|`[^`]*`)\s+(?:(alter)\b|(?:add|drop)\s+(constraint|check)\b)/i;

/** The word at which SQLite 3.40, whose behaviour programs are promised, stops reading an ALTER TABLE that later ones know. */
export function unknownAlter(sql: string): string | undefined {
  const found = ALTER_TABLE.exec(stripLeading(sql));
  return found?.[1] ?? found?.[2];
}
