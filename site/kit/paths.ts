// The steps of a path as links with titles, for its page and for the checks.
import { getCollection, type CollectionEntry } from "astro:content";
import { href } from "./href.ts";
import { missing } from "./missing.ts";

export interface StepItem {
  readonly title: string;
  readonly link: string | null;
  /** What marks it as done. */
  readonly key: string;
  readonly kind: "page" | "exercise" | "task";
  readonly note: string | undefined;
  /** Exercises of the lesson, as keys. */
  readonly exercises: readonly string[];
}

/** The keys of a lesson's exercises: when all are passed, the lesson is done. */
export function exercisesOf(page: string, all: readonly CollectionEntry<"exercises">[]): string[] {
  return all.filter((e) => page === `learn/${e.data.lesson}`).map((e) => `exercise:${e.id}`);
}

/** Pages and exercises that do not exist are left out, and told where the page is built. */
export async function itemsOf(path: CollectionEntry<"paths">): Promise<StepItem[][]> {
  const docs = new Map((await getCollection("docs")).map((d) => [d.id, d.data.title]));
  const all = await getCollection("exercises");
  const exercises = new Map(all.map((e) => [e.id, e.data.title]));
  return path.data.steps.map((step, s) =>
    step.items.flatMap((item, i): StepItem[] => {
      if ("task" in item)
        return [
          {
            title: item.task,
            link: null,
            key: `page:${path.data.id}/${s}-${i}`,
            kind: "task",
            note: undefined,
            exercises: [],
          },
        ];
      if ("exercise" in item) {
        const title = exercises.get(item.exercise);
        if (!title) {
          missing("path step", path.id, `exercise ${item.exercise}`);
          return [];
        }
        return [
          {
            title,
            link: href(`exercises/${item.exercise}/`),
            key: `exercise:${item.exercise}`,
            kind: "exercise",
            note: item.note,
            exercises: [],
          },
        ];
      }
      const title = docs.get(item.page);
      if (!title) {
        missing("path step", path.id, `page ${item.page}`);
        return [];
      }
      return [
        {
          title,
          link: href(`${item.page}/`),
          key: `page:${item.page}`,
          kind: "page",
          note: item.note,
          exercises: exercisesOf(item.page, all),
        },
      ];
    }),
  );
}
