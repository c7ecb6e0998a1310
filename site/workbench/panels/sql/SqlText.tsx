// SQL, coloured.
import { memo, type ReactElement } from "react";
import { sqlTokens } from "../../model/sql-tokens.ts";

export const SqlText = memo(function SqlText({ sql }: { readonly sql: string }): ReactElement {
  return (
    <code className="mw-sql">
      {sqlTokens(sql).map((t, i) =>
        t.kind === "text" ? (
          t.text
        ) : (
          <span key={i} className={`mw-t-${t.kind}`}>
            {t.text}
          </span>
        ),
      )}
    </code>
  );
});
