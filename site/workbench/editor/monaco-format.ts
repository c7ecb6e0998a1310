// "Format Document" (Shift+Alt+F) in Monaco, which makes the smallest edits, so that cursor and undo are kept.
import * as monaco from "monaco-editor/editor";
import "monaco-editor/features/format/register";
import { CannotFormat, formatted, isToBeLoaded } from "./format.ts";

/** Once a page. */
export function formatPython(): void {
  // on Linux it would be another key
  monaco.editor.addKeybindingRule({
    keybinding: monaco.KeyMod.Shift | monaco.KeyMod.Alt | monaco.KeyCode.KeyF,
    command: "editor.action.formatDocument",
    when: "editorTextFocus && !editorReadonly",
  });
  monaco.languages.registerDocumentFormattingEditProvider("python", {
    displayName: "Ruff",
    provideDocumentFormattingEdits: async (model) => {
      if (isToBeLoaded()) say(model, "Loading the formatter…");
      try {
        return [{ range: model.getFullModelRange(), text: await formatted(model.getValue()) }];
      } catch (e) {
        if (!(e instanceof CannotFormat)) throw e;
        say(model, e.message);
        return [];
      }
    },
  });
}

interface MessageController extends monaco.editor.IEditorContribution {
  showMessage(text: string, position: monaco.IPosition): void;
}

/** At the cursor, and to a screen reader; gone with the next key. */
function say(model: monaco.editor.ITextModel, text: string): void {
  const editor = monaco.editor.getEditors().find((e) => e.getModel() === model);
  const position = editor?.getPosition();
  if (editor && position)
    editor
      .getContribution<MessageController>("editor.contrib.messageController")
      ?.showMessage(text, position);
}
