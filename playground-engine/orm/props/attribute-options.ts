// What a mapped attribute is as a field of a dataclass (MappedAsDataclass). Behaviour: SQLAlchemy orm/interfaces.py (_AttributeOptions).
import type { Value } from "../../util/host.ts";

/** Arguments by which MappedAsDataclass makes a field of an attribute; undefined where not given. */
export interface AttributeOptions {
  readonly init?: Value;
  readonly repr?: Value;
  readonly default?: Value;
  readonly defaultFactory?: Value;
  readonly compare?: Value;
  readonly kwOnly?: Value;
  readonly hash?: Value;
  readonly dataclassMetadata?: Value;
}

/** The options of an attribute, apart from the others of the function that makes it. */
export function splitAttributeOptions<O extends AttributeOptions>(
  options: O,
): { readonly attributeOptions: AttributeOptions; readonly own: Omit<O, keyof AttributeOptions> } {
  const {
    init,
    repr,
    default: given,
    defaultFactory,
    compare,
    kwOnly,
    hash,
    dataclassMetadata,
    ...own
  } = options;
  return {
    attributeOptions: {
      init,
      repr,
      default: given,
      defaultFactory,
      compare,
      kwOnly,
      hash,
      dataclassMetadata,
    },
    own,
  };
}

/** Properties that no constructor should set, expressions for one, are no `__init__` arguments unless asked to be. */
export const READONLY_ATTRIBUTE_OPTIONS: AttributeOptions = { init: false };

/** Whether any of them was given, beyond those that are meant anyway. */
export function hasDataclassArguments(
  o: AttributeOptions | undefined,
  meant: AttributeOptions = {},
): boolean {
  return (
    o != null &&
    Object.entries(o).some(([k, v]) => v !== undefined && v !== (meant as Record<string, Value>)[k])
  );
}
