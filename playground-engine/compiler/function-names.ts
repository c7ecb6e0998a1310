// Functions of SQLAlchemy's own that are written otherwise than by their name in lower case.
import * as f from "../sql/known-functions.ts";

/** Class → text. Ones without arguments print no parentheses. Derived classes print by their own name. */
export const FUNCTIONS: ReadonlyMap<unknown, string> = new Map<unknown, string>([
  [f.Coalesce, "coalesce"],
  [f.CurrentDate, "CURRENT_DATE"],
  [f.CurrentTime, "CURRENT_TIME"],
  [f.CurrentTimestamp, "CURRENT_TIMESTAMP"],
  [f.CurrentUser, "CURRENT_USER"],
  [f.Localtime, "LOCALTIME"],
  [f.Localtimestamp, "LOCALTIMESTAMP"],
  [f.Random, "random"],
  [f.Sysdate, "sysdate"],
  [f.SessionUser, "SESSION_USER"],
  [f.User, "USER"],
  [f.Cube, "CUBE"],
  [f.Rollup, "ROLLUP"],
  [f.GroupingSets, "GROUPING SETS"],
]);
