// Operators that only PostgreSQL has. Behaviour: SQLAlchemy dialects/postgresql/operators.py.
import { CustomOp } from "../../sql/operators.ts";

const GETITEM_PRECEDENCE = 15;
const COMPARISON_PRECEDENCE = 5;

/** Reaches into a value: binds as an index does. */
const access = (text: string): CustomOp => new CustomOp(text, GETITEM_PRECEDENCE, false, null, true, true);
/** Asks whether a value has something. */
const question = (text: string): CustomOp =>
  new CustomOp(text, COMPARISON_PRECEDENCE, true, null, true, true);
const comparison = (text: string): CustomOp => new CustomOp(text, COMPARISON_PRECEDENCE, true);

// json, jsonb
export const ASTEXT = access("->>");
export const JSONPATH_ASTEXT = access("#>>");
// jsonb, hstore
export const HAS_KEY = question("?");
export const HAS_ALL = question("?&");
export const HAS_ANY = question("?|");
// jsonb
export const DELETE_PATH = access("#-");
export const PATH_EXISTS = question("@?");
export const PATH_MATCH = question("@@");
// jsonb, arrays, hstore, ranges
export const CONTAINS = question("@>");
export const CONTAINED_BY = question("<@");
// arrays, ranges
export const OVERLAP = comparison("&&");
// ranges
export const STRICTLY_LEFT_OF = comparison("<<");
export const STRICTLY_RIGHT_OF = comparison(">>");
export const NOT_EXTEND_RIGHT_OF = comparison("&<");
export const NOT_EXTEND_LEFT_OF = comparison("&>");
export const ADJACENT_TO = comparison("-|-");
// hstore
export const GETITEM = access("->");
