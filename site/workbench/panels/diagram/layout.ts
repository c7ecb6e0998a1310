// Where the boxes of a diagram go: layers by dagre, so that edges lead one way.
import dagre from "@dagrejs/dagre";

export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

/** The upper left corner of each box. */
export function layout(
  boxes: readonly Box[],
  arrows: readonly Arrow[],
  direction: "LR" | "TB" | "BT",
  gaps: { readonly layer: number; readonly side: number } = { layer: 80, side: 32 },
): ReadonlyMap<string, { readonly x: number; readonly y: number }> {
  const g = new dagre.graphlib.Graph({ multigraph: true });
  g.setGraph({ rankdir: direction, ranksep: gaps.layer, nodesep: gaps.side, marginx: 8, marginy: 8 });
  g.setDefaultEdgeLabel(() => ({}));
  for (const b of boxes) g.setNode(b.id, { width: b.width, height: b.height });
  const there = new Set(boxes.map((b) => b.id));
  arrows.forEach((a, i) => {
    if (there.has(a.from) && there.has(a.to) && a.from !== a.to) g.setEdge(a.from, a.to, {}, String(i));
  });
  dagre.layout(g);
  return new Map(
    boxes.map((b) => {
      const n = g.node(b.id) as { readonly x: number; readonly y: number };
      return [b.id, { x: n.x - b.width / 2, y: n.y - b.height / 2 }];
    }),
  );
}
