// The SQL panel as a tab of the workbench.
import { type ReactElement, useState } from "react";
import type { PanelProps } from "../registry.ts";
import { Sql } from "./Sql.tsx";

export function SqlPanel({ model }: PanelProps): ReactElement {
  const [inlined, setInlined] = useState(false);
  return (
    <Sql
      run={model.run}
      inlined={inlined}
      onInlined={setInlined}
      line={model.place?.line ?? null}
      onLine={(line) => model.light(line === null ? null : { file: "", line })}
    />
  );
}
