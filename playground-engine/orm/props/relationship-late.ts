// What relationships ask of declarative, which is made later: names in strings.
//
// declarative's class registry fills this in when it loads; it is read while mappers are configured.
// Behaviour: SQLAlchemy orm/clsregistry.py (_resolver).
import type { Value } from "../../util/host.ts";
import type { ClassRef } from "../face.ts";
import type { RelationshipProperty } from "./relationship.ts";

export interface NameResolvers {
  /** `relationship("Child")`: a class (or what it stands for) by a name or dotted path. */
  resolveName(text: string): () => Value;
  /** `primaryjoin="Child.parent_id == Parent.id"`; tables come before classes for `secondary`. */
  resolveArg(text: string, favorTables: boolean): () => Value;
}

export const relationshipLate: {
  /** `clsregistry._resolver(cls, prop)` */
  resolvers(cls: ClassRef, prop: RelationshipProperty): NameResolvers;
} = {
  resolvers() {
    throw new Error("orm/props/relationship-late.ts: resolvers is not filled in: import orm/index.ts");
  },
};
