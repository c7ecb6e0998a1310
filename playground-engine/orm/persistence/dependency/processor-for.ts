// The dependency processor of a relationship. Behaviour: SQLAlchemy orm/dependency.py.
import { MANYTOONE, ONETOMANY } from "../../flags.ts";
import type { RelationshipContract } from "../../state/contracts.ts";
import type { DependencyProcessor } from "./base.ts";
import { ManyToManyDP } from "./many-to-many.ts";
import { ManyToOneDP } from "./many-to-one.ts";
import { OneToManyDP } from "./one-to-many.ts";

export { DependencyProcessor } from "./base.ts";

/** `DependencyProcessor.from_relationship(prop)` */
export function dependencyProcessorFor(prop: RelationshipContract): DependencyProcessor {
  if (prop.direction === ONETOMANY) return new OneToManyDP(prop);
  if (prop.direction === MANYTOONE) return new ManyToOneDP(prop);
  return new ManyToManyDP(prop);
}
