// An exercise as data, and how its program is run: the same in the page and in the tests.
//
// The run is a console of three cells: what is prepared (setup.py), the reader's program (or the fixed program that uses the
// reader's file, drive.py), and a probe that writes the asked-for facts as one line of JSON. The probe reads the
// program's own names and databases after it ended; its statements are not counted.
import type { Cell, WorkspaceFile } from "../../../playground-engine/runtime/protocol.ts";
import type { Check, ExerciseData } from "../../kit/schema.ts";

export interface Exercise {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  /** Python that runs before the reader's program. */
  readonly setup: string | null;
  /** A fixed program that uses the reader's file; null where the reader's program is run itself. */
  readonly drive: string | null;
  /** Python that the facts may use, run after the program. */
  readonly probe: string | null;
  readonly files: readonly WorkspaceFile[];
  readonly start: string;
  readonly solution: string;
  readonly checks: readonly Check[];
  readonly hints: readonly string[];
  readonly wrong: ExerciseData["wrong"];
}

/** The cell whose statements, output and error are judged. */
export const JUDGED = 1;

/** Before the line of JSON that the probe writes. */
export const MARK = "@@facts ";

const asPython = (text: string): string => JSON.stringify(text);

/** The facts that checks ask for after the run, as Python expressions in the order of the checks; "None" for the others. */
function factsOf(checks: readonly Check[]): string[] {
  return checks.map((c) => {
    if ("rows" in c) return `(lambda: __rows(${c.rows.engine ?? "engine"}, ${asPython(c.rows.sql)}))`;
    if ("value" in c) return `(lambda: repr(eval(${asPython(c.value.of)}, globals())))`;
    return "(lambda: None)";
  });
}

function probeCell(x: Exercise): string {
  return [
    "import json as __json",
    "def __rows(engine, sql):",
    "    with engine.connect() as connection:",
    "        return [list(row) for row in connection.exec_driver_sql(sql)]",
    "def __fact(f):",
    "    try:",
    "        return {'ok': f()}",
    "    except Exception as e:",
    "        return {'error': type(e).__name__ + ': ' + str(e)}",
    x.probe ?? "",
    `print(${asPython(MARK)} + __json.dumps([__fact(f) for f in [${factsOf(x.checks).join(", ")}]], default=repr))`,
  ].join("\n");
}

/** What to run for a text of the reader's. */
export function cellsOf(x: Exercise, source: string): { cells: Cell[]; files: WorkspaceFile[] } {
  return {
    cells: [
      { name: "setup.py", source: x.setup ?? "" },
      x.drive === null ? { name: x.file, source } : { name: "drive.py", source: x.drive },
      { name: "checks", source: probeCell(x) },
    ],
    files: x.drive === null ? [...x.files] : [...x.files, { path: x.file, content: source }],
  };
}
