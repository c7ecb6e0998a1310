// Expressive Code plugin: text in the colour of plain text needs no element of its own.
//
// More than half of a program's tokens are such; without their spans a page of the wiki is a fifth smaller and has fewer elements to
// lay out, to search and to read aloud.
import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import type { Element, ElementContent } from "@expressive-code/core/hast";

export function plainText(): ExpressiveCodePlugin {
  return {
    name: "Plain text without elements",
    hooks: {
      postprocessRenderedBlock: ({ renderData, styleVariants }) => {
        const plain = styleVariants.map(({ theme }, i) => `--${i}:${theme.fg.toUpperCase()}`).join(";");
        renderData.blockAst.children = unwrapped(renderData.blockAst, plain);
      },
    },
  };
}

function unwrapped(element: Element, plain: string): ElementContent[] {
  return element.children.flatMap((child) => {
    if (child.type !== "element") return [child];
    child.children = unwrapped(child, plain);
    return isPlain(child, plain) ? child.children : [child];
  });
}

const isPlain = ({ tagName, properties }: Element, plain: string): boolean =>
  tagName === "span" &&
  Object.keys(properties).length === 1 &&
  typeof properties.style === "string" &&
  properties.style.toUpperCase() === plain;
