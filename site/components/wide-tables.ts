// A table that is wider than its column scrolls: with the keyboard too, which needs it to take the focus.
export function reachWideTables(): void {
  const look = (): void => {
    for (const table of document.querySelectorAll<HTMLElement>(".sl-markdown-content table")) {
      const wide = table.scrollWidth > table.clientWidth && getComputedStyle(table).overflowX !== "visible";
      if (wide) table.tabIndex = 0;
      else table.removeAttribute("tabindex");
    }
  };
  look();
  addEventListener("resize", look);
}
