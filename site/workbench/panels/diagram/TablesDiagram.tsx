// Tables and their foreign keys as a diagram; with a difference, what was added, changed and dropped is marked. Its text twin is
// the list of tables beside it.
import { type ReactElement, useMemo } from "react";
import { type Edge, Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { ShownTable } from "../../../../playground-engine/runtime/protocol.ts";
import { ARROW, Diagram } from "./Diagram.tsx";
import { layout } from "./layout.ts";

/** How a table or column differs. */
export type Difference = "added" | "changed" | "dropped";

export interface DiagramTable {
  readonly table: ShownTable;
  readonly difference?: Difference | undefined;
  /** By column name. */
  readonly columns?: ReadonlyMap<string, Difference>;
}

interface TableData extends Record<string, unknown> {
  readonly shown: DiagramTable;
}
type TableNode = Node<TableData, "table">;

const HEIGHTS = { least: 200, most: 560 } as const;
const ROW = 22;
const HEAD = 32;

function widthOf(t: ShownTable): number {
  const longest = Math.max(t.name.length + 4, ...t.columns.map((c) => c.name.length + c.type.length + 7));
  return Math.min(340, Math.max(150, longest * 7.3 + 24));
}

function TableBox({ data }: NodeProps<TableNode>): ReactElement {
  const { table, difference, columns } = data.shown;
  const foreign = new Set(table.foreignKeys.flatMap((f) => f.columns));
  return (
    <div className={`mw-er${difference ? ` mw-er-${difference}` : ""}`}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <div className="mw-er-name">
        {table.name}
        {difference && <span className="mw-er-mark">{difference}</span>}
      </div>
      {table.columns.map((c) => {
        const d = columns?.get(c.name);
        return (
          <div key={c.name} className={`mw-er-column${d ? ` mw-er-${d}` : ""}`}>
            <span className="mw-er-key">{c.primaryKey > 0 ? "PK" : foreign.has(c.name) ? "FK" : ""}</span>
            <span className="mw-er-cname">{c.name}</span>
            <span className="mw-er-type">
              {c.type.toLowerCase()}
              {c.nullable && c.primaryKey === 0 ? "?" : ""}
            </span>
          </div>
        );
      })}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { table: TableBox };

export function TablesDiagram({ tables }: { readonly tables: readonly DiagramTable[] }): ReactElement {
  const { nodes, edges } = useMemo(() => diagram(tables), [tables]);
  return (
    <Diagram
      key={tables.map((t) => t.table.name + (t.difference ?? "")).join()}
      label="Diagram of tables"
      hint="A table. Arrow keys move it while it is chosen; the list of tables says the same in words."
      bottom={Math.max(0, ...nodes.map((n) => n.position.y + (n.height ?? 0)))}
      heights={HEIGHTS}
      defaultNodes={nodes}
      defaultEdges={edges}
      nodeTypes={nodeTypes}
      maxZoom={1.6}
    />
  );
}

function diagram(tables: readonly DiagramTable[]): { nodes: TableNode[]; edges: Edge[] } {
  const boxes = tables.map(({ table }) => ({
    id: table.name,
    width: widthOf(table),
    height: HEAD + ROW * table.columns.length + 8,
  }));
  const arrows = tables.flatMap(({ table }) =>
    table.foreignKeys.map((f) => ({ from: table.name, to: f.table, columns: f.columns, keys: f.references })),
  );
  const at = layout(boxes, arrows, "LR");
  const nodes = tables.map((shown, i): TableNode => {
    const { table } = shown;
    const refers = table.foreignKeys.map((f) => `${f.columns.join(", ")} refers to ${f.table}`);
    return {
      id: table.name,
      type: "table",
      position: at.get(table.name)!,
      width: boxes[i]!.width,
      height: boxes[i]!.height,
      data: { shown },
      ariaLabel: `Table ${table.name}${shown.difference ? `, ${shown.difference}` : ""}: ${[
        ...table.columns.map((c) => c.name),
        ...refers,
      ].join(", ")}`,
    };
  });
  const edges = arrows
    .filter((a) => at.has(a.to))
    .map((a, i): Edge => ({
      id: `fk${i}`,
      source: a.from,
      target: a.to,
      type: a.from === a.to ? "default" : "smoothstep",
      markerEnd: ARROW,
      focusable: false,
      ariaLabel: `${a.from}.${a.columns.join(", ")} refers to ${a.to}`,
    }));
  return { nodes, edges };
}
