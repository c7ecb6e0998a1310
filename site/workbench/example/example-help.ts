// What the engine knows of an example's text: as if the cells of its session before it stood above.
import type { EngineClient } from "../../../playground-engine/runtime/client/engine-client.ts";
import type { LanguageAnswers } from "../../../playground-engine/runtime/protocol.ts";
import type { Help } from "../editor/code-area.ts";

type Any = LanguageAnswers[keyof LanguageAnswers];

/** @param before the texts of the earlier cells */
export function exampleHelp(client: () => EngineClient, before: () => readonly string[]): Help {
  return {
    ask: async (about) => {
      // a question waits for a program that runs, and its answer would be old
      if (client().state.state !== "ready") return undefined;
      const above = before()
        .map((text) => `${text}\n`)
        .join("");
      const answer = (await client().ask({
        kind: "language",
        about: { ...about, source: above + about.source, offset: above.length + about.offset },
      })) as Any | undefined;
      return (answer && shifted(answer, above)) as never;
    },
    open: () => undefined,
  };
}

/** An answer about two texts, one above the other, as one about the lower. */
function shifted(answer: Any, above: string): Any {
  if (above === "" || answer === null) return answer;
  const by = above.length;
  if ("places" in answer) {
    if (answer.places.some((p) => p.from < by))
      return { error: "An earlier example of this page has this name too: it would be another one there." };
    const moved = answer.places.map((p) => ({ from: p.from - by, to: p.to - by }));
    return { from: answer.from - by, to: answer.to - by, places: moved };
  }
  if ("from" in answer) return { ...answer, from: answer.from - by, to: answer.to - by };
  if ("line" in answer) {
    const line = answer.line - (above.split("\n").length - 1);
    return line < 1 ? null : { ...answer, line };
  }
  return answer;
}
