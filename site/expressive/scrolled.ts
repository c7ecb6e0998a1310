// Code that is wider than its frame is scrolled with the keyboard from the first moment, and is no landmark of its page.
//
// Expressive Code's script takes the attribute away where code is not wider. To code that has none it would give one when the page
// has loaded, and with it a role that makes a landmark of it: two of those on a page have the same name.
import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { select } from "@expressive-code/core/hast";

export function scrolledCode(): ExpressiveCodePlugin {
  return {
    name: "Code scrolled with the keyboard",
    hooks: {
      postprocessRenderedBlock: ({ renderData }) => {
        const pre = select("pre", renderData.blockAst);
        if (pre) pre.properties.tabIndex = 0;
      },
    },
  };
}
