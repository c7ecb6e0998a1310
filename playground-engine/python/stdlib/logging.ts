// The module logging: loggers in a tree of dotted names, handlers, formatters.
//
// Written in Python, so that a program may subclass and change every part; frames of this source are skipped when a
// record looks for its caller. There are no threads, so handlers' locks hold nothing.
// Behaviour: docs.python.org/3.11/library/logging.html.
import { FORMATS } from "./logging/formats.ts";
import { HANDLERS } from "./logging/handlers.ts";
import { LOGGERS } from "./logging/loggers.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule("logging", FORMATS + HANDLERS + LOGGERS);
