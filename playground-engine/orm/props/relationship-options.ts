// What relationship() takes, and how keyword arguments of backref() become it.
// Behaviour: SQLAlchemy orm/relationships.py (RelationshipProperty.__init__), orm/_orm_constructors.py.
import { host, type Kwargs, type Value } from "../../util/host.ts";
import type { AttributeOptions } from "./attribute-options.ts";
import type { Pair } from "./join-condition-setup.ts";

/** The keyword-only arguments of `relationship()`. */
export interface RelationshipOptions {
  readonly uselist?: boolean | null;
  readonly collectionClass?: Value;
  readonly primaryjoin?: Value;
  readonly secondaryjoin?: Value;
  readonly backPopulates?: string | null;
  readonly orderBy?: Value;
  readonly backref?: Value;
  readonly overlaps?: string | null;
  readonly postUpdate?: boolean;
  readonly cascade?: Value;
  readonly viewonly?: boolean;
  readonly lazy?: Value;
  readonly passiveDeletes?: boolean | "all";
  readonly passiveUpdates?: boolean;
  readonly activeHistory?: boolean;
  readonly enableTypechecks?: boolean;
  readonly foreignKeys?: Value;
  readonly remoteSide?: Value;
  readonly joinDepth?: number | null;
  readonly comparatorFactory?: Value;
  readonly singleParent?: boolean;
  readonly innerjoin?: Value;
  readonly distinctTargetKey?: boolean | null;
  readonly loadOnPending?: boolean;
  readonly queryClass?: Value;
  readonly info?: Value;
  readonly omitJoin?: boolean | null;
  readonly syncBackref?: boolean | null;
  readonly doc?: string | null;
  readonly bakeQueries?: boolean;
  readonly cascadeBackrefs?: boolean;
  readonly _localRemotePairs?: readonly Pair[] | null;
  readonly _legacyInactiveHistoryStyle?: boolean;
  readonly attributeOptions?: AttributeOptions;
}

/** relationship()'s own: those of a dataclass field come one by one. */
export interface RelationshipFunctionOptions
  extends Omit<RelationshipOptions, "attributeOptions">, AttributeOptions {}

const KEYWORDS: ReadonlySet<string> = new Set(
  (
    "uselist collection_class primaryjoin secondaryjoin back_populates order_by backref overlaps post_update cascade viewonly attribute_options lazy " +
    "passive_deletes passive_updates active_history enable_typechecks foreign_keys remote_side join_depth comparator_factory single_parent innerjoin " +
    "distinct_target_key load_on_pending query_class info omit_join sync_backref doc bake_queries cascade_backrefs _local_remote_pairs _legacy_inactive_history_style"
  ).split(" "),
);

/** Keyword arguments as options. Throws the host's TypeError on a name the constructor does not have. */
export function optionsFromKwargs(kwargs: Kwargs | Iterable<readonly [string, Value]>): RelationshipOptions {
  const out = new Map<string, Value>();
  for (const [name, value] of kwargs) {
    if (!KEYWORDS.has(name))
      throw host.error(
        "TypeError",
        `RelationshipProperty.__init__() got an unexpected keyword argument '${name}'`,
      );
    out.set(
      name.replace(/(?<=[a-z])_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
      value,
    );
  }
  return Object.fromEntries(out) as RelationshipOptions;
}
