// The arrows between the rooms of playground-engine/ (ARCHITECTURE.md). A room may import only from the rooms its row names.
const ROOM = "^playground-engine/";
const leaf = ["util", "errors"];
const sql = [...leaf, "event", "sql"];
const compiler = [...sql, "compiler"];
const dialects = [...compiler, "dialects"];
const engine = [...dialects, "engine"];
const orm = [...engine, "orm"];
const migrations = [...engine, "migrations"];
const above = [...orm, "migrations", "python", "bindings"];

const may = {
  util: ["util"],
  errors: leaf,
  event: [...leaf, "event"],
  sql,
  compiler,
  dialects,
  engine,
  driver: [...leaf, "driver", "engine/dbapi"],
  orm,
  migrations,
  python: ["python"],
  bindings: [...above, "driver"],
  typescript: [...orm, "typescript", "driver"],
  runtime: [...above, "driver", "runtime"],
};

const roomRules = Object.entries(may).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `${room} may import only: ${allowed.join(", ")}`,
  severity: "error",
  from: { path: `${ROOM}${room}/` },
  to: { path: ROOM, pathNot: `${ROOM}(${allowed.join("|")})(/|\\.ts$)` },
}));

module.exports = {
  forbidden: [
    ...roomRules,
    {
      name: "no-cycles",
      severity: "error",
      from: { path: ROOM },
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "client-knows-protocol-only",
      comment: "The page side of the runtime sees the protocol and nothing of the engine.",
      severity: "error",
      from: { path: `${ROOM}runtime/client/` },
      to: { path: ROOM, pathNot: `${ROOM}runtime/(client|protocol)` },
    },
    {
      name: "site-sees-runtime-client",
      comment:
        "Pages reach the engine through runtime/client and runtime/protocol; the build step through runtime/node.",
      severity: "error",
      from: { path: "^site/" },
      to: { path: ROOM, pathNot: `${ROOM}runtime/` },
    },
    {
      name: "engine-knows-no-page",
      severity: "error",
      from: { path: ROOM },
      to: { path: "^(site|content|test)/|node_modules/(react|astro|@astrojs)" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js"] },
  },
};
