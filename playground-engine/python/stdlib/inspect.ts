// The module inspect.
// Behaviour: docs.python.org/3.11/library/inspect.html. Signatures of built-in functions come from their tables.
import { OBJECTS } from "./inspect/objects.ts";
import { SIGNATURES } from "./inspect/signatures.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule("inspect", OBJECTS + SIGNATURES);
