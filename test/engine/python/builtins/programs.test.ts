import { join } from "node:path";
import { testPrograms } from "../programs.ts";

testPrograms(join(import.meta.dirname, "programs"));
