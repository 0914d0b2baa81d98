import { expect } from "chai";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

interface Case {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler: string;
  /** Our client behaves like AWS's client 4 on nodejs24.x and later, and like client 3 on all earlier runtimes. */
  readonly runtime?: string;
  readonly expected: unknown;
}

const ESM = "export const handler = async () => 'esm';";
const CJS = "exports.handler = async () => 'cjs';";

const FOUND: readonly Case[] = [
  { title: ".mjs", files: { "index.mjs": ESM }, handler: "index.handler", expected: "esm" },
  { title: ".cjs", files: { "index.cjs": CJS }, handler: "index.handler", expected: "cjs" },
  { title: ".js as CommonJS", files: { "index.js": CJS }, handler: "index.handler", expected: "cjs" },
  {
    title: ".js in a module package",
    files: { "index.js": ESM, "package.json": '{"type":"module"}' },
    handler: "index.handler",
    expected: "esm",
  },
  {
    title: ".js, although .mjs exists too",
    files: { "index.js": CJS, "index.mjs": ESM },
    handler: "index.handler",
    expected: "cjs",
  },
  { title: "a folder", files: { "src/app.mjs": ESM }, handler: "src/app.handler", expected: "esm" },
  {
    title: "a nested export",
    files: { "index.js": "exports.a = { b: { handler: async () => 'deep' } };" },
    handler: "index.a.b.handler",
    expected: "deep",
  },
  {
    title: "a folder with an index",
    files: { "lib/index.js": CJS },
    handler: "lib.handler",
    expected: "cjs",
  },
  {
    title: "CommonJS on nodejs24.x",
    files: { "index.js": "module.exports = { ['hand' + 'ler']: async () => 'cjs' };" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "cjs",
  },
  {
    title: "top-level await",
    files: { "index.mjs": "const v = await Promise.resolve('tla'); export const handler = async () => v;" },
    handler: "index.handler",
    expected: "tla",
  },
  {
    title: "a module that Node's own resolution finds",
    files: { "node_modules/pkg/index.js": CJS },
    handler: "pkg.handler",
    expected: "cjs",
  },
  {
    title: "a module whose default export has the handler, as with AWS's client 4",
    files: { "index.mjs": "export default { handler: async () => 'default' };" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "default",
  },
  {
    title: "null for a promise that never settles, as with AWS's client 3",
    files: { "index.js": "exports.handler = () => new Promise(() => {});" },
    handler: "index.handler",
    expected: null,
  },
  {
    title: "undefined, which becomes null",
    files: { "index.js": "exports.handler = async () => {};" },
    handler: "index.handler",
    expected: null,
  },
  {
    title: "a callback",
    files: { "index.js": "exports.handler = (e, c, cb) => setTimeout(() => cb(null, 'called'), 5);" },
    handler: "index.handler",
    expected: "called",
  },
  {
    title: "a callback that does not wait for the event loop",
    files: {
      "index.js":
        "exports.handler = (e, c, cb) => { c.callbackWaitsForEmptyEventLoop = false; setInterval(() => 0, 1e6); cb(null, 'at once'); };",
    },
    handler: "index.handler",
    expected: "at once",
  },
  {
    title: "context.succeed",
    files: { "index.js": "exports.handler = (e, c) => { c.succeed('old'); };" },
    handler: "index.handler",
    expected: "old",
  },
  {
    title: "null from a handler that neither returns a promise nor calls the callback",
    files: { "index.js": "exports.handler = () => 'ignored';" },
    handler: "index.handler",
    expected: null,
  },
  {
    title: "a plain value on nodejs24.x",
    files: { "index.js": "exports.handler = () => 'plain';" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "plain",
  },
];

const REFUSED: readonly Case[] = [
  {
    title: "no such module",
    files: { "other.js": CJS },
    handler: "index.handler",
    expected: "Runtime.ImportModuleError",
  },
  {
    title: "a module that requires a missing module",
    files: { "index.js": "require('nowhere');" },
    handler: "index.handler",
    expected: "Runtime.ImportModuleError",
  },
  {
    title: "a syntax error",
    files: { "index.js": "exports.handler = (" },
    handler: "index.handler",
    expected: "Runtime.UserCodeSyntaxError",
  },
  {
    title: "no such export",
    files: { "index.js": CJS },
    handler: "index.other",
    expected: "Runtime.HandlerNotFound",
  },
  {
    title: "an export that is not a function",
    files: { "index.js": "exports.handler = 1;" },
    handler: "index.handler",
    expected: "Runtime.HandlerNotFound",
  },
  {
    title: "a name without a dot",
    files: { "index.js": CJS },
    handler: "index",
    expected: "Runtime.MalformedHandlerName",
  },
  {
    title: "a path outside of the package",
    files: { "index.js": CJS },
    handler: "../index.handler",
    expected: "Runtime.MalformedHandlerName",
  },
  {
    title: "three parameters on nodejs24.x",
    files: { "index.mjs": "export const handler = async (e, c, cb) => 1;" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "Runtime.CallbackHandlerDeprecated",
  },
  {
    title: "a name that ends in a dot",
    files: { "index.js": CJS },
    handler: "index.",
    expected: "Runtime.HandlerNotFound",
  },
  {
    title: "a module whose default export has the handler, as with AWS's client 3",
    files: { "index.mjs": "export default { handler: async () => 1 };" },
    handler: "index.handler",
    expected: "Runtime.HandlerNotFound",
  },
  {
    title: "a folder with an index, because AWS's client 4 tries to import the folder itself",
    files: { "lib/index.js": CJS },
    handler: "lib.handler",
    runtime: "nodejs24.x",
    expected: "Error",
  },
  {
    title: "a module that never settles",
    files: { "index.mjs": "await new Promise(() => {});" },
    handler: "index.handler",
    expected: "Runtime.ExitError",
  },
  {
    title: "a promise that never settles, as with AWS's client 4",
    files: { "index.js": "exports.handler = () => new Promise(() => {});" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "Runtime.ExitError",
  },
  {
    title: "an uncaught exception, as with AWS's client 4",
    files: {
      "index.js":
        "exports.handler = () => new Promise(() => setTimeout(() => { throw new TypeError('late'); }, 1));",
    },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "Runtime.ExitError",
  },
  {
    title: "a rejection without a value, as with AWS's client 3",
    files: { "index.js": "exports.handler = async () => { throw null; };" },
    handler: "index.handler",
    expected: "string",
  },
  {
    title: "a result that is a function, which JSON cannot represent",
    files: { "index.js": "exports.handler = async () => () => 1;" },
    handler: "index.handler",
    expected: "TypeError",
  },
  {
    title: "a bigint as result, which cannot be written as JSON, as with AWS's client 4",
    files: { "index.js": "exports.handler = async () => 1n;" },
    handler: "index.handler",
    runtime: "nodejs24.x",
    expected: "Runtime.JSONStringifyError",
  },
  {
    title: "an error from a callback",
    files: { "index.js": "exports.handler = (e, c, cb) => cb(new RangeError('r'));" },
    handler: "index.handler",
    expected: "RangeError",
  },
  {
    title: "a thrown string",
    files: { "index.js": "exports.handler = async () => { throw 'text'; };" },
    handler: "index.handler",
    expected: "string",
  },
  {
    title: "a result that contains itself, so that it cannot be written as JSON",
    files: { "index.js": "exports.handler = async () => { const a = {}; a.a = a; return a; };" },
    handler: "index.handler",
    expected: "Error",
  },
];

describe("our runtime client", () => {
  let test: TestFleet;
  before(async () => {
    test = await testFleet();
  });
  after(async () => {
    await test.close();
  });

  let count = 0;
  async function run({ files, handler, runtime = "nodejs22.x" }: Case): Promise<unknown> {
    count += 1;
    test.add(files, { handler, runtime, functionName: `case-${count}` });
    return payloadOf(await test.invoke(`case-${count}`));
  }

  for (const one of FOUND) {
    it(`answers with the handler's result: ${one.title}`, async () => {
      expect(await run(one)).to.deep.equal(one.expected);
    });
  }
  for (const one of REFUSED) {
    it(`answers with an error of type ${String(one.expected)}: ${one.title}`, async () => {
      expect(((await run(one)) as { errorType: string }).errorType).to.equal(one.expected);
    });
  }

  it("gives the handler AWS's context", async () => {
    test.add(
      {
        "index.mjs":
          "export const handler = async (event, context) => ({ ...context, remaining: context.getRemainingTimeInMillis() > 19_000, trace: process.env._X_AMZN_TRACE_ID, event });",
      },
      { functionName: "context" },
    );
    const result = await test.fleet.invoke("context", "$LATEST", {
      requestId: "11111111-2222-3333-4444-555555555555",
      payload: Buffer.alloc(0),
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:context:live",
      traceId: "Root=1",
      clientContext: '{"custom":{"ä":"€"}}',
    });
    expect(payloadOf(result)).to.deep.equal({
      callbackWaitsForEmptyEventLoop: true,
      functionVersion: "$LATEST",
      functionName: "context",
      memoryLimitInMB: "512",
      logGroupName: "/aws/lambda/context",
      logStreamName: result.kind === "answered" ? result.environment : "",
      clientContext: { custom: { ä: "€" } },
      invokedFunctionArn: "arn:aws:lambda:eu-west-1:123456789012:function:context:live",
      awsRequestId: "11111111-2222-3333-4444-555555555555",
      remaining: true,
      trace: "Root=1",
      event: {},
    });
  });

  it("waits for an empty event loop after a callback, so a timer that never ends makes the invocation time out", async () => {
    test.add(
      { "index.js": "exports.handler = (e, c, cb) => { setInterval(() => 0, 1e6); cb(null, 1); };" },
      { functionName: "open", timeoutMs: 500 },
    );
    expect((payloadOf(await test.invoke("open")) as { errorType: string }).errorType).to.equal(
      "Sandbox.Timedout",
    );
  });
});
