// A reference to content that does not exist is told where the page is built; `npm run content` makes it an error.

/** Tell that a page names something that is not there. */
export function missing(tag: string, id: string, where: string): void {
  console.warn(`<${tag} id="${id}">: there is no ${where}`);
}
