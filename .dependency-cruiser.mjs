// The arrows of the house (docs/architecture.md). Each rule says what to do instead.
const pure =
  "^harness/src/(units|domain|runtimes|protocols|peer-address|server-logs|settings|platform|scan|cost|doctor|logs|redact|evidence|analysis|report/(?!page/))";

/** A folder of engine/ and the other folders of engine/ that it may import; every folder may import the contracts at the root. */
const engineFolder = (folder, below, comment) => ({
  name: `engine-${folder}`,
  severity: "error",
  comment,
  from: { path: `^harness/src/engine/${folder}/` },
  to: {
    path: "^harness/src/engine/(start-engine\\.ts$|[^/]+/)",
    pathNot: `^harness/src/engine/(${[folder, ...below].join("|")})/`,
  },
});

/** A folder of engine/registry/ and the other ones that it may import. */
const registryFolder = (folder, below, comment) => ({
  name: `registry-${folder}`,
  severity: "error",
  comment,
  from: { path: `^harness/src/engine/registry/${folder}/` },
  to: {
    path: "^harness/src/engine/registry/[^/]+/",
    pathNot: `^harness/src/engine/registry/(${[folder, ...below].join("|")})/`,
  },
});

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      comment: "Two files that need each other are one file, or share a third: move the shared part down.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "Nobody imports this file: delete it, or wire it in.",
      from: {
        orphan: true,
        path: "^(harness/src|functions/src)",
        pathNot: "(clients/node/bootstrap|report/page/main|functions/src/[^/]+/handler|\\.d)\\.ts$",
      },
      to: {},
    },
    {
      name: "not-to-test",
      severity: "error",
      comment: "Nothing imports a test.",
      from: { pathNot: "/(test|bench)/" },
      to: { path: "/test/" },
    },
    {
      name: "not-to-dev-dependency",
      severity: "error",
      comment: "What runs on a user's machine must be in dependencies.",
      from: { path: "^harness/(src|bin)", pathNot: "^harness/src/report/page/" },
      to: { dependencyTypes: ["npm-dev"] },
    },
    {
      name: "no-undeclared-package",
      severity: "error",
      comment: "Add the package to package.json.",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },

    {
      name: "units-on-the-ground",
      severity: "error",
      comment: "units/ imports nothing.",
      from: { path: "^harness/src/units/" },
      to: { pathNot: "^harness/src/units/" },
    },
    {
      name: "domain-above-units",
      severity: "error",
      comment: "domain/ may know units/ and the functions' contract (types) only.",
      from: { path: "^harness/src/domain/" },
      to: { pathNot: "^(harness/src/(units|domain)/|functions/src/contract\\.ts$)" },
    },
    {
      name: "runtimes-know-words-only",
      severity: "error",
      comment:
        "The catalogue of runtimes says what is true of a runtime, and everybody reads it: what acts on it belongs to engine/clients or adapters/toolchains.",
      from: { path: "^harness/src/runtimes/" },
      to: { pathNot: "^harness/src/(units|domain|runtimes)/" },
    },
    {
      name: "protocols-know-words-only",
      severity: "error",
      comment:
        "The catalogue of protocols says what bytes mean, to link, judgement and peer alike: sockets and the judgement of an invocation belong to those who ask it.",
      from: { path: "^harness/src/protocols/" },
      to: { pathNot: "^(harness/src/(units|domain|protocols)/|functions/src/contract\\.ts$)" },
    },
    {
      name: "peer-address-knows-words-only",
      severity: "error",
      comment:
        "peer-address/ reads and writes texts for settings, run and engine alike: which flag or function a text comes from is theirs.",
      from: { path: "^harness/src/peer-address/" },
      to: { pathNot: "^harness/src/(units|domain|peer-address)/" },
    },
    {
      name: "server-logs-know-words-only",
      severity: "error",
      comment:
        "server-logs/ says what one server wrote of its connections. Files belong to adapters/log-formats, and whose connections they are to analysis/correlate.",
      from: { path: "^harness/src/server-logs/" },
      to: { pathNot: "^harness/src/(units|domain|server-logs)/" },
    },
    {
      name: "pure-rooms-touch-no-machine",
      severity: "error",
      comment: "A judgement made twice must be the same: pass data in, do I/O in adapters/ or the edges.",
      from: { path: pure },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "pure-rooms-know-no-edge",
      severity: "error",
      comment: "Pure rooms import pure rooms only; let cli/ or run/ bring the two together.",
      from: { path: pure },
      to: { path: "^harness/src/(ports|run|engine|peer|adapters|cli)/" },
    },
    {
      name: "logs-below-evidence",
      severity: "error",
      comment:
        "logs/ says what one event means. What is kept of many belongs in evidence/, what they prove in analysis/.",
      from: { path: "^harness/src/logs/" },
      to: { path: "^harness/src/(evidence|analysis|report|settings|platform)/" },
    },
    {
      name: "evidence-below-analysis",
      severity: "error",
      comment:
        "evidence/ keeps what the judgement says that it needs (evidence-need.ts). Declare a need in analysis/ instead of asking analysis/ from here.",
      from: { path: "^harness/src/evidence/" },
      to: { path: "^harness/src/(analysis|report|platform)/" },
    },
    {
      name: "storage-knows-rows-only",
      severity: "error",
      comment:
        "adapters/storage implements evidence/row-store.ts. What rows mean belongs in evidence/: pass it in as columns, write and read.",
      from: { path: "^harness/src/adapters/storage/" },
      to: {
        path: "^harness/src/",
        pathNot: "^harness/src/(adapters/storage/|evidence/row-store\\.ts$|domain/(errors|invariant)\\.ts$)",
      },
    },
    {
      name: "log-formats-read-only",
      severity: "error",
      comment:
        "adapters/log-formats turns bytes into log events. What is kept of them is decided in evidence/ (gather-logs.ts takes them), where they lie by who calls.",
      from: { path: "^harness/src/adapters/log-formats/" },
      to: { path: "^harness/src/(analysis|adapters/storage)/" },
    },
    {
      name: "timeline-first",
      severity: "error",
      comment:
        "timeline/ folds one source. Whatever joins sources belongs in correlate/ or later; move the shared type down into timeline/.",
      from: { path: "^harness/src/analysis/timeline/" },
      to: { path: "^harness/src/analysis/(?!timeline/)" },
    },
    {
      name: "correlate-before-attribution",
      severity: "error",
      comment:
        "correlate/ joins sources and says nothing about who is answerable: ask that in attribution/, from where it is needed.",
      from: { path: "^harness/src/analysis/correlate/" },
      to: { path: "^harness/src/analysis/(attribution|verdict|compare|calibrate)/" },
    },
    {
      name: "attribution-before-verdict",
      severity: "error",
      comment:
        "attribution/ says who held the peer. What that means for an invocation or a function belongs in verdict/.",
      from: { path: "^harness/src/analysis/attribution/" },
      to: { path: "^harness/src/analysis/(verdict|compare|calibrate)/" },
    },
    {
      name: "verdict-before-compare",
      severity: "error",
      comment: "verdict/ judges one run. What needs several results belongs in compare/ or calibrate/.",
      from: { path: "^harness/src/analysis/verdict/" },
      to: { path: "^harness/src/analysis/(compare|calibrate)/" },
    },
    {
      name: "report-reads-the-result-only",
      severity: "error",
      comment:
        "analysis/ and report/ meet in domain/judgement.ts and domain/run-result.ts, so that an old result can be shown by a newer report.",
      from: { path: "^harness/src/report/" },
      to: { path: "^harness/src/(analysis|logs|settings|platform)/" },
    },
    {
      name: "wording-knows-words-only",
      severity: "error",
      comment: "A sentence is made of a code, its parameters and names: take what it says from domain/.",
      from: { path: "^harness/src/report/wording/" },
      to: { pathNot: "^harness/src/(report/wording|domain|units)/" },
    },
    {
      name: "analysis-does-not-show",
      severity: "error",
      comment: "analysis/ says what is so, as codes with parameters; report/wording makes the sentences.",
      from: { path: "^harness/src/analysis/" },
      to: { path: "^harness/src/report/" },
    },
    {
      name: "library-types-know-no-engine",
      severity: "error",
      comment:
        "What a user of the library sees compiles without @types/node, and engine/ speaks of Buffer: take the words from domain/.",
      from: { path: "^harness/src/library/(engine|function)-face\\.ts$" },
      to: { path: "^harness/src/(engine|adapters|peer|run)/" },
    },
    {
      name: "run-over-ports",
      severity: "error",
      comment: "The conductor of a run knows interfaces only; cli/ hands it the real ones.",
      from: { path: "^harness/src/run/" },
      to: { path: "^harness/src/(engine|peer|adapters|cli)/" },
    },
    {
      name: "edges-apart-engine",
      severity: "error",
      comment: "Edges never import one another; cli/ joins them.",
      from: { path: "^harness/src/engine/" },
      to: { path: "^harness/src/(peer|adapters|run|analysis|report|cli)/" },
    },
    {
      name: "edges-apart-peer",
      severity: "error",
      comment: "Edges never import one another; cli/ joins them.",
      from: { path: "^harness/src/peer/" },
      to: { path: "^harness/src/(engine|adapters|run|analysis|report|platform|cli)/" },
    },
    {
      name: "edges-apart-adapters",
      severity: "error",
      comment: "Adapters know ports and domain (and the engine's control API by type).",
      from: { path: "^harness/src/adapters/" },
      to: { path: "^harness/src/(engine/(?!control-api|fleet-contract)|peer|analysis|report|cli)" },
    },
    {
      name: "engine-contracts",
      severity: "error",
      comment: "What lies at the root of engine/ is shared by its folders and imports none of them.",
      from: { path: "^harness/src/engine/(?!start-engine)[^/]+\\.ts$" },
      to: { path: "^harness/src/engine/(start-engine\\.ts$|[^/]+/)" },
    },
    engineFolder(
      "environment-log",
      [],
      "The log of an environment is told what to write: pass it events, not the parts that make them.",
    ),
    engineFolder(
      "process",
      [],
      "Processes are started and ended for an environment that they know nothing of.",
    ),
    engineFolder("link", [], "A link relays bytes for an environment that it knows nothing of."),
    engineFolder(
      "clients",
      [],
      "Clients are chosen for a function and laid out for its environment: starting them is process/'s and lifecycle/'s part.",
    ),
    engineFolder(
      "environment-api",
      ["environment-log"],
      "The APIs inside an environment report to a listener: declare what you need there, lifecycle/ implements it.",
    ),
    engineFolder(
      "lifecycle",
      ["clients", "environment-api", "environment-log", "link", "process"],
      "An environment knows no other one and nobody who asks for it: scheduling/ decides which one is used, and when.",
    ),
    engineFolder(
      "scheduling",
      ["lifecycle", "process"],
      "The fleet takes snapshots and returns results: records are the registry's, HTTP is aws-api's, start/ joins them.",
    ),
    engineFolder(
      "request-validation",
      [],
      "Both APIs check their requests with it, so it knows neither functions nor log groups.",
    ),
    engineFolder(
      "api-model",
      ["request-validation"],
      "The API model knows members and limits: what a request does is said by registry/ and log-store/.",
    ),
    engineFolder(
      "registry",
      ["request-validation"],
      "The registry tells the fleet of functions through fleet-contract.ts and never sees an environment.",
    ),
    engineFolder(
      "log-store",
      ["request-validation"],
      "Log groups are written through log-sink.ts: the store knows neither functions nor environments.",
    ),
    engineFolder(
      "aws-api",
      ["api-model", "log-store", "registry", "request-validation", "scheduling"],
      "HTTP only: environments are reached through fleet-contract.ts.",
    ),
    registryFolder("packages", [], "A package is a zip and its contents: who uses it is said elsewhere."),
    registryFolder(
      "policy",
      [],
      "A policy is a list of statements: what it is attached to is said elsewhere.",
    ),
    registryFolder(
      "layers",
      ["packages", "policy"],
      "Functions attach layers; a layer does not know by whom.",
    ),
    registryFolder(
      "functions",
      ["layers", "packages", "policy"],
      "A function is a record and its rules: what a request says of it is read in requests/.",
    ),
    registryFolder(
      "requests",
      ["functions", "layers", "packages", "policy"],
      "What several operations share lies below them: import no operation.",
    ),
    {
      name: "bootstrap-stands-alone",
      severity: "error",
      comment:
        "The runtime client runs inside an execution environment and carries nothing of the harness; what lays it out there is in place-client.ts.",
      from: { path: "^harness/src/engine/clients/[^/]+/", pathNot: "/place-client\\.ts$" },
      to: { path: "^harness/", pathNot: "^harness/src/engine/clients/[^/]+/(?!place-client)" },
    },
    {
      name: "nobody-imports-cli",
      severity: "error",
      comment: "cli/ is the top of the house.",
      from: { path: "^(harness/src|functions)", pathNot: "^harness/src/cli/" },
      to: { path: "^harness/src/cli/" },
    },
    {
      name: "bin-calls-cli",
      severity: "error",
      comment: "bin/ calls cli/main.ts and nothing else.",
      from: { path: "^harness/bin/" },
      to: { pathNot: "^harness/src/cli/" },
    },
    {
      name: "scripts-share-what-decides-nothing",
      severity: "error",
      comment:
        "scripts/ may use the words, parsers and adapters of the harness, of cli/ what stands for the process and asks questions and the " +
        "answers that the build puts into the entry, and four single files: when a process began, the form of AWS's API model, AWS's prices, escaping for Markdown. What drives, judges or shows a run belongs to the command line: start dist/longrun.js.",
      from: { path: "^scripts/" },
      to: {
        path: "^harness/",
        pathNot:
          "^harness/src/((units|domain|runtimes|protocols|settings|adapters)/|cli/(machine|node-machine|present-error|confirm|fixed-answers)\\.ts$|engine/process/running/process-start\\.ts$|engine/api-model/request-model\\.ts$|cost/prices\\.ts$|report/markdown/escape-markdown\\.ts$)",
      },
    },
    {
      name: "scripts-are-not-published",
      severity: "error",
      comment: "The package has no scripts/: move what both need into harness/src.",
      from: { path: "^(harness/(src|bin)|functions/src)/" },
      to: { path: "^scripts/" },
    },
    {
      name: "build-needs-no-infrastructure",
      severity: "error",
      comment:
        "Build and checks must start fast and run anywhere: what deploys and talks to services stays in scripts/infra.",
      from: { path: "^scripts/[^/]+$" },
      to: { path: "^scripts/infra/" },
    },
    {
      name: "functions-stand-alone",
      severity: "error",
      comment: "A handler is deployed without the harness.",
      from: { path: "^functions/src/" },
      to: { path: "^harness/" },
    },
    {
      name: "harness-reads-the-contract-only",
      severity: "error",
      comment: "The harness may read functions/src/contract.ts (types) and nothing else of the functions.",
      from: { path: "^harness/src/" },
      to: { path: "^functions/", pathNot: "^functions/src/contract\\.ts$" },
    },
    {
      name: "contract-imports-nothing",
      severity: "error",
      comment: "Anyone must be able to read it.",
      from: { path: "^functions/src/contract\\.ts$" },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|node_modules)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
