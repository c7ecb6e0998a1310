import { visitPages } from "./visits.ts";

visitPages(0, 2);
