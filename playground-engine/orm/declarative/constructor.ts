// The constructor of declarative classes: sets attributes from keyword arguments that the class knows.
// Behaviour: SQLAlchemy orm/decl_base.py (_declarative_constructor).
import { host, type Kwargs, type Value } from "../../util/host.ts";
import { face, type Instance } from "../face.ts";

/** @throws the host's TypeError */
export function declarativeConstructor(obj: Instance, kwargs: Kwargs): void {
  const cls = face().classOf(obj);
  for (const [k, v] of kwargs) {
    if (face().getClassAttribute(cls, k) === undefined)
      throw host.error(
        "TypeError",
        `${host.repr(k)} is an invalid keyword argument for ${face().className(cls)}`,
      );
    host.setAttribute(obj, k, v);
  }
}

/** What registries give to classes without a constructor: the binding puts a function of its language here. */
export const constructors: { declarative: Value } = { declarative: declarativeConstructor };
