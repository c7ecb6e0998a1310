// The desk in React: a component names the parts of the state that it draws.
import { createContext, use, useRef, useSyncExternalStore } from "react";
import type { Desk } from "../model/desk.ts";
import type { DeskState } from "../model/state.ts";

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error("outside of the playground");
  return desk;
}

/** Some properties of the state; drawn again when one of them changes. */
export function useDeskState<K extends keyof DeskState>(...names: readonly K[]): Pick<DeskState, K> {
  const desk = useDesk();
  const last = useRef<DeskState>(desk.state);
  return useSyncExternalStore(desk.subscribe, () => {
    if (names.some((n) => !Object.is(last.current[n], desk.state[n]))) last.current = desk.state;
    return last.current;
  });
}
