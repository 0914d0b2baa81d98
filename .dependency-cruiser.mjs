// Which folder may import which (docs/architecture.md). The comment of each rule says what to do instead.
const pure =
  "^harness/src/(base|words|record|result|catalogue|logs|settings|platform|scan|budget|doctor|redact|evidence|theory|analysis|report/(?!page/))";

/** Makes the rule for a folder of engine/: it may import the folders in `below`, and the contracts at the root of engine/. */
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

/** Makes the rule for a folder of engine/registry/: it may import the folders in `below`. */
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
      comment:
        "Two files must not import each other: make them one file, or move what they share into a third file.",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      severity: "error",
      comment: "Nobody imports this file: delete it, or import it where it is needed.",
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
      comment: "A package that runs on a user's machine must be in `dependencies`, not in `devDependencies`.",
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
      name: "base-on-the-ground",
      severity: "error",
      comment: "base/ imports nothing: it knows no word of the domain.",
      from: { path: "^harness/src/base/" },
      to: { pathNot: "^harness/src/base/" },
    },
    {
      name: "words-above-base",
      severity: "error",
      comment:
        "words/ may import only base/ and the types of the functions' contract. What stands in a file of a run belongs in record/.",
      from: { path: "^harness/src/words/" },
      to: { pathNot: "^(harness/src/(base|words)/|functions/src/contract\\.ts$)" },
    },
    {
      name: "record-above-words",
      severity: "error",
      comment:
        "record/ may import only base/, words/, and zod, in which the files of a run are declared. What a judgement says belongs in result/.",
      from: { path: "^harness/src/record/" },
      to: { pathNot: "^(harness/src/(base|words|record)/|node_modules/zod/)" },
    },
    {
      name: "result-above-record",
      severity: "error",
      comment:
        "result/ declares what a judgement says, and may import only base/, words/, record/ and zod. analysis/ makes a result, and report/ shows it.",
      from: { path: "^harness/src/result/" },
      to: { pathNot: "^(harness/src/(base|words|record|result)/|node_modules/zod/)" },
    },
    {
      name: "runtimes-know-words-only",
      severity: "error",
      comment:
        "The catalogue of runtimes holds only facts, because everybody reads the catalogue: code that acts on the facts belongs in engine/clients or adapters/toolchains.",
      from: { path: "^harness/src/catalogue/runtimes/" },
      to: { pathNot: "^harness/src/(base|words|record|catalogue/runtimes)/" },
    },
    {
      name: "protocols-know-words-only",
      severity: "error",
      comment:
        "The catalogue of protocols says only what bytes mean: sockets and the judgement of an invocation belong to the link, the peer and analysis/, which read the catalogue.",
      from: { path: "^harness/src/catalogue/protocols/" },
      to: {
        pathNot: "^(harness/src/(base|words|record|catalogue/protocols)/|functions/src/contract\\.ts$)",
      },
    },
    {
      name: "connection-strings-know-words-only",
      severity: "error",
      comment:
        "catalogue/connection-strings only reads and writes texts: settings/, run/ and engine/ know which flag or function a text comes from.",
      from: { path: "^harness/src/catalogue/connection-strings/" },
      to: { pathNot: "^harness/src/(base|words|catalogue/connection-strings)/" },
    },
    {
      name: "server-logs-know-the-record-only",
      severity: "error",
      comment:
        "logs/servers reads what one server wrote about its connections. adapters/log-formats opens the files, and analysis/correlate finds out who opened the connections.",
      from: { path: "^harness/src/logs/servers/" },
      to: { pathNot: "^harness/src/(base|words|record|logs/servers)/" },
    },
    {
      name: "log-forms-before-events",
      severity: "error",
      comment:
        "logs/forms finds the events in a text, whatever wrote it. What an event says is read by the files of logs/ after that.",
      from: { path: "^harness/src/logs/forms/" },
      to: {
        path: "^harness/src/logs/",
        pathNot: "^harness/src/logs/(forms/|(log-event|log-group-parts|stream-name)\\.ts$)",
      },
    },
    {
      name: "pure-rooms-touch-no-machine",
      severity: "error",
      comment:
        "The same evidence must always give the same judgement: take data as parameters, and do I/O in adapters/, engine/, peer/ or cli/. zlib is allowed, because it only computes.",
      from: { path: pure },
      to: { dependencyTypes: ["core"], pathNot: "^(node:)?zlib$" },
    },
    {
      name: "pure-rooms-know-no-edge",
      severity: "error",
      comment: "A pure folder imports only pure folders: let cli/ or run/ connect the two.",
      from: { path: pure },
      to: { path: "^harness/src/(run|engine|peer|adapters|judge|cli)/" },
    },
    {
      name: "logs-below-evidence",
      severity: "error",
      comment:
        "logs/ says what one event means. evidence/ decides which events are kept, and analysis/ decides what they prove.",
      from: { path: "^harness/src/logs/" },
      to: { path: "^harness/src/(evidence|analysis|report|settings|platform)/" },
    },
    {
      name: "evidence-below-analysis",
      severity: "error",
      comment:
        "evidence/ keeps what analysis/ declares as needed (evidence-need.ts). Declare a need in analysis/ instead of importing analysis/ here.",
      from: { path: "^harness/src/evidence/" },
      to: { path: "^harness/src/(analysis|report|platform)/" },
    },
    {
      name: "theory-stands-alone",
      severity: "error",
      comment:
        "theory/ judges facts. What a source says becomes a fact in an adapter that imports theory/facts, so that the theory knows no source.",
      from: { path: "^harness/src/theory/" },
      to: { pathNot: "^harness/src/(base|words|record|result|theory)/" },
    },
    {
      name: "storage-knows-texts-only",
      severity: "error",
      comment:
        "adapters/storage implements evidence/text-store.ts and does not know what the texts mean: evidence/ writes and reads them.",
      from: { path: "^harness/src/adapters/storage/" },
      to: {
        path: "^harness/src/",
        pathNot: "^harness/src/(adapters/storage/|evidence/text-store\\.ts$|base/(errors|invariant)\\.ts$)",
      },
    },
    {
      name: "log-formats-read-only",
      severity: "error",
      comment:
        "adapters/log-formats turns bytes into log events. evidence/gather-logs.ts decides which of them are kept, and the caller chooses the storage.",
      from: { path: "^harness/src/adapters/log-formats/" },
      to: { path: "^harness/src/(analysis|adapters/storage)/" },
    },
    {
      name: "timeline-first",
      severity: "error",
      comment:
        "timeline/ reads one source. Code that joins sources belongs in correlate/ or a later step. A type that timeline/ and a later step need belongs in timeline/.",
      from: { path: "^harness/src/analysis/timeline/" },
      to: { path: "^harness/src/analysis/(?!timeline/)" },
    },
    {
      name: "correlate-before-attribution",
      severity: "error",
      comment: "correlate/ joins sources. Who caused a failure is decided in attribution/.",
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
      comment:
        "verdict/ judges one run. Code that needs the results of several runs belongs in compare/ or calibrate/.",
      from: { path: "^harness/src/analysis/verdict/" },
      to: { path: "^harness/src/analysis/(compare|calibrate)/" },
    },
    {
      name: "report-reads-the-result-only",
      severity: "error",
      comment:
        "analysis/ and report/ share only result/judgement.ts and result/run-result.ts, so that a newer report can show an old result.",
      from: { path: "^harness/src/report/" },
      to: { path: "^harness/src/(analysis|logs|settings|platform)/" },
    },
    {
      name: "wording-knows-words-only",
      severity: "error",
      comment:
        "A sentence is made only from a code, its parameters and names: import their types from result/, and the names of servers from the catalogue of protocols.",
      from: { path: "^harness/src/report/wording/" },
      to: {
        pathNot:
          "^harness/src/((report/wording|base|words|record|result)/|catalogue/protocols/all-protocols\\.ts$)",
      },
    },
    {
      name: "analysis-does-not-show",
      severity: "error",
      comment: "analysis/ makes codes with parameters; report/wording makes the sentences.",
      from: { path: "^harness/src/analysis/" },
      to: { path: "^harness/src/report/" },
    },
    {
      name: "library-types-know-no-engine",
      severity: "error",
      comment:
        "The types of the library must compile without @types/node, but the types of engine/ use Buffer: take the types from words/, record/ and result/.",
      from: { path: "^harness/src/library/(engine|function)-face\\.ts$" },
      to: { path: "^harness/src/(engine|adapters|peer|run)/" },
    },
    {
      name: "run-over-ports",
      severity: "error",
      comment: "run/ knows only the interfaces of run/ports; cli/ passes in the implementations.",
      from: { path: "^harness/src/run/" },
      to: { path: "^harness/src/(engine|peer|adapters|cli)/" },
    },
    {
      name: "ports-before-run",
      severity: "error",
      comment:
        "run/ports declares interfaces that the edges implement: it must not know how a soak uses them.",
      from: { path: "^harness/src/run/ports/" },
      to: { path: "^harness/src/run/(?!ports/)" },
    },
    {
      name: "budget-counts-only",
      severity: "error",
      comment:
        "budget/ adds up what adapters/aws/budget-look.ts read of an account and what a result shows: it asks nobody itself.",
      from: { path: "^harness/src/budget/" },
      to: {
        pathNot: "^harness/src/(base|words|record|result|report/text|catalogue/connection-strings|budget)/",
      },
    },
    {
      name: "probe-over-ports",
      severity: "error",
      comment:
        "probe/ opens connections only through run/ports/silent-connections.ts; cli/ passes in the implementation.",
      from: { path: "^harness/src/probe/" },
      to: {
        pathNot: "^harness/src/(base|words|record|result|run/ports|catalogue/connection-strings|probe)/",
      },
    },
    {
      name: "provoke-over-ports",
      severity: "error",
      comment:
        "provoke/ changes a function only through run/ports/function-changes.ts, on AWS and on the engine alike; run/ and cli/ pass in the implementation.",
      from: { path: "^harness/src/provoke/" },
      to: { pathNot: "^harness/src/(base|words|record|run/ports|provoke)/" },
    },
    {
      name: "edges-apart-engine",
      severity: "error",
      comment: "engine/ imports no other edge (peer, adapters): cli/ connects them.",
      from: { path: "^harness/src/engine/" },
      to: { path: "^harness/src/(peer|adapters|run/(?!ports/)|analysis|report|cli)/" },
    },
    {
      name: "edges-apart-peer",
      severity: "error",
      comment: "peer/ imports no other edge (engine, adapters): cli/ connects them.",
      from: { path: "^harness/src/peer/" },
      to: { path: "^harness/src/(engine|adapters|run/(?!ports/)|analysis|report|platform|cli)/" },
    },
    {
      name: "edges-apart-adapters",
      severity: "error",
      comment:
        "Of run/, adapters may import only its ports. Of engine/ they may import only the types of the control API and of the fleet (all its environments).",
      from: { path: "^harness/src/adapters/" },
      to: {
        path: "^harness/src/(engine/(?!control-api|fleet-contract)|run/(?!ports/)|peer|analysis|judge|report|cli)",
      },
    },
    {
      name: "engine-contracts",
      severity: "error",
      comment: "A file at the root of engine/ is shared by the folders of engine/ and imports none of them.",
      from: { path: "^harness/src/engine/(?!start-engine)[^/]+\\.ts$" },
      to: { path: "^harness/src/engine/(start-engine\\.ts$|[^/]+/)" },
    },
    engineFolder(
      "environment-log",
      [],
      "The log of an environment only writes events: pass it events, not the objects that make them.",
    ),
    engineFolder(
      "process",
      [],
      "process/ starts and ends processes and does not know the environment for which it does that.",
    ),
    engineFolder("link", [], "link/ relays bytes and does not know the environment for which it does that."),
    engineFolder(
      "clients",
      [],
      "clients/ chooses a client for a function and places its files: process/ and lifecycle/ start the client.",
    ),
    engineFolder(
      "environment-api",
      ["environment-log"],
      "The APIs inside an environment report to a listener: declare what you need in that interface, which lifecycle/ implements.",
    ),
    engineFolder(
      "lifecycle",
      ["clients", "environment-api", "environment-log", "link", "process"],
      "An environment knows neither other environments nor its callers: scheduling/ decides which environment is used, and when.",
    ),
    engineFolder(
      "scheduling",
      ["lifecycle", "process"],
      "The fleet takes snapshots of functions and returns results: registry/ keeps the functions, aws-api/ speaks HTTP, and start/ connects the three.",
    ),
    engineFolder(
      "request-validation",
      [],
      "The Lambda API and the Logs API check requests with this folder, so the folder knows neither functions nor log groups.",
    ),
    engineFolder(
      "api-model",
      ["request-validation"],
      "The API model knows the members and limits of requests: registry/ and log-store/ carry the requests out.",
    ),
    engineFolder(
      "registry",
      ["request-validation"],
      "The registry passes functions to the fleet through fleet-contract.ts and knows no environment.",
    ),
    engineFolder(
      "log-store",
      ["request-validation"],
      "Other folders write into log groups through log-sink.ts: the store knows neither functions nor environments.",
    ),
    engineFolder(
      "aws-api",
      ["api-model", "log-store", "registry", "request-validation", "scheduling"],
      "aws-api/ only speaks HTTP: it reaches environments through fleet-contract.ts.",
    ),
    registryFolder(
      "packages",
      [],
      "packages/ knows a zip and its contents, but not the function or layer that uses it.",
    ),
    registryFolder(
      "policy",
      [],
      "policy/ knows the statements of a policy, but not the function or layer that has the policy.",
    ),
    registryFolder("layers", ["packages", "policy"], "layers/ does not know the functions that use a layer."),
    registryFolder(
      "functions",
      ["layers", "packages", "policy"],
      "functions/ has the record of a function and its rules: requests/ reads what a request says about a function.",
    ),
    registryFolder(
      "requests",
      ["functions", "layers", "packages", "policy"],
      "requests/ is shared by the operations: it must not import an operation.",
    ),
    {
      name: "bootstrap-stands-alone",
      severity: "error",
      comment:
        "A runtime client runs inside an execution environment and must not import the harness. Only place-client.ts, which copies the client into the environment, may import the harness.",
      from: { path: "^harness/src/engine/clients/[^/]+/", pathNot: "/place-client\\.ts$" },
      to: { path: "^harness/", pathNot: "^harness/src/engine/clients/[^/]+/(?!place-client)" },
    },
    {
      name: "one-door",
      severity: "error",
      comment:
        "Only judge/ puts a judgement together: call judgeRun, which takes the settings from the evidence, and pass the user's settings as overrides.",
      from: { path: "^harness/src/", pathNot: "^harness/src/(judge|analysis)/" },
      to: {
        path: "^harness/src/(analysis/(analyze|judgement-needs)|report/wording/describe-judgement)\\.ts$",
      },
    },
    {
      name: "check-owns-its-effect",
      severity: "error",
      comment:
        "What a check does to verdict, reasons and exit code is in its own file (`reasons`, `foundMeansBug`, …: checks/check.ts). Ask checkNamed of all-checks.ts for it.",
      from: { path: "^harness/src/", pathNot: "^harness/src/analysis/verdict/checks/" },
      to: { path: "^harness/src/analysis/verdict/checks/", pathNot: "/checks/(all-checks|check)\\.ts$" },
    },
    {
      name: "judge-only-reads",
      severity: "error",
      comment: "judge/ reads a run and judges it. Faces (cli/, library/, explore/) call it.",
      from: { path: "^harness/src/judge/" },
      to: { path: "^harness/src/(cli|library|explore|run|engine|peer)/" },
    },
    {
      name: "nobody-imports-cli",
      severity: "error",
      comment: "cli/ imports the other folders, and no folder imports cli/.",
      from: { path: "^(harness/src|functions)", pathNot: "^harness/src/cli/" },
      to: { path: "^harness/src/cli/" },
    },
    {
      name: "bin-calls-cli",
      severity: "error",
      comment:
        "bin/ starts the command line (cli/) and nothing else, with one exception: for `serve`, longrun.ts starts bin/serve.ts.",
      from: { path: "^harness/bin/" },
      to: { pathNot: "^harness/(src/cli/|bin/serve\\.ts$)" },
    },
    {
      name: "scripts-share-what-decides-nothing",
      severity: "error",
      comment:
        "scripts/ may import base, words, record, result, catalogue, settings and adapters of the harness, and the single files that this rule lists. " +
        "To drive, judge or show a run, a script starts dist/longrun.js.",
      from: { path: "^scripts/" },
      to: {
        path: "^harness/",
        pathNot:
          "^harness/src/((base|words|record|result|catalogue|settings|adapters)/|cli/(machine|node-machine|present-error|confirm|fixed-answers)\\.ts$|engine/process/running/process-start\\.ts$|engine/api-model/request-model\\.ts$|scan/cost/|report/markdown/escape-markdown\\.ts$)",
      },
    },
    {
      name: "scripts-are-not-published",
      severity: "error",
      comment:
        "The package does not contain scripts/: move code that scripts/ and the package need into harness/src.",
      from: { path: "^(harness/(src|bin)|functions/src)/" },
      to: { path: "^scripts/" },
    },
    {
      name: "build-needs-no-infrastructure",
      severity: "error",
      comment:
        "Build and checks must start fast and run anywhere: code that deploys or calls services belongs in scripts/infra.",
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
      comment: "Functions, peer and harness all import contract.ts, so it imports nothing.",
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
