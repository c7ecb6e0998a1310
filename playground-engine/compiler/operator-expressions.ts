// Binary and unary expressions: operators, LIKE and its kin, BETWEEN, division, NOT.
//
// An operator with a visit method of its own (`visitLikeOpBinary`: visit_<operator>_binary in camelCase) prints by
// that, every other by its text in operator-text.ts. Behaviour: sqlalchemy/sql/compiler.py, visit_unary … visit_not_regexp_match_op_binary.
import { CompileError } from "../errors/index.ts";
import type { BinaryExpression } from "../sql/elements/binary.ts";
import { BindParameter } from "../sql/elements/bind.ts";
import { Cast } from "../sql/elements/cast.ts";
import type { ColumnElement } from "../sql/elements/column.ts";
import type { UnaryExpression } from "../sql/elements/unary.ts";
import type { FromClause } from "../sql/selectable/from-clause.ts";
import { Integer, Numeric } from "../sql/types/numeric.ts";
import { typeLate } from "../sql/types/type-late.ts";
import { IlikeCaseInsensitive, atEnd, atStart, lowered, within } from "./like.ts";
import * as op from "../sql/operators.ts";
import type { CustomOp, Operator } from "../sql/operators.ts";
import { ExpressionCompiler } from "./expression.ts";
import type { RenderOptions } from "./render-options.ts";

export abstract class OperatorCompiler extends ExpressionCompiler {
  // -- unary ----------------------------------------------------------------------------

  visitUnary(unary: UnaryExpression, options: RenderOptions): string {
    if (options.addToResultMap)
      options = { ...options, resultMapTargets: [...(options.resultMapTargets ?? []), unary] };
    const { operator, modifier } = unary;
    if (operator) {
      if (modifier)
        throw new CompileError("Unary expression does not support operator and modifier simultaneously");
      const method = this.operatorMethod(operator, "unary_operator");
      return method
        ? method.call(this, unary, operator, options)
        : this.generateGenericUnaryOperator(unary, this.operatorText(operator), options);
    }
    if (!modifier) throw new CompileError("Unary expression has no operator or modifier");
    const method = this.operatorMethod(modifier, "unary_modifier");
    return method
      ? method.call(this, unary, modifier, options)
      : this.generateGenericUnaryModifier(unary, this.operatorText(modifier), options);
  }

  protected generateGenericUnaryOperator(
    unary: UnaryExpression,
    opstring: string,
    options: RenderOptions,
  ): string {
    return opstring + this.process(unary.element, options);
  }

  protected generateGenericUnaryModifier(
    unary: UnaryExpression,
    opstring: string,
    options: RenderOptions,
  ): string {
    return this.process(unary.element, options) + opstring;
  }

  visitIsTrueUnaryOperator(unary: UnaryExpression, _operator: Operator, options: RenderOptions): string {
    const text = this.process(unary.element, options);
    return unary._isImplicitlyBoolean || this.dialect.supportsNativeBoolean ? text : `${text} = 1`;
  }

  visitIsFalseUnaryOperator(unary: UnaryExpression, _operator: Operator, options: RenderOptions): string {
    const text = this.process(unary.element, options);
    return unary._isImplicitlyBoolean || this.dialect.supportsNativeBoolean ? `NOT ${text}` : `${text} = 0`;
  }

  visitCustomOpUnaryOperator(unary: UnaryExpression, operator: CustomOp, options: RenderOptions): string {
    return this.generateGenericUnaryOperator(
      unary,
      `${this.escapeLiteralColumn(operator.opstring)} `,
      options,
    );
  }

  visitCustomOpUnaryModifier(unary: UnaryExpression, operator: CustomOp, options: RenderOptions): string {
    return this.generateGenericUnaryModifier(
      unary,
      ` ${this.escapeLiteralColumn(operator.opstring)}`,
      options,
    );
  }

  // -- binary ---------------------------------------------------------------------------

  visitBinary(binary: BinaryExpression, options: RenderOptions): string {
    const { fromLinter, lateralFromLinter } = options;
    if (fromLinter && op.isComparison(binary.operator)) {
      const left = deClone(binary.left._fromObjects);
      const right = deClone(binary.right._fromObjects);
      if (lateralFromLinter) {
        const lateral = deClone([options.enclosingLateral as FromClause]);
        lateralFromLinter.connect([...left, ...lateral], [...right, ...lateral]);
      } else {
        fromLinter.connect(left, right);
      }
    }
    // no "? = ?" where the database cannot have it
    const literal =
      this.ansiBindRules && binary.left instanceof BindParameter && binary.right instanceof BindParameter;
    const operator = (options.overrideOperator as Operator | undefined) ?? binary.operator;
    const method = this.operatorMethod(operator, "binary");
    if (
      literal ||
      options.overrideOperator ||
      options.eagerGrouping ||
      (method && (fromLinter || lateralFromLinter))
    ) {
      options = { ...options, overrideOperator: undefined, eagerGrouping: undefined };
      if (literal) options.literalExecute = true;
      // what an operator prints by a method of its own does not connect FROM elements further down
      if (method) options.fromLinter = options.lateralFromLinter = undefined;
    }
    return method
      ? method.call(this, binary, operator, options)
      : this.generateGenericBinary(binary, this.operatorText(operator), options);
  }

  protected generateGenericBinary(
    binary: BinaryExpression,
    opstring: string,
    options: RenderOptions,
  ): string {
    const inner =
      options.inOperatorExpression && options.binaryOp === binary.operator
        ? options
        : { ...options, inOperatorExpression: true, binaryOp: binary.operator };
    const text = this.process(binary.left, inner) + opstring + this.process(binary.right, inner);
    return options.inOperatorExpression && options.eagerGrouping ? `(${text})` : text;
  }

