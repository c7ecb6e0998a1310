// What is in a database now, asked anew whenever something may have changed it.
import { useEffect, useState } from "react";
import type { Failure, ShownDatabase } from "../../../../playground-engine/runtime/protocol.ts";
import type { PanelModel } from "../registry.ts";

/** Undefined while it is asked. @param again asks once more when it changes */
export function useDatabase(
  model: PanelModel,
  path: string | undefined,
  again: number,
): ShownDatabase | Failure | undefined {
  const [answer, setAnswer] = useState<ShownDatabase | Failure | undefined>();
  const { revision } = model;
  const { status } = model.run;
  useEffect(() => {
    if (path === undefined || status === "running") return undefined;
    let current = true;
    void model.ask({ kind: "database", path, rows: 100 }).then((a) => {
      if (current)
        setAnswer(a ?? { error: "The engine has nothing to say of this database: run the program again." });
    });
    return () => {
      current = false;
    };
    // the model is a new object after every change: what makes the answer another is its revision
  }, [path, revision, status, again]);
  return answer;
}
