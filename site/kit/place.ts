// Remembers the page of the course that is open, for "continue where you were".
import { rememberPlace } from "./progress.ts";

export function keepPlace(): void {
  const base = import.meta.env.BASE_URL.replace(/\/?$/, "/");
  const path = location.pathname.slice(base.length);
  const title = document.querySelector("h1")?.textContent?.trim();
  if (title && /^(learn|wiki|exercises)\/[\w-]+\/$/.test(path)) rememberPlace(path, title);
}
