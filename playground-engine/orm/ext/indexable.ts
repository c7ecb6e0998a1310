// index_property: an attribute for one element of a list or dictionary column.
// Behaviour: SQLAlchemy ext/indexable.py.
import { host, type Value } from "../../util/host.ts";
import { flagModified } from "../attributes/functions.ts";
import { face, type ClassRef, type Instance } from "../face.ts";
import { mappedState } from "../state/access.ts";
import { hybrid_property } from "./hybrid.ts";

export class index_property extends hybrid_property {
  static override readonly pyModule: string = "sqlalchemy.ext.indexable";
  readonly attrName: string;
  readonly index: Value;
  readonly default: Value;
  /** Makes an empty value for the column. */
  readonly datatype: Value;
  readonly onebased: boolean;

  /** `defaultValue` undefined: reading what is not there is an AttributeError. */
  constructor(
    attrName: string,
    index: Value,
    defaultValue: Value = undefined,
    datatype: Value = null,
    mutable = true,
    onebased = true,
  ) {
    super(null);
    const numeric = host.kindOf(index) === "int" || host.kindOf(index) === "bool";
    this.attrName = attrName;
    this.index = index;
    this.default = defaultValue;
    this.onebased = numeric && onebased;
    this.datatype =
      datatype ??
      (() =>
        numeric ? host.makeList(Array.from({ length: Number(index) + 1 }, () => null)) : host.makeDict([]));
    this.fget = (obj: Instance) => this.read(obj);
    if (mutable) {
      this.fset = (obj: Instance, value: Value) => this.write(obj, value);
      this.fdel = (obj: Instance) => this.remove(obj);
    }
    this.expr = (model: ClassRef) => this.expressionOf(model);
  }

  private missing(cause?: unknown): Value {
    if (this.default !== undefined) return this.default;
    const error = host.error("AttributeError", this.attrName);
    throw cause === undefined ? error : host.withCause(error, cause);
  }

  private read(obj: Instance): Value {
    const whole = host.getAttribute(obj, this.attrName);
    if (whole === undefined || whole === null) return this.missing();
    try {
      return host.getItem(whole, this.index);
    } catch (e) {
      if (host.isError(e, "KeyError") || host.isError(e, "IndexError")) return this.missing(e);
      throw e;
    }
  }

  private write(obj: Instance, value: Value): void {
    let whole = host.getAttribute(obj, this.attrName);
    if (whole === undefined || whole === null) {
      whole = host.call(this.datatype, []);
      host.setAttribute(obj, this.attrName, whole);
    }
    host.call(host.getAttribute(whole, "__setitem__"), [this.index, value]);
    host.setAttribute(obj, this.attrName, whole);
    if (mappedState(obj).mapper._props.has(this.attrName)) flagModified(obj, this.attrName);
  }

  private remove(obj: Instance): void {
    const whole = host.getAttribute(obj, this.attrName);
    if (whole === undefined || whole === null) throw host.error("AttributeError", this.attrName);
    try {
      host.call(host.getAttribute(whole, "__delitem__"), [this.index]);
    } catch (e) {
      if (!host.isError(e, "KeyError")) throw e;
      throw host.withCause(host.error("AttributeError", this.attrName), e);
    }
    host.setAttribute(obj, this.attrName, whole);
    flagModified(obj, this.attrName);
  }

  private expressionOf(model: ClassRef): Value {
    const column = (
      face().isClass(model)
        ? face().getClassAttribute(model, this.attrName)
        : host.getAttribute(model, this.attrName)
    ) as { getitem(index: Value): Value };
    return column.getitem(this.onebased ? host.add(this.index, 1) : this.index);
  }
}
