// Completion, hover, signatures, definitions and renaming in Monaco, answered by the engine (runtime/protocol.ts, "language").
//
// The providers are registered once a page and know a model's helper by the model; a model without one gets no help.
import type {
  LanguageAnswers,
  LanguageCandidate,
  LanguageQuestion,
} from "../../../playground-engine/runtime/protocol.ts";
import { monaco } from "./monaco-editor.ts";

type What = LanguageQuestion["what"];

/** What the providers need of a page. */
export interface PythonHelp {
  /** The file as the workspace names it. */
  readonly path: string;
  /** Undefined where the engine cannot answer now: it is loading, or a program runs. */
  ask<W extends What>(
    about: LanguageQuestion & { readonly what: W },
  ): Promise<LanguageAnswers[W] | undefined>;
  /** Show a place of another file. */
  open(place: { readonly path: string; readonly line: number; readonly column: number }): void;
}

const helped = new WeakMap<monaco.editor.ITextModel, PythonHelp>();
/** Addresses that definitions in other files are given, to be opened by the page. */
const SCHEME = "mapped-definition";
let registered = false;
let last: PythonHelp | undefined;

export function helpWithPython(model: monaco.editor.ITextModel, help: PythonHelp): void {
  register();
  helped.set(model, help);
}

const KINDS: Readonly<Record<LanguageCandidate["kind"], keyof typeof monaco.languages.CompletionItemKind>> = {
  module: "Module",
  class: "Class",
  function: "Function",
  method: "Method",
  attribute: "Field",
  variable: "Variable",
  value: "Value",
  keyword: "Keyword",
  "keyword argument": "Property",
};

async function ask<W extends What>(
  what: W,
  model: monaco.editor.ITextModel,
  position: monaco.IPosition,
  more: { readonly name?: string } = {},
): Promise<LanguageAnswers[W] | undefined> {
  const help = helped.get(model);
  if (!help) return undefined;
  const offset = model.getOffsetAt(position);
  const about = { what, path: help.path, source: model.getValue(), offset, ...more };
  return help.ask<W>(about as never);
}

function rangeOf(model: monaco.editor.ITextModel, { from, to }: { from: number; to: number }): monaco.Range {
  return monaco.Range.fromPositions(model.getPositionAt(from), model.getPositionAt(to));
}

const codeOf = (text: string): monaco.IMarkdownString => ({ value: `\`\`\`python\n${text}\n\`\`\`` });

/** Text that is not to be taken for Markdown. */
const plain = (text: string): monaco.IMarkdownString => ({
  value: text.replace(/[\\`*_{}[\]()#+\-.!<>|~]/g, "\\$&"),
});

function register(): void {
  if (registered) return;
  registered = true;
  const { languages } = monaco;
  languages.registerCompletionItemProvider("python", {
    triggerCharacters: ["."],
    provideCompletionItems: async (model, position) => {
      const answer = await ask("complete", model, position);
      if (!answer) return { suggestions: [] };
      const range = rangeOf(model, answer);
      return {
        suggestions: answer.candidates.map((c, i) => ({
          label: c.detail === null ? c.text : { label: c.text, description: shortened(c.detail) },
          insertText: c.text,
          kind: languages.CompletionItemKind[KINDS[c.kind]],
          // in the order that they are told in
          sortText: String(i).padStart(5, "0"),
          range,
        })),
      };
    },
  });
  languages.registerHoverProvider("python", {
    provideHover: async (model, position) => {
      const answer = await ask("hover", model, position);
      if (!answer) return null;
      const contents = [codeOf(answer.title)];
      if (answer.home !== null) contents.push(plain(answer.home));
      if (answer.doc !== null) contents.push(plain(answer.doc));
      return { contents, range: rangeOf(model, answer) };
    },
  });
  languages.registerSignatureHelpProvider("python", {
    signatureHelpTriggerCharacters: ["(", ","],
    signatureHelpRetriggerCharacters: [")"],
    provideSignatureHelp: async (model, position) => {
      const answer = await ask("signature", model, position);
      if (!answer) return null;
      const { label, parameters, active, doc } = answer;
      return {
        value: {
          signatures: [
            {
              label,
              parameters: parameters.map((p) => ({ label: p })),
              ...(doc === null ? {} : { documentation: plain(doc) }),
            },
          ],
          activeSignature: 0,
          activeParameter: Math.max(0, active),
        },
        dispose: () => undefined,
      };
    },
  });
  languages.registerDefinitionProvider("python", {
    provideDefinition: async (model, position) => {
      const place = await ask("definition", model, position);
      if (!place) return null;
      const help = helped.get(model)!;
      last = help;
      const own = place.path === help.path;
      return {
        uri: own ? model.uri : monaco.Uri.from({ scheme: SCHEME, path: `/${place.path}` }),
        range: new monaco.Range(place.line, place.column, place.line, place.column),
      };
    },
  });
  monaco.editor.registerEditorOpener({
    openCodeEditor: (_from, resource, selection) => {
      if (resource.scheme !== SCHEME || !last) return false;
      const at =
        selection && ("startLineNumber" in selection ? selection.startLineNumber : selection.lineNumber);
      last.open({ path: resource.path.slice(1), line: at ?? 1, column: 1 });
      return true;
    },
  });
  languages.registerRenameProvider("python", {
    resolveRenameLocation: async (model, position) => {
      const answer = await ask("rename", model, position);
      const word = model.getWordAtPosition(position);
      if (answer && !("error" in answer)) {
        const range = rangeOf(model, answer);
        return { range, text: model.getValueInRange(range) };
      }
      return {
        range: new monaco.Range(position.lineNumber, position.column, position.lineNumber, position.column),
        text: word?.word ?? "",
        rejectReason: answer?.error ?? "The engine is busy: try again when the program has ended.",
      };
    },
    provideRenameEdits: async (model, position, name) => {
      const answer = await ask("rename", model, position, { name });
      if (!answer || "error" in answer)
        return {
          edits: [],
          rejectReason: answer?.error ?? "The engine is busy: try again when the program has ended.",
        };
      return {
        edits: answer.places.map((p) => ({
          resource: model.uri,
          versionId: undefined,
          textEdit: { range: rangeOf(model, p), text: (p.before ?? "") + name },
        })),
      };
    },
  });
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
