import { visitPages } from "./visits.ts";

visitPages(1, 2);
