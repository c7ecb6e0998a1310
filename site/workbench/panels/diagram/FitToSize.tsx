// Shows a whole diagram again when its room changes: one drawn behind another pane had none, and would stay as small as that.
import { useEffect } from "react";
import { type FitViewOptions, useReactFlow, useStore } from "@xyflow/react";

export function FitToSize({ options }: { readonly options: FitViewOptions }): null {
  const { fitView } = useReactFlow();
  const width = useStore((s) => s.width);
  const height = useStore((s) => s.height);
  useEffect(() => {
    if (width > 0 && height > 0) void fitView(options);
  }, [fitView, options, width, height]);
  return null;
}
