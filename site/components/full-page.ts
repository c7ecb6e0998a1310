// What Starlight is to leave out of a page without a sidebar and neighbours: the playground, an example for an iframe, the page for an
// address that leads nowhere. Not a component around Starlight's: the page's own style sheets have to come after its.
import type { StarlightPageProps } from "@astrojs/starlight/props";

interface FullPage {
  readonly title: string;
  readonly description: string;
  /** Not for search engines. The site's own search lists none of these pages. */
  readonly noindex?: boolean;
}

/** The frontmatter of such a page. */
export const fullPage = ({ title, description, noindex }: FullPage): StarlightPageProps["frontmatter"] => ({
  title,
  description,
  template: "splash",
  pagefind: false,
  tableOfContents: false,
  editUrl: false,
  lastUpdated: false,
  prev: false,
  next: false,
  ...(noindex && { head: [{ tag: "meta", attrs: { name: "robots", content: "noindex" } }] }),
});
