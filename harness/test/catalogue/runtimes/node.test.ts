import { expect } from "chai";
import { runtimeOf } from "../../../src/catalogue/runtimes/all-runtimes.ts";
import { node } from "../../../src/catalogue/runtimes/node.ts";
import type { StartFacts } from "../../../src/catalogue/runtimes/runtime-family.ts";
import type { RuntimeLine } from "../../../src/catalogue/runtimes/runtime-log.ts";

const ID = "8f3b2c1d-0000-4000-8000-000000000001";

describe("a Node.js function's process", () => {
  const start = (runtime: string, more: Partial<StartFacts> = {}): readonly string[] =>
    node.local.commandLine({
      version: runtimeOf(runtime).version,
      interpreter: "/var/lang/bin/node",
      interpreterVersion: "22.12.0",
      clientFile: "/var/runtime/index.cjs",
      archive: null,
      taskRoot: "/var/task",
      layers: [],
      handler: "index.handler",
      memorySizeMb: 256,
      launcher: "",
      environment: {},
      knowsFlag: () => true,
      ...more,
    });

  it("runs Node with the client, and up to Node 22 also with flags that switch off the same features as on Lambda", () => {
    const features = ["--no-experimental-require-module", "--no-experimental-detect-module"];
    expect(["nodejs20.x", "nodejs22.x", "nodejs24.x"].map((runtime) => start(runtime))).to.deep.equal([
      ["/var/lang/bin/node", "--v8-pool-size=1", ...features, "/var/runtime/index.cjs"],
      ["/var/lang/bin/node", "--v8-pool-size=1", ...features, "/var/runtime/index.cjs"],
      ["/var/lang/bin/node", "--v8-pool-size=1", "/var/runtime/index.cjs"],
    ]);
  });

  it("gets a worker thread of V8 for each processor that Lambda gives to its memory, at most four as usual in Node", () => {
    const threads = [128, 1_769, 1_770, 3_538, 5_308, 10_240].map(
      (memorySizeMb) => start("nodejs24.x", { memorySizeMb })[1],
    );
    expect(threads).to.deep.equal([1, 1, 2, 2, 4, 4].map((number) => `--v8-pool-size=${number}`));
  });

  it("gets no number of threads if it has NODE_OPTIONS", () => {
    expect(start("nodejs24.x", { environment: { NODE_OPTIONS: "--import ./first.mjs" } })).to.deep.equal([
      "/var/lang/bin/node",
      "/var/runtime/index.cjs",
    ]);
  });

  it("gets no flag for a feature that the function's NODE_OPTIONS already switch on, or that this Node does not know", () => {
    expect([
      start("nodejs22.x", { environment: { NODE_OPTIONS: "--experimental-require-module" } }),
      start("nodejs22.x", { knowsFlag: (flag) => flag === "--experimental-require-module" }),
    ]).to.deep.equal([
      ["/var/lang/bin/node", "--no-experimental-detect-module", "/var/runtime/index.cjs"],
      [
        "/var/lang/bin/node",
        "--v8-pool-size=1",
        "--no-experimental-require-module",
        "/var/runtime/index.cjs",
      ],
    ]);
  });

  it("finds modules of layers, of the runtime and of the task root, in this order", () => {
    expect(
      node.local.variables({
        version: runtimeOf("nodejs24.x").version,
        taskRoot: "/var/task",
        runtimeFolder: "/var/runtime",
        layers: ["/opt"],
        accessKeyId: "id",
        secretAccessKey: "key",
      }),
    ).to.deep.equal({
      changeable: {},
      reserved: {
        AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
        NODE_PATH:
          "/opt/nodejs/node24/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/runtime:/var/task",
      },
    });
  });
});

describe("the name of a Node.js handler", () => {
  for (const [handler, parts] of [
    ["index.handler", { module: "index", path: ["handler"] }],
    ["lib/deep/app.main", { module: "lib/deep/app", path: ["main"] }],
    ["app.api.get", { module: "app", path: ["api", "get"] }],
  ] as const)
    it(`${handler} means ${parts.path.join(".")} of ${parts.module}`, () =>
      expect(node.local.handler.cut(handler)).to.deep.equal({
        files: ["", ".js", ".mjs", ".cjs"].map((ending) => `${parts.module}${ending}`),
        filesInWords: `${parts.module}.js, ${parts.module}.mjs or ${parts.module}.cjs`,
        path: parts.path,
      }));
  for (const handler of ["handler", "index.", ".handler", "lib/", ""])
    it(`${JSON.stringify(handler)} is not a handler name`, () =>
      expect(node.local.handler.cut(handler)).to.equal(null));
});

describe("a line of Node's runtime client", () => {
  const failed = (requestId: string | null, errorType: string | null): RuntimeLine => ({
    kind: "failed-invocation",
    requestId,
    errorType,
  });
  const init = (errorType: string): RuntimeLine => ({ kind: "failed-init", requestId: null, errorType });
  const rows: readonly (readonly [string, string, RuntimeLine | null])[] = [
    [
      "a failed invocation",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tInvoke Error \t{"errorType":"TypeError","stack":[]}\n`,
      failed(ID, "TypeError"),
    ],
    [
      "a failed invocation whose object was cut off",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tInvoke Error \t{"errorMessage":"x`,
      failed(ID, null),
    ],
    [
      "a failed Init, from version 3 of the client",
      `2026-01-01T00:00:00.000Z\tundefined\tERROR\tUncaught Exception \t{"errorType":"Runtime.ImportModuleError"}\n`,
      init("Runtime.ImportModuleError"),
    ],
    [
      "a failed Init, from version 4 of the client",
      `2026-01-01T00:00:00.000Z\t-\tERROR\tInit Error \t{"errorType":"Error"}\n`,
      init("Error"),
    ],
    [
      "a rejection or an exception that nobody caught, which can follow the answer",
      `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tUnhandled Promise Rejection \t{"errorType":"X"}\n`,
      null,
    ],
    ["an error that the function logs", `2026-01-01T00:00:00.000Z\t${ID}\tERROR\tError: busy\n`, null],
    ["a line of another level", `2026-01-01T00:00:00.000Z\t${ID}\tINFO\tInvoke Error \t{}`, null],
  ];
  for (const [name, text, expected] of rows)
    it(`is ${expected === null ? "not taken for a failure" : "recognised"}: ${name}`, () =>
      expect(node.log.read({ text, object: null })).to.deep.equal(expected));

  it("is never certain in JSON format, because console.error(error) writes the same", () => {
    const object = { level: "ERROR", requestId: ID, message: { errorType: "TypeError", errorMessage: "x" } };
    expect(node.log.read({ text: JSON.stringify(object), object })).to.equal(null);
  });
});
