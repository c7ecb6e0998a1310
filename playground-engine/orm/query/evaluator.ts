// Criteria and values of UPDATE and DELETE, worked out on the objects of a session instead of in the database.
//
// NULL is None throughout: comparisons with it give None. What cannot be worked out so throws UnevaluatableError, and the
// rows are asked for. Behaviour: SQLAlchemy orm/evaluator.py.
import { InvalidRequestError, UnmappedColumnError } from "../../errors/index.ts";
import { and_ } from "../../sql/constructors.ts";
import type { BinaryExpression, ExpressionClauseList, Grouping } from "../../sql/elements/binary.ts";
import type { BindParameter } from "../../sql/elements/bind.ts";
import type { ColumnElement } from "../../sql/elements/column.ts";
import type { UnaryExpression } from "../../sql/elements/unary.ts";
import * as operators from "../../sql/operators.ts";
import { CustomOp, type Operator } from "../../sql/operators.ts";
import { classNameOf, strOf } from "../../sql/repr.ts";
import { host, type Value } from "../../util/host.ts";
import { face, type ClassRef } from "../face.ts";
import { PASSIVE_NO_FETCH, PASSIVE_NO_RESULT } from "../flags.ts";
import type { Mapper } from "../mapping/mapper.ts";
import { instanceState } from "../state/access.ts";

export class UnevaluatableError extends InvalidRequestError {
  static override readonly pyName: string = "UnevaluatableError";
  static override readonly pyModule: string = "sqlalchemy.orm.evaluator";
}

/** An attribute that is not loaded: the answer is not known. */
export const EXPIRED_OBJECT = Symbol("EXPIRED_OBJECT");
type Evaluated = Value | typeof EXPIRED_OBJECT;
export type Evaluator = (obj: object) => Evaluated;

type Combine = (a: Value, b: Value) => Value;

const NUMERIC = new Set(["Numeric", "Integer", "Float", "Double"]);
const CONCATENABLE = new Set(["String", "Text", "Unicode", "ARRAY", "JSON", "LargeBinary", "_Binary"]);
/** Operators of Python that hosts call by their method. */
const METHODS: Readonly<Record<string, string>> = {
  sub: "__sub__",
  mul: "__mul__",
  truediv: "__truediv__",
  mod: "__mod__",
};

const COMPARISONS: Readonly<Record<string, Combine>> = {
  eq: (a, b) => host.equal(a, b),
  ne: (a, b) => !host.equal(a, b),
  lt: (a, b) => host.compare(a, b) < 0,
  le: (a, b) => host.compare(a, b) <= 0,
  gt: (a, b) => host.compare(a, b) > 0,
  ge: (a, b) => host.compare(a, b) >= 0,
  in_op: (a, b) => contains(b, a),
  not_in_op: (a, b) => !contains(b, a),
  startswith_op: (a, b) => host.str(a).startsWith(host.str(b)),
  endswith_op: (a, b) => host.str(a).endsWith(host.str(b)),
};

function contains(items: Value, item: Value): boolean {
  for (const x of host.iterate(items) ?? []) if (host.equal(x, item)) return true;
  return false;
}

export class EvaluatorCompiler {
  private readonly targetCls: ClassRef | null;

  constructor(targetCls: ClassRef | null = null) {
    this.targetCls = targetCls;
  }

  /** A function from an object to the value. Throws UnevaluatableError. */
  process(clauses: readonly ColumnElement[]): Evaluator {
    const clause = clauses.length === 1 ? (clauses[0] as ColumnElement) : and_(clauses);
    switch (clause.visitName) {
      case "grouping":
        return this.process([(clause as never as Grouping).element as ColumnElement]);
      case "null":
        return () => null;
      case "false":
        return () => false;
      case "true":
        return () => true;
      case "column":
        return this.column(clause);
      case "tuple":
      case "clauselist":
      case "expression_clauselist":
        return this.list(clause as never);
      case "binary":
        return this.binary(clause as never);
      case "unary":
        return this.unary(clause as never);
      case "bindparam": {
        const bind = clause as never as BindParameter;
        const value = bind.callable !== null ? host.call(bind.callable, []) : bind.value;
        return () => value;
      }
      default:
        throw new UnevaluatableError(`Cannot evaluate ${classNameOf(clause)}`);
    }
  }

  private column(clause: ColumnElement): Evaluator {
    const mapper = clause._annotations.get("parentmapper") as Mapper | undefined;
    if (!mapper) throw new UnevaluatableError(`Cannot evaluate column: ${strOf(clause)}`);
    const owner = mapper.mapper;
    if (this.targetCls && !face().isSubclass(this.targetCls, owner.class_))
      throw new UnevaluatableError(
        `Can't evaluate criteria against alternate class ${host.str(owner.class_)}`,
      );
    owner._checkConfigure();
    let key: string;
    try {
      key = owner._columntoproperty.need(clause).key;
    } catch (e) {
      if (!(e instanceof UnmappedColumnError)) throw e;
      throw host.withCause(new UnevaluatableError(`Cannot evaluate expression: ${host.errorText(e)}`), e);
    }
    const impl = owner.classManager.getImpl(key);
    return (obj) => {
      const state = instanceState(obj);
      const value = impl.get(state, state.dict, PASSIVE_NO_FETCH);
      return value === PASSIVE_NO_RESULT ? EXPIRED_OBJECT : value;
    };
  }

