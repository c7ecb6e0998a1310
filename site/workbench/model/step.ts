// The step of a run that a reader looks at, shared by all panels of that run: null is its end, with everything.
import { useSyncExternalStore } from "react";
import type { RunModel } from "./run-model.ts";

interface Chosen {
  step: number | null;
  readonly listeners: Set<() => void>;
}

const chosen = new WeakMap<RunModel, Chosen>();

function of(run: RunModel): Chosen {
  let c = chosen.get(run);
  if (!c) chosen.set(run, (c = { step: null, listeners: new Set() }));
  return c;
}

export function setStep(run: RunModel, step: number | null): void {
  const c = of(run);
  if (c.step === step) return;
  c.step = step;
  for (const f of c.listeners) f();
}

export function useStep(run: RunModel): number | null {
  return useSyncExternalStore(
    (f) => {
      const c = of(run);
      c.listeners.add(f);
      return () => c.listeners.delete(f);
    },
    () => of(run).step,
    () => null,
  );
}
