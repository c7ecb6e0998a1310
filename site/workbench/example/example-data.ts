// What the build writes beside each example, for the page to go on with.
import type { Tab } from "./RunView.tsx";
import type { RunModel } from "../model/run-model.ts";

export interface ExampleData {
  /** Shown as the file's name and in tracebacks. */
  readonly name: string;
  readonly source: string;
  /** Examples of a page that share a session are cells of one console; null stands alone. */
  readonly session: string | null;
  /** What running it showed when the site was built. */
  readonly recorded: RunModel;
  /** The tab to open first, where the page says so. */
  readonly tab?: Tab;
}
