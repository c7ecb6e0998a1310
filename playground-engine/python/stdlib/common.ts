// The part of the standard library that the engine itself makes values with: there from the start. The rest loads when a
// program names it (table.ts, runtime/parts.ts).
import "./abc.ts";
import "./collections-abc.ts";
import "./datetime.ts";
import "./io.ts";
import "./linecache.ts";
import "./operator.ts";
import "./types.ts";
import "./typing.ts";
import "./warnings.ts";
