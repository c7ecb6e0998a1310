// How a SELECT names its columns. Behaviour: SQLAlchemy sql/selectable.py (SelectLabelStyle).

/** No labels: equal names stand as they are. */
export const LABEL_STYLE_NONE = "LABEL_STYLE_NONE";
/** table_column for all: what the ORM loads with. */
export const LABEL_STYLE_TABLENAME_PLUS_COL = "LABEL_STYLE_TABLENAME_PLUS_COL";
/** A label only for a name that is there already. */
export const LABEL_STYLE_DISAMBIGUATE_ONLY = "LABEL_STYLE_DISAMBIGUATE_ONLY";
export const LABEL_STYLE_DEFAULT = LABEL_STYLE_DISAMBIGUATE_ONLY;
/** As session.query() had it. */
export const LABEL_STYLE_LEGACY_ORM = "LABEL_STYLE_LEGACY_ORM";

export type SelectLabelStyle =
  | typeof LABEL_STYLE_NONE
  | typeof LABEL_STYLE_TABLENAME_PLUS_COL
  | typeof LABEL_STYLE_DISAMBIGUATE_ONLY
  | typeof LABEL_STYLE_LEGACY_ORM;
