// One pair of colour themes for static code (Expressive Code) and for the editor (Monaco), so that they look the same.
export const LIGHT_THEME = "github-light";
export const DARK_THEME = "github-dark";
