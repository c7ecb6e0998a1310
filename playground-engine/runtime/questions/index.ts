// Answers to the page's questions (protocol.ts): a part that loads when the first is asked.
export { checkAnswer } from "./check.ts";
export { completeAnswer } from "./complete.ts";
export { databaseAnswer, queryAnswer } from "./database.ts";
export { revisionsAnswer } from "./revisions.ts";
export { schemaAnswer } from "./schema.ts";
