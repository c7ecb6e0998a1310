// The module argparse.
// Behaviour: docs.python.org/3.11/library/argparse.html. Usage wraps at the width that shutil.get_terminal_size gives.
import { HELP } from "./argparse/help.ts";
import { ACTIONS } from "./argparse/actions.ts";
import { PARSER } from "./argparse/parser.ts";
import { definePythonModule } from "./python-source.ts";

definePythonModule("argparse", HELP + ACTIONS + PARSER);
