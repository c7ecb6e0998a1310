// The revision graph, newest above: each box a revision, with its labels and the databases that stand there.
import { type ReactElement, useMemo } from "react";
import {
  Background,
  Controls,
  type Edge,
  Handle,
  MarkerType,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import type { RevisionGraph, ShownRevision } from "../../../../playground-engine/runtime/protocol.ts";
import { useColourMode } from "../diagram/colour-mode.ts";
import { FitToSize } from "../diagram/FitToSize.tsx";
import { layout } from "../diagram/layout.ts";
import "../diagram/diagram.css";

interface RevisionData extends Record<string, unknown> {
  readonly revision: ShownRevision;
  readonly at: readonly string[];
}
type RevisionNode = Node<RevisionData, "revision">;

const FIT = { maxZoom: 1, padding: { top: "14px", right: "14px", bottom: "52px", left: "14px" } } as const;
const WIDTH = 240;
const HEIGHT = 62;

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
  const mode = useColourMode();
  const { nodes, edges, height } = useMemo(() => {
    const boxes = graph.revisions.map((r) => ({ id: r.id, width: WIDTH, height: HEIGHT }));
    const at = layout(boxes, graph.edges, "TB", { layer: 38, side: 36 });
    const bottom = Math.max(0, ...[...at.values()].map((p) => p.y + HEIGHT));
    return {
      height: Math.min(520, Math.max(160, bottom + 84)),
      nodes: graph.revisions.map((revision): RevisionNode => {
        const here = graph.databases.filter((d) => d.at.includes(revision.id)).map((d) => d.path);
        return {
          id: revision.id,
          type: "revision",
          position: at.get(revision.id)!,
          width: WIDTH,
          height: HEIGHT,
          data: { revision, at: here },
          ariaLabel: `Revision ${revision.id}: ${revision.message}${revision.isHead ? ", a head" : ""}${here.length ? `, ${here.join(" and ")} stands here` : ""}`,
        };
      }),
      edges: graph.edges.map((e, i): Edge => ({
        id: `e${i}`,
        source: e.from,
        target: e.to,
        focusable: false,
        markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16 },
        ...(e.kind === "depends" ? { style: { strokeDasharray: "5 4" }, label: "depends on" } : {}),
      })),
    };
  }, [graph]);
  return (
    <div className="mw-diagram" style={{ blockSize: height }} role="group" aria-label="Graph of revisions">
      <ReactFlow
        nodes={nodes.map((n) => (n.id === selected ? { ...n, selected: true } : n))}
        edges={edges}
        nodeTypes={nodeTypes}
        colorMode={mode}
        fitView
        fitViewOptions={FIT}
        minZoom={0.2}
        maxZoom={1.5}
        nodesConnectable={false}
        nodesDraggable={false}
        deleteKeyCode={null}
        zoomOnScroll={false}
        preventScrolling={false}
        onNodeClick={(_, node) => onSelect(node.id)}
        onNodesChange={(changes) => {
          for (const c of changes) if (c.type === "select" && c.selected) onSelect(c.id);
        }}
        ariaLabelConfig={{
          "node.a11yDescription.default":
            "A revision. Enter chooses it; the list of revisions says the same in words.",
        }}
      >
        <Background gap={18} size={1} />
        <FitToSize options={FIT} />
        <Controls showInteractive={false} position="bottom-left" orientation="horizontal" />
      </ReactFlow>
    </div>
  );
}
