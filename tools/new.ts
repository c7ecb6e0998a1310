// `npm run new -- KIND "Title"`: writes the template of a page, with what is to be filled in marked by `…`.
//
//   npm run new -- lesson "Views and materialised views"
//   npm run new -- wiki "Full-text search"
//   npm run new -- pain-point "The title says what goes wrong"
//   npm run new -- exercise "What is to be done" --lesson select
//   npm run new -- resource "A title" --url https://…
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const KINDS = ["lesson", "wiki", "pain-point", "exercise", "resource"] as const;
export type Kind = (typeof KINDS)[number];

export const slugOf = (title: string): string =>
  title
    .toLowerCase()
    .normalize("NFKD")
    .replace(/\p{Mark}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const quoted = (text: string): string => JSON.stringify(text);

/** The number that comes after those of a folder's files. */
function nextNumber(folder: string): string {
  const numbers = readdirSync(folder).map((n) => Number(/^(\d+)-/.exec(n)?.[1] ?? 0));
  return String(Math.max(0, ...numbers) + 1).padStart(2, "0");
}

const example = (
  session: string,
  title: string,
  error = "",
): string => `\`\`\`python run session="${session}" title="${title}"${error}
from sqlalchemy import create_engine, text

engine = create_engine("sqlite://")
with engine.connect() as conn:
    print(conn.scalar(text("SELECT 1")))
\`\`\`
`;

const templates: Readonly<
  Record<Kind, (title: string, options: ReadonlyMap<string, string>) => Record<string, string>>
> = {
  lesson: (title) => {
    const number = nextNumber("content/learn");
    return {
      [`content/learn/${number}-${slugOf(title)}.mdx`]: `---
title: ${quoted(title)}
description: "…: the one question that this lesson answers."
part: Correct and fast
level: intermediate
minutes: 12
topics: [core-queries]
---

import { Exercise, PainPoint, Predict } from "#kit";

**…?** The question, and the answer in two sentences.

## …

${example("lesson", "first.py")}
<Predict question="How many statements will this emit?" options={[1, 2, 3]} example="second.py" counts="all">

Why it is so.

</Predict>

${example("lesson", "second.py")}
## Try it

…
`,
    };
  },
  wiki: (title) => ({
    [`content/wiki/${nextNumber("content/wiki")}-${slugOf(title)}.mdx`]: `---
title: ${quoted(title)}
description: "…: what the topic is, and what one finds here."
topics: [core-queries]
level: intermediate
minutes: 10
---

import { PainPoint, Resources, Term } from "#kit";

## Introduction

What does a reader need to know to understand the fundamentals?

## How to use

Common uses, each shown by code that runs.

${example("wiki", "example.py")}
## Resources

<Resources topic="core-queries" />

## Pain points

…
`,
  }),
  "pain-point": (title) => ({
    [`content/pain-points/${slugOf(title)}.mdx`]: `---
title: ${quoted(title)}
description: "…: what one sees, in one sentence."
topic: core-queries
topics: [core-queries]
group: "Core and expressions"
silent: true
importance: 3
tableOfContents: false
---
What one sees.

## See it go wrong

${example("demo", "fails.py")}
## Why

…

## The way out

- …: \`…\`

${example("demo", "mended.py")}`,
  }),
  exercise: (title, options) => {
    const dir = `content/exercises/${slugOf(title)}`;
    return {
      [`${dir}/index.md`]: `---
title: ${quoted(title)}
description: "…: what is to be done, in one sentence."
lesson: ${options.get("lesson") ?? "select"}
level: beginner
minutes: 8
topics: [core-queries]
checks:
  - says: What must hold, as a fact
    message: What to look at where it does not hold.
    output: { is: "42" }
hints:
  - A question that leads on.
  - The half of the answer.
solution: Why the solution is as it is.
wrong:
  - name: a-known-mistake
    fails: [1]
    explanation: What was thought, and what happens instead.
---

The task.
`,
      [`${dir}/start.py`]: "print(0)\n",
      [`${dir}/solution.py`]: "print(42)\n",
      [`${dir}/wrong/a-known-mistake.py`]: "print(41)\n",
    };
  },
  resource: (title, options) => ({
    "content/resources.yaml": `
- id: ${slugOf(title)}
  title: ${quoted(title)}
  url: ${options.get("url") ?? "https://…"}
  kind: article
  level: intermediate
  topic: core-queries
  blurb: What it is about, and for whom.
  caveat: null
  best: false
  verdict: null
`,
  }),
};

/** Write the files of a template below `root`; gives their paths. @throws Error where a file is there already */
export function make(
  kind: Kind,
  title: string,
  options: ReadonlyMap<string, string> = new Map(),
  root = ".",
): string[] {
  const files = Object.entries(templates[kind](title, options)).map(
    ([path, text]) => [join(root, path), text] as const,
  );
  for (const [file, text] of files) {
    if (kind === "resource") {
      if (readFileSync(file, "utf8").includes(`- id: ${slugOf(title)}\n`))
        throw new Error(`${file} has ${slugOf(title)} already.`);
      appendFileSync(file, text);
      continue;
    }
    if (existsSync(file)) throw new Error(`${file} is there already.`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return files.map(([file]) => file);
}

function main(args: readonly string[]): number {
  const [kind, title] = args;
  if (!KINDS.includes(kind as Kind) || !title || title.startsWith("--")) {
    console.error(`npm run new -- ${KINDS.join("|")} "Title" [--lesson SLUG] [--url ADDRESS]`);
    return 2;
  }
  const options = new Map<string, string>();
  for (let i = 2; i + 1 < args.length; i += 2) options.set(args[i]!.replace(/^--/, ""), args[i + 1]!);
  try {
    for (const file of make(kind as Kind, title, options)) console.log(file);
  } catch (e) {
    console.error((e as Error).message);
    return 1;
  }
  console.log("Fill in what is marked by …, and run `npm run content -- --quick`.");
  return 0;
}

if (process.argv[1]?.endsWith("tools/new.ts")) process.exit(main(process.argv.slice(2)));
