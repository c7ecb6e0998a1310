// The page's theme, for libraries that must be told.
import { useSyncExternalStore } from "react";

function subscribe(f: () => void): () => void {
  const o = new MutationObserver(f);
  o.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => o.disconnect();
}

export function useColourMode(): "light" | "dark" {
  return useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset.theme === "light" ? "light" : "dark"),
    () => "light",
  );
}
