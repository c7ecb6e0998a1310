// The revision graph, newest above: each box a revision, with its labels and the databases that stand there.
import { type ReactElement, useMemo } from "react";
import { type Edge, Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import type { RevisionGraph, ShownRevision } from "../../../../playground-engine/runtime/protocol.ts";
import { ARROW, Diagram } from "../diagram/Diagram.tsx";
import { layout } from "../diagram/layout.ts";

interface RevisionData extends Record<string, unknown> {
  readonly revision: ShownRevision;
  readonly at: readonly string[];
}
type RevisionNode = Node<RevisionData, "revision">;

const HEIGHTS = { least: 160, most: 520 } as const;
const BOX = { width: 240, height: 62 } as const;

function RevisionBox({ data, selected }: NodeProps<RevisionNode>): ReactElement {
  const { revision: r, at } = data;
  return (
    <div className={`mw-rev${at.length ? " mw-rev-here" : ""}${selected ? " mw-rev-selected" : ""}`}>
      <Handle type="source" position={Position.Bottom} isConnectable={false} />
      <div className="mw-rev-top">
        <code>{r.id.slice(0, 12)}</code>
        {r.isHead && <span className="mw-rev-tag">head</span>}
        {r.isMerge && <span className="mw-rev-tag mw-rev-quiet">merge</span>}
        {r.isBase && !r.isHead && <span className="mw-rev-tag mw-rev-quiet">base</span>}
        {r.labels.map((l) => (
          <span key={l} className="mw-rev-tag mw-rev-label">
            {l}
          </span>
        ))}
      </div>
      <div className="mw-rev-message">{r.message}</div>
      {at.length > 0 && <div className="mw-rev-at">{at.join(", ")}</div>}
      <Handle type="target" position={Position.Top} isConnectable={false} />
    </div>
  );
}

const nodeTypes = { revision: RevisionBox };

export interface RevisionsDiagramProps {
  readonly graph: RevisionGraph;
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
}

export function RevisionsDiagram({ graph, selected, onSelect }: RevisionsDiagramProps): ReactElement {
  const { nodes, edges, bottom } = useMemo(() => {
    const boxes = graph.revisions.map((r) => ({ id: r.id, ...BOX }));
    const at = layout(boxes, graph.edges, "TB", { layer: 38, side: 36 });
    return {
      bottom: Math.max(0, ...[...at.values()].map((p) => p.y + BOX.height)),
      nodes: graph.revisions.map((revision): RevisionNode => {
        const here = graph.databases.filter((d) => d.at.includes(revision.id)).map((d) => d.path);
        return {
          id: revision.id,
          type: "revision",
          position: at.get(revision.id)!,
          ...BOX,
          data: { revision, at: here },
          ariaLabel: `Revision ${revision.id}: ${revision.message}${revision.isHead ? ", a head" : ""}${here.length ? `, ${here.join(" and ")} stands here` : ""}`,
        };
      }),
      edges: graph.edges.map((e, i): Edge => ({
        id: `e${i}`,
        source: e.from,
        target: e.to,
        focusable: false,
        markerEnd: ARROW,
        ...(e.kind === "depends" ? { style: { strokeDasharray: "5 4" }, label: "depends on" } : {}),
      })),
    };
  }, [graph]);
  return (
    <Diagram
      label="Graph of revisions"
      hint="A revision. Enter chooses it; the list of revisions says the same in words."
      bottom={bottom}
      heights={HEIGHTS}
      nodes={nodes.map((n) => (n.id === selected ? { ...n, selected: true } : n))}
      edges={edges}
      nodeTypes={nodeTypes}
      maxZoom={1.5}
      nodesDraggable={false}
      onNodeClick={(_, node) => onSelect(node.id)}
      onNodesChange={(changes) => {
        for (const c of changes) if (c.type === "select" && c.selected) onSelect(c.id);
      }}
    />
  );
}