  private list(
    clause: ExpressionClauseList & {
      readonly clauses: readonly ColumnElement[];
      readonly operator: Operator;
    },
  ): Evaluator {
    const parts = clause.clauses.map((c) => this.process([c]));
    if (clause.operator === operators.and_)
      return (obj) => {
        for (const part of parts) {
          const v = part(obj);
          if (v === EXPIRED_OBJECT) return v;
          if (!host.isTrue(v)) return v === null ? null : false;
        }
        return true;
      };
    if (clause.operator === operators.or_)
      return (obj) => {
        let none = false;
        for (const part of parts) {
          const v = part(obj);
          if (v === EXPIRED_OBJECT) return v;
          if (host.isTrue(v)) return true;
          none ||= v === null;
        }
        return none ? null : false;
      };
    if (clause.operator === operators.commaOp)
      return (obj) => {
        const values: Value[] = [];
        for (const part of parts) {
          const v = part(obj);
          if (v === EXPIRED_OBJECT || v === null) return v;
          values.push(v);
        }
        return host.makeTuple(values);
      };
    throw new UnevaluatableError(`Cannot evaluate clauselist with operator ${String(clause.operator)}`);
  }

  private binary(clause: BinaryExpression): Evaluator {
    const left = this.process([clause.left as ColumnElement]);
    const right = this.process([clause.right as ColumnElement]);
    const { operator } = clause;
    if (operator === operators.is_ || operator === operators.isNot) {
      const wanted = operator === operators.is_;
      return (obj) => {
        const [a, b] = [left(obj), right(obj)];
        return a === EXPIRED_OBJECT || b === EXPIRED_OBJECT ? EXPIRED_OBJECT : host.equal(a, b) === wanted;
      };
    }
    const combine = this.combination(clause);
    return (obj) => {
      const [a, b] = [left(obj), right(obj)];
      if (a === EXPIRED_OBJECT || b === EXPIRED_OBJECT) return EXPIRED_OBJECT;
      return a === null || b === null ? null : combine(a, b);
    };
  }

  private combination(clause: BinaryExpression): Combine {
    const operator = clause.operator as Operator;
    const comparison = COMPARISONS[operator.name];
    if (comparison) return comparison;
    const types = [clause.left, clause.right].map((side) => (side as ColumnElement).type);
    const affinity = (of: ReadonlySet<string>): boolean => types.every((t) => of.has(t.typeAffinity.name));
    if (operator === operators.add || operator.name in METHODS) {
      if (!affinity(NUMERIC))
        throw new UnevaluatableError(
          `Cannot evaluate math operator "${operator.name}" for datatypes ${types.map(strOf).join(", ")}`,
        );
      const method = METHODS[operator.name];
      if (method === undefined) return (a, b) => host.add(a, b);
      return (a, b) => arithmetic(operator.name, method, a, b);
    }
    if (operator === operators.concatOp) {
      if (!affinity(CONCATENABLE))
        throw new UnevaluatableError(
          `Cannot evaluate concatenate operator "${operator.name}" for datatypes ${types.map(strOf).join(", ")}`,
        );
      return (a, b) => host.add(a, b);
    }
    if (operator instanceof CustomOp) {
      const impl = (operator as { readonly pythonImpl?: Value }).pythonImpl ?? null;
      if (impl === null)
        throw new UnevaluatableError(
          `Custom operator ${host.repr(operator.opstring)} can't be evaluated in Python unless it specifies a callable using \`.python_impl\`.`,
        );
      return (a, b) => host.call(impl, [a, b]);
    }
    throw new UnevaluatableError(`Cannot evaluate ${classNameOf(clause)} with operator ${String(operator)}`);
  }

  private unary(clause: UnaryExpression): Evaluator {
    const inner = this.process([clause.element as ColumnElement]);
    if (clause.operator !== operators.inv)
      throw new UnevaluatableError(
        `Cannot evaluate ${classNameOf(clause)} with operator ${String(clause.operator)}`,
      );
    return (obj) => {
      const v = inner(obj);
      return v === EXPIRED_OBJECT || v === null ? v : !host.isTrue(v);
    };
  }
}

/** Numbers of ours by JavaScript, those of the host by their methods. */
function arithmetic(name: string, method: string, a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    if (name === "sub") return a - b;
    if (name === "mul") return a * b;
    if (name === "truediv") return host.types.makeFloat(a / b);
    return ((a % b) + b) % b;
  }
  return host.call(host.getAttribute(a, method), [b]);
}
