// What kind of extension an attribute is: `inspect(cls).all_orm_descriptors.x.extension_type`.
// Behaviour: SQLAlchemy orm/base.py (InspectionAttrExtensionType), ext/hybrid.py, ext/associationproxy.py.
export class InspectionAttrExtensionType {
  readonly enumName: string;
  readonly name: string;
  readonly value: string;

  constructor(enumName: string, name: string, value = name) {
    this.enumName = enumName;
    this.name = name;
    this.value = value;
  }
  /** `member.name`, `member.value` */
  getattr(key: string): string | undefined {
    return key === "name" ? this.name : key === "value" ? this.value : undefined;
  }
  toString(): string {
    return `${this.enumName}.${this.name}`;
  }
  repr(): string {
    return `<${this.enumName}.${this.name}: '${this.value}'>`;
  }
}

export const NOT_EXTENSION = new InspectionAttrExtensionType(
  "NotExtension",
  "NOT_EXTENSION",
  "not_extension",
);
export const HYBRID_METHOD = new InspectionAttrExtensionType("HybridExtensionType", "HYBRID_METHOD");
export const HYBRID_PROPERTY = new InspectionAttrExtensionType("HybridExtensionType", "HYBRID_PROPERTY");
export const ASSOCIATION_PROXY = new InspectionAttrExtensionType(
  "AssociationProxyExtensionType",
  "ASSOCIATION_PROXY",
);
