// `npm start`: builds the site if need be, serves it on localhost and prints the address. PORT chooses the port.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { serveSite } from "./serve.ts";

if (
  !existsSync("dist/index.html") ||
  process.argv.includes("--build") ||
  !process.argv.includes("--no-build")
) {
  const built = spawnSync("astro", ["build", "--force"], {
    stdio: "inherit",
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
  });
  if (built.status !== 0) process.exit(built.status ?? 1);
}
const { url } = await serveSite("dist", Number(process.env.PORT ?? 4321));
console.log(`\nMapped is at ${url}`);
