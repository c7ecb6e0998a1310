// A .sqlite file of the reader's own: it goes into the workspace, with a program that reflects it.
import type { PanelModel } from "../registry.ts";
import { isSqlite } from "../../../../playground-engine/runtime/content.ts";

const MOST_BYTES = 50_000_000;

/** A program that finds classes for the tables of a database. */
function automapProgram(path: string): string {
  return `from sqlalchemy import create_engine, inspect, select
from sqlalchemy.ext.automap import automap_base
from sqlalchemy.orm import Session

engine = create_engine("sqlite:///${path}")

# a class for each table with a primary key, relationships where foreign keys lead
Base = automap_base()
Base.prepare(autoload_with=engine)

for cls in Base.classes:
    print(cls.__name__, [attribute.key for attribute in inspect(cls).attrs])

unmapped = set(inspect(engine).get_table_names()) - set(Base.metadata.tables)
if unmapped:
    print("without a class:", sorted(unmapped))

with Session(engine) as session:
    for cls in Base.classes:
        print()
        print(cls.__name__)
        for row in session.scalars(select(cls).limit(3)):
            print({c.key: getattr(row, c.key) for c in inspect(cls).column_attrs})
`;
}

/** Gives what to tell the reader; nothing of the workspace is lost whatever comes. */
export async function openDatabase(model: PanelModel, file: File): Promise<string> {
  if (file.size > MOST_BYTES)
    return `${file.name} has ${Math.round(file.size / 1e6)} MB; up to ${MOST_BYTES / 1e6} MB can be opened here.`;
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (!isSqlite(bytes)) return `${file.name} is no SQLite database.`;
  const path = freeName(model, file.name.replace(/[^\w.-]+/g, "_"));
  const program = freeName(model, `explore_${path.replace(/\.\w+$/, "")}.py`);
  model.write(
    [
      { path, content: bytes },
      { path: program, content: automapProgram(path) },
    ],
    program,
  );
  return `${path} is in the workspace; run ${program} to see its classes.`;
}

function freeName(model: PanelModel, name: string): string {
  if (!model.files.has(name)) return name;
  const [, stem, ending] = /^(.*?)(\.\w+)?$/.exec(name)!;
  for (let n = 2; ; n++) {
    const next = `${stem}-${n}${ending ?? ""}`;
    if (!model.files.has(next)) return next;
  }
}
