// Splits SQL into tokens to colour: keywords, strings, numbers, names, parameters. Small, because it runs in every page.

export type SqlTokenKind = "keyword" | "string" | "number" | "parameter" | "comment" | "function" | "text";
export interface SqlToken {
  readonly kind: SqlTokenKind;
  readonly text: string;
}

const KEYWORDS = new Set(
  (
    "ABORT ACTION ADD ALL ALTER ALWAYS AND ANY AS ASC AUTOINCREMENT BEGIN BETWEEN BIGINT BLOB BOOLEAN BY CASCADE CASE CAST CHAR CHECK COLLATE COLUMN COMMENT COMMIT CONFLICT CONSTRAINT " +
    "CREATE CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP DATABASE DATE DATETIME DECIMAL DEFAULT DEFERRABLE DELETE DESC DISTINCT DO DOUBLE DROP ELSE END ESCAPE EXCEPT EXISTS EXPLAIN FALSE FETCH FILTER FIRST " +
    "FLOAT FOLLOWING FOR FOREIGN FROM FULL GENERATED GROUP HAVING IDENTITY IF IN INDEX INNER INSERT INT INTEGER INTERSECT INTO IS JOIN JSON KEY LAST LATERAL LEFT LIKE LIMIT MERGE MODIFY NATURAL NEXT NOT NOTHING " +
    "NULL NULLS NUMERIC OF OFFSET ON ONLY OR ORDER OUTER OVER PARTITION PLAN PRAGMA PRECEDING PRIMARY QUERY RANGE RECURSIVE REFERENCES RELEASE RENAME REPLACE RESTRICT RETURNING RIGHT ROLLBACK ROW ROWS SAVEPOINT " +
    "SELECT SERIAL SET SMALLINT STORED STRICT TABLE TEMPORARY TEXT THEN TIME TIMESTAMP TO TRANSACTION TRIGGER TRUE TYPE UNBOUNDED UNION UNIQUE UPDATE USING UUID VALUES VARCHAR VIEW WHEN WHERE WITH WITHOUT"
  ).split(" "),
);

const TOKEN =
  /(--[^\n]*)|('(?:[^']|'')*')|("(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\])|(\?|:[a-zA-Z_]\w*|%\(\w+\)s|%s|\$\d+)|(\b\d+(?:\.\d+)?\b)|([A-Za-z_]\w*)|(\s+|.)/gs;

/** Tokens whose texts joined are the SQL again. */
export function sqlTokens(sql: string): SqlToken[] {
  const out: SqlToken[] = [];
  const push = (kind: SqlTokenKind, text: string): void => {
    const last = out.at(-1);
    const before = out.at(-2);
    // NOT NULL and PRIMARY KEY are one element of the page, not two
    if (kind === "keyword" && before?.kind === kind && last?.kind === "text" && last.text.trim() === "") {
      out.splice(-2, 2, { kind, text: before.text + last.text + text });
    } else if (last && last.kind === kind) out[out.length - 1] = { kind, text: last.text + text };
    else out.push({ kind, text });
  };
  for (const m of sql.matchAll(TOKEN)) {
    const [text, comment, string, , parameter, number, word] = m;
    if (comment !== undefined) push("comment", text);
    else if (string !== undefined) push("string", text);
    else if (parameter !== undefined) push("parameter", text);
    else if (number !== undefined) push("number", text);
    else if (word !== undefined)
      push(
        KEYWORDS.has(word.toUpperCase())
          ? "keyword"
          : sql[m.index + text.length] === "("
            ? "function"
            : "text",
        text,
      );
    else push("text", text);
  }
  return out;
}
