// Operations that say what they would do instead of doing it.
import { MigrationContext, Operations } from "../../../playground-engine/migrations/index.ts";
import "../../../playground-engine/dialects/others.ts";

export interface OpFixture {
  readonly op: Operations;
  /** What was said since the last time, statement by statement, blanks joined. */
  emitted(): string[];
}

export function opFixture(dialect: string, options: Readonly<Record<string, unknown>> = {}): OpFixture {
  let said: string[] = [];
  const buffer = { write: (text: string) => void said.push(text) };
  const opts = new Map<string, unknown>(
    Object.entries({ as_sql: true, output_buffer: buffer, literal_binds: true, ...options }),
  );
  const op = new Operations(MigrationContext.configure(null, null, dialect, null, null, null, opts));
  const emitted = (): string[] => {
    const text = said.join("");
    said = [];
    return text
      .split(/;?\n+(?:GO|\/)\n+|;\n+/)
      .map((statement) => statement.split(/\s+/).join(" ").trim())
      .filter(Boolean);
  };
  return { op, emitted };
}
