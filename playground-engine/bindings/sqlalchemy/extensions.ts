// The extensions as Python classes, each in extensions/.
import { polymorphicUnion } from "../../orm/mapping/polymorphic-union.ts";
import { nativeFunction } from "../../python/runtime/native-function.ts";
import { give } from "../modules.ts";
import { bindAssociationCollections } from "./extensions/association-collections.ts";
import { bindDeclarativeExtensions, bindProperties } from "./extensions/mappings.ts";
import { bindMutable } from "./extensions/mutable.ts";
import { bindOrderingList } from "./extensions/ordering-list.ts";
import { engineMethod } from "./extensions/source.ts";

export function bindExtensions(): void {
  const union = nativeFunction(
    "polymorphic_union",
    engineMethod("(table_map, typecolname, aliasname='p_union', cast_nulls=True)", polymorphicUnion),
    "sqlalchemy.orm.util",
  );
  for (const module of ["sqlalchemy.orm", "sqlalchemy.orm.util"]) give(`${module}.polymorphic_union`, union);
  bindProperties();
  bindMutable();
  bindOrderingList();
  bindDeclarativeExtensions();
  bindAssociationCollections();
}
