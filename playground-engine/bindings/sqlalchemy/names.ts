// quoted_name and conv are strings: what a program does with a name of a constraint or an index, it does with a str.
//
// The engine's QuotedName keeps the text in `value`, as an instance of a subclass of str does.
import { ConvName, QuotedName } from "../../sql/names.ts";
import { PyBoxed } from "../../python/runtime/object.ts";
import { attach, QUOTED_NAME, typeFor } from "../define.ts";

/** After the classes of the sql room are attached. */
export function bindNames(): void {
  Object.setPrototypeOf(QuotedName.prototype, PyBoxed.prototype);
  Object.defineProperty(QuotedName.prototype, "dict", { value: null, writable: true });
  attach(ConvName, "sqlalchemy.sql.elements.conv");
  const type = typeFor(QUOTED_NAME);
  // methods of str, for us: SQLAlchemy keeps what they give
  for (const name of ["lower", "upper", "__str__"]) type.dict.delete(name);
  type.changed();
}
