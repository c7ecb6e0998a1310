// What a reader typed into an example, kept for the tab: by page and place.
/** Where a page keeps what its reader typed into an example. */
export function keptKey(index: number): string {
  // the search tells embedded examples apart (site/embed)
  return `mapped:${location.pathname}${location.search}#${index}`;
}

/** Whether a text of the reader's is kept for an example of this page. */
export function isKept(index: number): boolean {
  try {
    return sessionStorage.getItem(keptKey(index)) !== null;
  } catch {
    return false;
  }
}