  visitCustomOpBinary(binary: BinaryExpression, operator: CustomOp, options: RenderOptions): string {
    return this.generateGenericBinary(binary, ` ${this.escapeLiteralColumn(operator.opstring)} `, {
      ...options,
      eagerGrouping: operator.eagerGrouping,
    });
  }

  visitFunctionAsComparisonOpBinary(
    binary: BinaryExpression & { readonly sqlFunction: ColumnElement },
    _operator: Operator,
    options: RenderOptions,
  ): string {
    return this.process(binary.sqlFunction, options);
  }

  /** Both operands with a text between them. */
  protected infix(binary: BinaryExpression, text: string, options: RenderOptions): string {
    return this.process(binary.left, options) + text + this.process(binary.right, options);
  }

  visitModBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, this.preparer.doublePercents ? " %% " : " % ", options);
  }

  visitTruedivBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    if (!this.dialect.divIsFloordiv) return this.infix(binary, " / ", options);
    const { right } = binary;
    const divisor = new Cast(right, right.type.typeAffinity === Numeric ? right.type : new Numeric());
    return `${this.process(binary.left, options)} / ${this.process(divisor, options)}`;
  }

  visitFloordivBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    const quotient = this.infix(binary, " / ", options);
    const isInteger = (e: ColumnElement): boolean => e.type.typeAffinity === Integer;
    return this.dialect.divIsFloordiv && isInteger(binary.right) && isInteger(binary.left)
      ? quotient
      : `FLOOR(${quotient})`;
  }

  visitNotMatchOpBinary(binary: BinaryExpression, _operator: Operator, _options: RenderOptions): string {
    return `NOT ${this.visitBinary(binary, { overrideOperator: op.matchOp })}`;
  }

  /** Always in parentheses: an empty list prints `(NULL) OR (1 = 1)`. */
  visitNotInOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return `(${this.generateGenericBinary(binary, this.operatorText(operator), options)})`;
  }

  visitBetweenOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.generateGenericBinary(
      binary,
      binary.modifiers.get("symmetric") ? " BETWEEN SYMMETRIC " : " BETWEEN ",
      options,
    );
  }

  visitNotBetweenOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.generateGenericBinary(
      binary,
      binary.modifiers.get("symmetric") ? " NOT BETWEEN SYMMETRIC " : " NOT BETWEEN ",
      options,
    );
  }

  // -- LIKE -----------------------------------------------------------------------------

  visitLikeOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " LIKE ", options) + this.escapeClause(binary);
  }

  visitNotLikeOpBinary(binary: BinaryExpression, _operator: Operator, options: RenderOptions): string {
    return this.infix(binary, " NOT LIKE ", options) + this.escapeClause(binary);
  }

  protected escapeClause(binary: BinaryExpression): string {
    const escape = binary.modifiers.get("escape") ?? null;
    return escape === null ? "" : ` ESCAPE ${this.renderLiteralValue(escape, typeLate.string)}`;
  }

  visitIlikeOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitLikeOpBinary(operator === op.ilikeOp ? lowered(binary) : binary, operator, options);
  }

  visitNotIlikeOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotLikeOpBinary(
      operator === op.notIlikeOp ? lowered(binary) : binary,
      operator,
      options,
    );
  }

  visitIlikeCaseInsensitiveOperand(operand: IlikeCaseInsensitive, options: RenderOptions): string {
    return `lower(${this.process(operand.element, options)})`;
  }

  visitContainsOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitLikeOpBinary(within(binary), operator, options);
  }
  visitNotContainsOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotLikeOpBinary(within(binary), operator, options);
  }
  visitIcontainsOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitIlikeOpBinary(within(lowered(binary)), operator, options);
  }
  visitNotIcontainsOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotIlikeOpBinary(within(lowered(binary)), operator, options);
  }
  visitStartswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitLikeOpBinary(atStart(binary), operator, options);
  }
  visitNotStartswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotLikeOpBinary(atStart(binary), operator, options);
  }
  visitIstartswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitIlikeOpBinary(atStart(lowered(binary)), operator, options);
  }
  visitNotIstartswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotIlikeOpBinary(atStart(lowered(binary)), operator, options);
  }
  visitEndswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitLikeOpBinary(atEnd(binary), operator, options);
  }
  visitNotEndswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotLikeOpBinary(atEnd(binary), operator, options);
  }
  visitIendswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitIlikeOpBinary(atEnd(lowered(binary)), operator, options);
  }
  visitNotIendswithOpBinary(binary: BinaryExpression, operator: Operator, options: RenderOptions): string {
    return this.visitNotIlikeOpBinary(atEnd(lowered(binary)), operator, options);
  }

  // -- regular expressions: dialects that have them override -------------------------------

  visitRegexpMatchOpBinary(_binary: BinaryExpression, _operator: Operator, _options: RenderOptions): string {
    throw new CompileError(`${this.dialect.name} dialect does not support regular expressions`);
  }

  visitNotRegexpMatchOpBinary(
    _binary: BinaryExpression,
    _operator: Operator,
    _options: RenderOptions,
  ): string {
    throw new CompileError(`${this.dialect.name} dialect does not support regular expressions`);
  }

  visitRegexpReplaceOpBinary(
    _binary: BinaryExpression,
    _operator: Operator,
    _options: RenderOptions,
  ): string {
    throw new CompileError(`${this.dialect.name} dialect does not support regular expression replacements`);
  }
}

/** The elements that these are copies of. */
export function deClone(elements: readonly FromClause[]): FromClause[] {
  return elements.map((e) => e._deClone() as FromClause);
}
