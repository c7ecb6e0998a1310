// Paper is white: a page in the dark theme is printed in the light one.
export function printLight(): void {
  const root = document.documentElement;
  let before: string | undefined;
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    root.dataset.theme = "light";
  });
  addEventListener("afterprint", () => {
    if (before !== undefined) root.dataset.theme = before;
  });
}
