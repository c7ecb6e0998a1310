// The sizes of panes, remembered in this browser. Where it refuses, they are as they are made.
import type { Layout } from "react-resizable-panels";

const PREFIX = "mapped:layout:";

function read(name: string): unknown {
  try {
    const kept = localStorage.getItem(PREFIX + name);
    return kept === null ? undefined : (JSON.parse(kept) as unknown);
  } catch {
    return undefined;
  }
}

function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
  } catch {
    // refused or full
  }
}

export function keptLayout(name: string): Layout | undefined {
  const kept = read(name);
  return kept !== null && typeof kept === "object" ? (kept as Layout) : undefined;
}

export function keepLayout(name: string, layout: Layout): void {
  write(name, layout);
}

export function keptFlag(name: string): boolean | undefined {
  const kept = read(`flag:${name}`);
  return typeof kept === "boolean" ? kept : undefined;
}

export function keepFlag(name: string, on: boolean): void {
  write(`flag:${name}`, on);
}

export function forgetLayouts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // refused
  }
}
