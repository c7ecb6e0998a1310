// The part of the standard library that most programs import, and that the engine itself makes values with. The rest is in
// index.ts and loads when a program names it (runtime/parts.ts).
import "./abc.ts";
import "./collections-abc.ts";
import "./collections.ts";
import "./contextlib.ts";
import "./dataclasses.ts";
import "./datetime.ts";
import "./enum.ts";
import "./functools.ts";
import "./io.ts";
import "./itertools.ts";
import "./logging.ts";
import "./operator.ts";
import "./types.ts";
import "./typing.ts";
import "./warnings.ts";
