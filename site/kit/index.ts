// What pages of content/ are built with: `import { Predict, Exercise } from "#kit";`
export { default as Exercise } from "./Exercise.astro";
export { default as Figure } from "./Figure.astro";
export { default as PainPoint } from "./PainPoint.astro";
export { default as Predict } from "./Predict.astro";
export { default as Resources } from "./Resources.astro";
export { default as SideBySide } from "./SideBySide.astro";
export { default as Speed } from "./Speed.astro";
export { default as Term } from "./Term.astro";
