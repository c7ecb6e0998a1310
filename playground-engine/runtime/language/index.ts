// Answers to an editor (protocol.ts, question "language"): a part that loads when the first is asked.
export { answerLanguage } from "./answers.ts";
export { ownModules } from "./modules.ts";
