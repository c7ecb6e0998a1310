// The sidebar, made from the files of content/: lessons and wiki pages under the headings that their front matter names as `part`.
//
// Made before Astro reads the collections, so it reads the front matter itself.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

interface Link {
  readonly slug: string;
}
interface Group {
  readonly label: string;
  readonly collapsed?: boolean;
  readonly items: (Link | Group | { readonly label: string; readonly link: string })[];
}

interface Entry {
  readonly slug: string;
  readonly part: string | null;
}

/** Pages of a folder in the order of their files' names; a number in front of a name orders it and is left out of its address. */
function entries(folder: string): Entry[] {
  const dir = join("content", folder);
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => /\.mdx?$/.test(name))
    .sort()
    .map((name) => {
      const text = readFileSync(join(dir, name), "utf8");
      const front = text.slice(0, text.indexOf("\n---", 3));
      const slug = /^slug: *["']?([\w/-]+)/m.exec(front)?.[1];
      return {
        slug: slug ?? `${folder}/${name.replace(/^\d+-/, "").replace(/\.mdx?$/, "")}`,
        part: /^part: *["']?(.+?)["']?$/m.exec(front)?.[1] ?? null,
      };
    });
}

/** Pages in groups by their part, in the order in which the parts first appear; without a part they stand by themselves. */
function grouped(folder: string): Group["items"] {
  const out: Group["items"] = [];
  const groups = new Map<string, Group>();
  for (const { slug, part } of entries(folder)) {
    if (part === null) {
      out.push({ slug });
      continue;
    }
    let group = groups.get(part);
    if (!group) {
      group = { label: part, items: [] };
      groups.set(part, group);
      out.push(group);
    }
    group.items.push({ slug });
  }
  return out;
}

export function sidebar(): Group[] {
  return [
    { label: "Learn", items: grouped("learn") },
    { label: "Wiki", items: grouped("wiki") },
    {
      label: "Practice",
      items: [
        { label: "Paths", link: "/paths/" },
        { label: "Exercises", link: "/exercises/" },
        { label: "Playground", link: "/playground/" },
      ],
    },
    {
      label: "Look up",
      items: [
        { label: "Pain points", link: "/pain-points/" },
        { label: "API names", link: "/api/" },
        { label: "Glossary", link: "/glossary/" },
        { label: "Resources", link: "/resources/" },
        {
          label: "Cheat sheets",
          collapsed: true,
          items: entries("cheat-sheets").map(({ slug }) => ({ slug })),
        },
        {
          label: "About the playground",
          collapsed: true,
          items: entries("about").map(({ slug }) => ({ slug })),
        },
      ],
    },
  ];
}
