// The same statements as other databases would be sent them.
import { useEffect, useRef, useState } from "react";
import type { AlsoIn, ShownStatement } from "../../../../playground-engine/runtime/protocol.ts";
import type { PanelModel } from "../registry.ts";
import type { RowProps } from "./Sql.tsx";

/** Statements in another database's SQL, asked for one by one as they come into view. */
export function useAlso(model: PanelModel, dialect: string): RowProps["also"] {
  const [answers, setAnswers] = useState<ReadonlyMap<string, readonly AlsoIn[] | null>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = useRef(new Map<string, ShownStatement>());
  useEffect(() => {
    asked.current.clear();
    setAnswers(new Map());
  }, [model.run]);
  useEffect(() => {
    for (const [sql, s] of wanted.current) {
      if (asked.current.has(sql)) continue;
      asked.current.add(sql);
      void model.ask({ kind: "also", statement: s.id, sql }).then((answer) => {
        setAnswers((now) => new Map(now).set(sql, answer ?? null));
      });
    }
    wanted.current.clear();
  });
  if (dialect === "") return undefined;
  return (s) => {
    const answer = answers.get(s.sql);
    if (answer === undefined) {
      wanted.current.set(s.sql, s);
      return { sql: null, note: "…" };
    }
    if (answer === null)
      return {
        sql: null,
        note: "As it ran: the engine no longer has this statement; run again to see it in other SQL.",
      };
    const found = answer.find((a) => a.dialect === dialect);
    return { sql: found?.sql ?? null, note: found?.error ?? null };
  };
}
