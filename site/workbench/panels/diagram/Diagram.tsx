// The canvas that diagrams are drawn on: it shows all of the diagram, or the beginning of a large one, follows the page's theme,
// and leaves the wheel to the page.
import { type ReactElement, useMemo } from "react";
import { Background, Controls, type Edge, type Node, ReactFlow, type ReactFlowProps } from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { FitToSize } from "./FitToSize.tsx";
import { useColourMode } from "./colour-mode.ts";
import "./diagram.css";

const FIT = { maxZoom: 1, padding: { top: "14px", right: "14px", bottom: "52px", left: "14px" } } as const;
/** From so many boxes on, those out of view are not in the page, and the beginning is shown first: all would be too small to read. */
const MANY = 60;
const BEGINNING = 6;
/** Below the boxes, for the controls. */
const CONTROLS = 84;

interface DiagramProps<N extends Node> extends ReactFlowProps<N, Edge> {
  readonly label: string;
  /** What a reader with a screen reader hears of a box. */
  readonly hint: string;
  /** Where the lowest box ends, and how high the canvas may be. */
  readonly bottom: number;
  readonly heights: { readonly least: number; readonly most: number };
}

export function Diagram<N extends Node>({
  label,
  hint,
  bottom,
  heights,
  ...flow
}: DiagramProps<N>): ReactElement {
  const mode = useColourMode();
  const { nodes } = flow;
  const many = nodes !== undefined && nodes.length > MANY;
  const begins = many ? JSON.stringify(nodes.slice(0, BEGINNING).map(({ id }) => ({ id }))) : null;
  const fit = useMemo(
    () => (begins === null ? FIT : { ...FIT, nodes: JSON.parse(begins) as { id: string }[] }),
    [begins],
  );
  const blockSize = Math.min(heights.most, Math.max(heights.least, bottom + CONTROLS));
  return (
    <div className="mw-diagram" style={{ blockSize }} role="group" aria-label={label}>
      <ReactFlow
        colorMode={mode}
        fitView
        fitViewOptions={fit}
        onlyRenderVisibleElements={many}
        minZoom={0.2}
        nodesConnectable={false}
        deleteKeyCode={null}
        zoomOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={{ "node.a11yDescription.default": hint }}
        {...flow}
      >
        <Background gap={18} size={1} />
        <FitToSize options={fit} />
        <Controls showInteractive={false} position="bottom-left" orientation="horizontal" />
      </ReactFlow>
    </div>
  );
}

/** An arrow's head. */
export const ARROW = { type: "arrowclosed", width: 16, height: 16 } as const;
