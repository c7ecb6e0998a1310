// `expression AS name`. Behaviour: SQLAlchemy sql/elements.py (Label).
import { InvalidRequestError } from "../../errors/index.ts";
import type { Value } from "../../util/host.ts";
import { expect } from "../coercions.ts";
import { late } from "../late.ts";
import { anonymousLabel, isAnonymous, plainName, quoteOf, type NameArgument } from "../names.ts";
import * as operators from "../operators.ts";
import type { Against, Operator } from "../operators.ts";
import * as roles from "../roles.ts";
import type { TraverseSpec } from "../traverse-spec.ts";
import { toInstance, type TypeArgument, type TypeEngine } from "../types/engine.ts";
import type { CloneOptions } from "../visitable.ts";
import { BindParameter } from "./bind.ts";
import type { ClauseElement } from "./clause.ts";
import { ColumnElement, type ProxyOptions } from "./column.ts";
import { NamedColumn } from "./named-column.ts";
import type { FromClause } from "../selectable/from-clause.ts";

export class Label extends NamedColumn {
  static override readonly visitName: string = "label";
  static override readonly traverse: TraverseSpec = [
    ["name", "anon-name"],
    ["type", "type"],
    ["_element", "clause"],
  ];
  static override readonly cacheTraverse: TraverseSpec = [
    ["name", "anon-name"],
    ["_element", "clause"],
  ];
  static {
    roles.playsRoles(this, roles.LabeledColumnExprRole);
  }

  declare name: string;
  declare key: string;
  /** @internal Of a label mapped as an attribute: the attribute's name. */
  declare _attributeKey: string | undefined;
  _element: ColumnElement;
  /** Of a label of a label: how ORDER BY finds the inner one. */
  _resolveLabel: string | null = null;

  constructor(name: NameArgument | null, element: Value, type: TypeArgument = null) {
    super();
    const given = element;
    let inner = expect(roles.ExpressionElementRole, element, { applyPropagateAttrs: this });
    while (inner instanceof Label) inner = inner.element;
    const plain = name === null || name === undefined ? null : plainName(name);
    if (plain) {
      this.name = plain;
      const quote = quoteOf(name);
      if (quote !== null) this.quote = quote;
    } else {
      this.name = anonymousLabel(this.hash, inner.name ?? "anon");
      if (given instanceof Label) this._resolveLabel = given._label;
    }
    this.key = this.name;
    this._element = inner;
    this.type = type !== null && type !== undefined ? toInstance(type) : inner.type;
    this._proxies = [inner];
  }

  override get _tqLabel(): string | null {
    return this.name;
  }

  override get _tqKeyLabel(): string | null {
    return this._attributeKey ?? this.name;
  }

  override _bindParam(
    operator: Operator | null,
    obj: Value,
    type: TypeEngine | null = null,
    expanding = false,
  ): ColumnElement {
    return new BindParameter(null, obj, {
      comparedToOperator: operator,
      type,
      comparedToType: this.type,
      unique: true,
      expanding,
    });
  }

  override get _isImplicitlyBoolean(): boolean {
    return this.element._isImplicitlyBoolean;
  }

  override get _orderByLabelElement(): ColumnElement | null {
    return this;
  }

  /** The expression as it stands before AS. */
  get element(): ColumnElement {
    const memos = this._memos;
    return (memos["element"] ??= this._element.selfGroup(operators.as_)) as ColumnElement;
  }

  override selfGroup(against: Against = null): ClauseElement {
    return this.applied(this._element.selfGroup(against));
  }

  override _negate(): ColumnElement {
    return this.applied(this._element._negate()) as ColumnElement;
  }

  private applied(sub: ClauseElement): ClauseElement {
    return sub === this._element ? this : new Label(this.name, sub, this.type);
  }

  override _copyInternals(options: CloneOptions = {}): void {
    this._resetMemoizations();
    const { clone, ...kw } = options;
    this._element = (clone
      ? clone(this._element as never, kw)
      : this._element._clone(kw)) as unknown as ColumnElement;
    if (options.anonymizeLabels) {
      this.name = anonymousLabel(this.hash, this.element.name ?? "anon");
      this.key = this.name;
    }
  }

  override get _fromObjects(): readonly FromClause[] {
    return this.element._fromObjects;
  }

  override _makeProxy(selectable: FromClause, options: ProxyOptions): [string, ColumnElement] {
    const name = options.name || this.name;
    const [key, made] = this.element._makeProxy(selectable, {
      ...options,
      name,
      key: null,
      disallowIsLiteral: true,
      nameIsTruncatable: isAnonymous(name) || (options.nameIsTruncatable === true && name !== this.name),
    });
    // the key is lost to a name that is not there yet; SQLAlchemy does not support it either
    if (key !== this.name && !isAnonymous(this.name))
      throw new InvalidRequestError(
        `Label name ${this.name} is being renamed to an anonymous label due to disambiguation which is not supported right now.  Please use unique names for explicit labels.`,
      );
    if (this.quote !== null) made.quote = this.quote;
    made._propagateAttrs = selectable._propagateAttrs;
    made._proxies.push(this);
    made.type = this.type;
    return [this.key, made];
  }
}
late.Label = Label;

// read from the expression, unless the label was given its own (the ORM does on adapted columns)
for (const name of ["primaryKey", "foreignKeys", "_allowLabelResolve"] as const)
  Object.defineProperty(Label.prototype, name, {
    get(this: Label) {
      return this.element[name];
    },
    set(this: Label, value: unknown) {
      Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
    },
    configurable: true,
  });
