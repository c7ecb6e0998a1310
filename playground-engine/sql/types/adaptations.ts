// Which type an operation between two types has: integer + date is a date, date - date is an integer.
//
// One row a (left affinity, operator): right affinity → type; "self" is the left operand's own class.
// Behaviour: SQLAlchemy sql/sqltypes.py (_expression_adaptations of each type).
import { add, floordiv, mul, sub, truediv, type Operator } from "../operators.ts";
import { Date, DateTime, Time } from "./datetime.ts";
import { TypeDecorator } from "./decorator.ts";
import type { TypeClass, TypeEngine } from "./engine.ts";
import { Interval } from "./interval.ts";
import { Integer, Numeric } from "./numeric.ts";
import { typeLate } from "./type-late.ts";

type Row = readonly (readonly [right: TypeClass, result: TypeClass | "self"])[];
type Table = ReadonlyMap<Operator, Row>;

const TABLES = new Map<TypeClass, Table>([
  [
    Integer,
    new Map<Operator, Row>([
      [
        add,
        [
          [Date, Date],
          [Integer, "self"],
          [Numeric, Numeric],
        ],
      ],
      [
        mul,
        [
          [Interval, Interval],
          [Integer, "self"],
          [Numeric, Numeric],
        ],
      ],
      [
        truediv,
        [
          [Integer, Numeric],
          [Numeric, Numeric],
        ],
      ],
      [
        floordiv,
        [
          [Integer, "self"],
          [Numeric, Numeric],
        ],
      ],
      [
        sub,
        [
          [Integer, "self"],
          [Numeric, Numeric],
        ],
      ],
    ]),
  ],
  [
    Numeric,
    new Map<Operator, Row>([
      [
        mul,
        [
          [Interval, Interval],
          [Numeric, "self"],
          [Integer, "self"],
        ],
      ],
      [
        truediv,
        [
          [Numeric, "self"],
          [Integer, "self"],
        ],
      ],
      [
        add,
        [
          [Numeric, "self"],
          [Integer, "self"],
        ],
      ],
      [
        sub,
        [
          [Numeric, "self"],
          [Integer, "self"],
        ],
      ],
    ]),
  ],
  [
    DateTime,
    new Map<Operator, Row>([
      [add, [[Interval, "self"]]],
      [
        sub,
        [
          [Interval, "self"],
          [DateTime, Interval],
        ],
      ],
    ]),
  ],
  [
    Date,
    new Map<Operator, Row>([
      [
        add,
        [
          [Integer, "self"],
          [Interval, DateTime],
          [Time, DateTime],
        ],
      ],
      [
        sub,
        [
          [Integer, "self"],
          [Date, Integer],
          [Interval, DateTime],
          [DateTime, Interval],
        ],
      ],
    ]),
  ],
  [
    Time,
    new Map<Operator, Row>([
      [
        add,
        [
          [Date, DateTime],
          [Interval, "self"],
        ],
      ],
      [
        sub,
        [
          [Time, Interval],
          [Interval, "self"],
        ],
      ],
    ]),
  ],
  [
    Interval,
    new Map<Operator, Row>([
      [
        add,
        [
          [Date, DateTime],
          [Interval, "self"],
          [DateTime, DateTime],
          [Time, Time],
        ],
      ],
      [sub, [[Interval, "self"]]],
      [mul, [[Numeric, "self"]]],
      [truediv, [[Numeric, "self"]]],
    ]),
  ],
]);

typeLate.adaptation = (given: TypeEngine, op: Operator, other: TypeClass): TypeClass | undefined => {
  let type = given;
  while (type instanceof TypeDecorator && !(type instanceof Interval)) type = type.implInstance;
  const row = TABLES.get(type.typeAffinity)?.get(op);
  const found = row?.find(([right]) => right === other)?.[1];
  return found === "self" ? type.typeClass : found;
};
