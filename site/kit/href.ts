// Addresses of the site's own pages, below whatever path prefix it is served.

/** The address of a page: `href("wiki/orms/")`. */
export function href(path: string): string {
  const base = import.meta.env.BASE_URL;
  return `${base.endsWith("/") ? base : `${base}/`}${path.replace(/^\//, "")}`;
}
