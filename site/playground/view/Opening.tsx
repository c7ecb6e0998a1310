// What stands in the playground's place until the workspace is there: its outline, and for a new reader the program that it will open
// with. Drawn when the site is built and again by the page's script, so that nothing moves in between.
import type { ReactElement } from "react";
import { starter } from "../model/ready.ts";

export function Opening(): ReactElement {
  return (
    <div className="pg pg-opening">
      <div className="pg-openingbar">
        <p className="pg-openingtext">Opening your workspace…</p>
      </div>
      <pre className="pg-waiting" aria-hidden="true">
        {String(starter.files.get(starter.open ?? ""))}
      </pre>
    </div>
  );
}
