// The shapes of what a writer writes: front matter and the YAML files of content/. Used by the site and by the tests.
import { z } from "astro/zod";

export const level = z.enum(["beginner", "intermediate", "expert"]);

/** Fields that pages of the course and the wiki may have beside Starlight's own. */
export const pageFields = z.object({
  /** Topics of pain points and resources that belong here, as `topic` in content/resources.yaml names them. */
  topics: z.array(z.string()).default([]),
  level: level.optional(),
  /** Reading and trying time. */
  minutes: z.number().int().positive().optional(),
  /** The heading it stands under in the sidebar. */
  part: z.string().optional(),
  /** API names the page is about, beside those that its examples show. */
  uses: z.array(z.string()).default([]),
  /** A pain point's own fields, flat in its front matter. */
  topic: z.string().optional(),
  group: z.string().optional(),
  silent: z.boolean().optional(),
  importance: z.number().int().min(1).max(5).optional(),
  error: z.object({ class: z.string(), message: z.string() }).optional(),
  match: z.string().optional(),
  code: z.string().optional(),
  related: z.array(z.string()).default([]),
});

export const painPoint = z.object({
  title: z.string(),
  description: z.string(),
  topic: z.string(),
  group: z.string(),
  /** It goes wrong without an exception. */
  silent: z.boolean(),
  importance: z.number().int().min(1).max(5),
  /** The exception that one would search for, as it was printed. */
  error: z.object({ class: z.string(), message: z.string() }).optional(),
  /** A pattern that finds the page by an exception's message, where the message itself holds names of the example. */
  match: z.string().optional(),
  /** SQLAlchemy's error code. */
  code: z.string().optional(),
  related: z.array(z.string()).default([]),
});

export const resource = z.object({
  id: z.string(),
  title: z.string(),
  url: z.url(),
  kind: z.enum(["docs", "tool", "article", "video", "paper", "tutorial", "book", "seed link"]),
  level: level.nullable(),
  topic: z.string(),
  blurb: z.string(),
  caveat: z.string().nullable(),
  /** Among the few to begin with. */
  best: z.boolean(),
  /** What became of a link of the documents that this site grew out of. */
  verdict: z.string().nullable(),
});

export const term = z.object({
  id: z.string(),
  term: z.string(),
  /** Plain text, one or two sentences. */
  definition: z.string(),
  also: z.array(z.string()).default([]),
  see: z.string().optional(),
});

const count = z
  .union([
    z.number().int().nonnegative(),
    z.object({
      min: z.number().int().nonnegative().optional(),
      max: z.number().int().nonnegative().optional(),
    }),
  ])
  .describe("an exact number, or { min, max }");

/** One fact that a program must show; `message` is what the learner reads when it does not. */
export const check = z.union([
  /** Statements: all, those of a kind (SELECT, INSERT …), those of a cause (lazy load, flush …), those whose SQL matches. */
  z.strictObject({
    says: z.string(),
    message: z.string(),
    statements: z.strictObject({
      kind: z.string().optional(),
      cause: z.string().optional(),
      matches: z.string().optional(),
      count,
    }),
  }),
  /** Transaction boundaries. */
  z.strictObject({
    says: z.string(),
    message: z.string(),
    transactions: z.strictObject({
      what: z.enum(["begin", "commit", "rollback", "savepoint", "rollback_savepoint", "release_savepoint"]),
      count,
    }),
  }),
  /** Rows of a query on the reader's database, by its raw connection. */
  z.strictObject({
    says: z.string(),
    message: z.string(),
    rows: z.strictObject({
      sql: z.string(),
      equal: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
      engine: z.string().default("engine"),
    }),
  }),
  /** A Python expression, looked at in the program's names after it ran; its repr must be this text. */
  z.strictObject({
    says: z.string(),
    message: z.string(),
    value: z.strictObject({ of: z.string(), is: z.string() }),
  }),
  z.strictObject({
    says: z.string(),
    message: z.string(),
    output: z.strictObject({
      is: z.string().optional(),
      contains: z.string().optional(),
      matches: z.string().optional(),
    }),
  }),
  /** The exception that ends the program; null: none. */
  z.strictObject({ says: z.string(), message: z.string(), raises: z.string().nullable() }),
  /** Text that the program must, or must not, contain: only to keep to what the task says. */
  z.strictObject({
    says: z.string(),
    message: z.string(),
    source: z.strictObject({ has: z.string().optional(), lacks: z.string().optional() }),
  }),
]);

export const exercise = z.object({
  title: z.string(),
  /** One sentence: what is to be done. */
  description: z.string(),
  /** Slug of the lesson it belongs to. */
  lesson: z.string(),
  level,
  minutes: z.number().int().positive(),
  topics: z.array(z.string()).min(1),
  /** Name of the file that the learner writes: a path where the other files import it or Alembic reads it. */
  file: z.string().default("exercise.py"),
  checks: z.array(check).min(1),
  hints: z.array(z.string()).min(1),
  /** Explains the solution, once it is shown. */
  solution: z.string(),
  /** Known ways to go wrong, each with a program in wrong/NAME.py, found by the checks that fail or by the error. */
  wrong: z
    .array(
      z.object({
        name: z.string(),
        explanation: z.string(),
        /** Positions (from 1) of the checks that fail; or a pattern of the error's "Type: message", or of the source. */
        fails: z.array(z.number().int().positive()).optional(),
        error: z.string().optional(),
        source: z.string().optional(),
      }),
    )
    .min(1),
});

/** A way through the site for somebody. */
export const path = z.object({
  id: z.string(),
  title: z.string(),
  who: z.string(),
  time: z.string(),
  goal: z.string(),
  steps: z.array(
    z.object({
      /** Heading of a stretch of the path. */
      title: z.string(),
      why: z.string(),
      items: z.array(
        z.union([
          z.strictObject({ page: z.string(), note: z.string().optional() }),
          z.strictObject({ exercise: z.string(), note: z.string().optional() }),
          z.strictObject({ task: z.string() }),
        ]),
      ),
    }),
  ),
  exit: z.string(),
});

/** An organisation's own notes and links on the pages it names. */
export const team = z.object({
  team: z.string(),
  notes: z
    .array(
      z.object({
        /** Slug of the page: "wiki/migrations". */
        page: z.string(),
        text: z.string(),
        links: z.array(z.object({ title: z.string(), url: z.string() })).default([]),
      }),
    )
    .default([]),
});

export type Check = z.infer<typeof check>;
export type ExerciseData = z.infer<typeof exercise>;
export type PathData = z.infer<typeof path>;
