/**
 * Runs the same handlers with our runtime client and with AWS's own, on the real Node of each runtime and in both log formats. With both
 * clients the caller must get the same answer, and the function must have the same lines in its log stream, except for the cases that the
 * table DIFFERENT lists. The tests need what `longrun doctor --install-runtimes --install-ric` installs.
 */
import { expect } from "chai";
import { ricPackageOf } from "../../src/adapters/toolchains/node/ric-packages.ts";
import { interpreterOf } from "../../src/adapters/toolchains/interpreters.ts";
import { OFFERED_NODES } from "../../src/catalogue/runtimes/node.ts";
import { takesCallbacks } from "../conformance/runtime-client/takes-callbacks.ts";
import { payloadOf, testFleet, type TestFleet } from "../engine/support/test-fleet.ts";

const ESM = "export const handler = async () => 'esm';";
const CJS = "exports.handler = async () => 'cjs';";
const CASES: ReadonlyArray<readonly [string, Readonly<Record<string, string>>, string]> = [
  ["an .mjs file", { "index.mjs": ESM }, "index.handler"],
  ["a .cjs file", { "index.cjs": CJS }, "index.handler"],
  ["a .js file", { "index.js": CJS }, "index.handler"],
  [
    "a .js file in a module package",
    { "index.js": ESM, "package.json": '{"type":"module"}' },
    "index.handler",
  ],
  [".js before .mjs", { "index.js": CJS, "index.mjs": ESM }, "index.handler"],
  ["an .mjs file beside a .cjs file", { "index.mjs": ESM, "index.cjs": CJS }, "index.handler"],
  [
    ".js before .mjs in a module package",
    {
      "index.js": ESM,
      "index.mjs": "export const handler = async () => 'mjs'",
      "package.json": '{"type":"module"}',
    },
    "index.handler",
  ],
  ["a file without an ending", { index: CJS }, "index.handler"],
  [
    "a file without an ending before .js",
    { index: "exports.handler=async()=>'ext'", "index.js": CJS },
    "index.handler",
  ],
  ["a module in a folder", { "src/app.mjs": ESM }, "src/app.handler"],
  ["a nested export", { "index.js": "exports.a={b:{handler:async()=>'deep'}}" }, "index.a.b.handler"],
  ["a folder with index.js", { "lib/index.js": CJS }, "lib.handler"],
  ["a handler in node_modules", { "node_modules/pkg/index.js": CJS }, "pkg.handler"],
  ["a folder whose name has a dot", { "a.b/index.js": CJS }, "a.b/index.handler"],
  ["a handler name that begins with a slash", { "index.js": CJS }, "/index.handler"],
  ["a package.json that is not JSON", { "index.js": CJS, "package.json": "{" }, "index.handler"],
  [
    "a module package with CommonJS in node_modules",
    { "node_modules/p/index.js": CJS, "package.json": '{"type":"module"}' },
    "node_modules/p/index.handler",
  ],
  [
    "a default export that is an object with the handler",
    { "index.mjs": "export default { handler: async () => 1 }" },
    "index.handler",
  ],
  ["a default export that is the handler", { "index.mjs": "export default async () => 1" }, "index.default"],
  [
    "a CommonJS export that is not visible in the text",
    { "index.js": "module.exports={['hand'+'ler']: async()=>'x'}" },
    "index.handler",
  ],
  [
    "a top-level await",
    { "index.mjs": "const v=await Promise.resolve('t'); export const handler=async()=>v" },
    "index.handler",
  ],
  ["undefined as the result", { "index.js": "exports.handler=async()=>{}" }, "index.handler"],
  ["a callback", { "index.js": "exports.handler=(e,c,cb)=>cb(null,1)" }, "index.handler"],
  [
    "a callback with a string as the error",
    { "index.js": "exports.handler=(e,c,cb)=>cb('s')" },
    "index.handler",
  ],
  ["context.succeed", { "index.js": "exports.handler=(e,c)=>c.succeed(2)" }, "index.handler"],
  ["context.fail", { "index.js": "exports.handler=(e,c)=>c.fail('x')" }, "index.handler"],
  ["a result without a promise", { "index.js": "exports.handler=()=>3" }, "index.handler"],
  ["a missing module", { "other.js": CJS }, "index.handler"],
  ["a required package that is missing", { "index.js": "require('nowhere')" }, "index.handler"],
  ["an imported package that is missing", { "index.mjs": "import 'nowhere'" }, "index.handler"],
  ["an imported file that is missing", { "index.mjs": "import './nowhere.mjs'" }, "index.handler"],
  [
    "an imported name that is missing",
    { "index.mjs": "import {nix} from 'node:fs'; export const handler = 1" },
    "index.handler",
  ],
  ["a syntax error in CommonJS", { "index.js": "exports.handler = (" }, "index.handler"],
  ["a syntax error in a module", { "index.mjs": "export const handler = (" }, "index.handler"],
  ["module syntax in a .js file", { "index.js": ESM }, "index.handler"],
  [
    "a module that CommonJS requires",
    { "index.js": "exports.handler=async()=>require('./m.mjs').x", "m.mjs": "export const x=7" },
    "index.handler",
  ],
  ["a missing export", { "index.js": CJS }, "index.other"],
  ["an export that is not a function", { "index.js": "exports.handler=1" }, "index.handler"],
  ["an export that is null", { "index.js": "exports.handler=null" }, "index.handler"],
  ["a nested export that is missing", { "index.js": CJS }, "index.a.b"],
  ["a handler name without a dot", { "index.js": CJS }, "index"],
  ["a handler name outside of the package", { "index.js": CJS }, "../index.handler"],
  ["a handler name that ends in a dot", { "index.js": CJS }, "index."],
  ["a handler name that begins with a dot", { "index.js": CJS }, ".handler"],
  [
    "an async handler with three parameters",
    { "index.mjs": "export const handler=async(e,c,cb)=>1" },
    "index.handler",
  ],
  ["an error in Init", { "index.js": "throw new RangeError('boom')" }, "index.handler"],
  ["an error in Init of a module", { "index.mjs": "throw new RangeError('boom')" }, "index.handler"],
  ["a string that is thrown in Init", { "index.js": "throw 'boom'" }, "index.handler"],
  [
    "a rejected top-level await",
    { "index.mjs": "await Promise.reject(new TypeError('tla'))" },
    "index.handler",
  ],
  ["a top-level await that never ends", { "index.mjs": "await new Promise(()=>{})" }, "index.handler"],
  [
    "a handler whose promise never settles",
    { "index.js": "exports.handler=()=>new Promise(()=>{})" },
    "index.handler",
  ],
  ["a thrown string", { "index.js": "exports.handler=async()=>{throw 'text'}" }, "index.handler"],
  ["a thrown null", { "index.js": "exports.handler=async()=>{throw null}" }, "index.handler"],
  ["a thrown undefined", { "index.js": "exports.handler=async()=>{throw undefined}" }, "index.handler"],
  ["a thrown object", { "index.js": "exports.handler=async()=>{throw {a:1}}" }, "index.handler"],
  [
    "an error without a promise",
    { "index.js": "exports.handler=()=>{throw new RangeError('s')}" },
    "index.handler",
  ],
  [
    "an error class with its own name and members",
    {
      "index.js":
        "class My extends Error{constructor(){super('m');this.name='Na me\\u00e9';this.extra=1}} exports.handler=async()=>{throw new My()}",
    },
    "index.handler",
  ],
  [
    "a circular result",
    { "index.js": "exports.handler=async()=>{const a={};a.a=a;return a}" },
    "index.handler",
  ],
  ["a bigint as the result", { "index.js": "exports.handler=async()=>1n" }, "index.handler"],
  ["a function as the result", { "index.js": "exports.handler=async()=>()=>1" }, "index.handler"],
  [
    "an uncaught exception in the handler",
    {
      "index.js":
        "exports.handler=async()=>{setTimeout(()=>{throw new TypeError('late')},1);await new Promise(r=>setTimeout(r,500))}",
    },
    "index.handler",
  ],
  [
    "an unhandled rejection in the handler",
    {
      "index.js":
        "exports.handler=async()=>{Promise.reject(new TypeError('rej'));await new Promise(r=>setTimeout(r,500))}",
    },
    "index.handler",
  ],
  [
    "process.exit in the handler",
    { "index.js": "exports.handler=async()=>process.exit(3)" },
    "index.handler",
  ],
  [
    "an uncaught exception in Init",
    {
      "index.mjs":
        "setTimeout(()=>{throw new TypeError('li')},1); await new Promise(r=>setTimeout(r,300)); export const handler = 1",
    },
    "index.handler",
  ],
  [
    "an error with a cause",
    { "index.js": "exports.handler=async()=>{throw new Error('m',{cause:new Error('c')})}" },
    "index.handler",
  ],
  [
    "the functions of console",
    {
      "index.js":
        "exports.handler=async()=>{console.log('a %s',{b:1},new Error('x').message);console.trace('t');console.debug();console.log(null);console.log(new Error('e').message); process.stdout.write('raw\\n'); console.error(['x'])}",
    },
    "index.handler",
  ],
  [
    "the members of the context",
    {
      "index.js":
        "exports.handler=async(e,c)=>[Object.keys(c), typeof c.done, c.getRemainingTimeInMillis()>0, process.env._X_AMZN_TRACE_ID, typeof c.callbackWaitsForEmptyEventLoop]",
    },
    "index.handler",
  ],
];

/** The differences between our client and AWS's, with their reasons. docs/fidelity.md lists the same differences. */
const DIFFERENT: Readonly<Record<string, string>> = {
  "nodejs22.x a callback": "our warning about a callback handler",
  "nodejs22.x a callback with a string as the error": "our warning about a callback handler",
  "nodejs22.x an async handler with three parameters": "our warning about a callback handler",
  "nodejs22.x a top-level await that never ends": "Node's warning names the client's own file",
  "nodejs22.x the members of the context": "context.succeed and similar members come last",
};

/**
 * Removes ids, times, process ids and folders, because these differ between any two runs. Also removes the frames of every stack. In a line
 * of JSON, a stack is a list or a string. From the first element of such a list, or from the first frame in such a string, everything to
 * the end of the line is removed.
 */
function normalised(text: string): string {
  return text
    .replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "<id>")
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<time>")
    .replace(/\(node:\d+\)/g, "(node)")
    .replace(/[^"' \n(]*?\/code-\d+/g, "<code>")
    .replace(
      /[^"' \n(]*?\/(?:client-\d+|runtime)\/index\.c?mjs|[^"' \n(]*?\/runtime\/index\.cjs/g,
      "<client>",
    )
    .replace(/("(?:stack|stackTrace|trace)":\[).*/g, "$1")
    .replace(/(?:\\n|\n)\s+at .*/g, "")
    .replace(/^\s+at .*\n$/, "");
}

/**
 * Returns true for a line that depends on chance. After version 4 of AWS's client has reported a failed Init, it rejects a promise. Node
 * then writes an error to the log, unless the engine ends the process first.
 */
function dependsOnChance(line: string): boolean {
  return !line.startsWith("<time>") && !line.startsWith("{");
}

async function seen(test: TestFleet, functionName: string, runtime: string): Promise<readonly unknown[]> {
  const before = test.logs.messages().length;
  const payload = payloadOf(await test.invoke(functionName, {}, { waitForPhaseEnd: true }));
  const { trace, ...error } = (payload ?? {}) as { trace?: readonly string[] };
  const failed =
    !takesCallbacks(runtime) && payload !== null && typeof payload === "object" && "errorType" in payload;
  const lines = test.logs
    .messages()
    .slice(before)
    .filter((line) => !/^(INIT_START|START|END|REPORT|INIT_REPORT|\{"time":)/.test(line))
    .map(normalised)
    .filter((line) => line !== "" && !(failed && dependsOnChance(line)))
    // The lines are sorted, because they come from two file descriptors, and the order in which these are read is not defined.
    .sort();
  const shown = trace === undefined ? payload : { ...error, first: trace[0] };
  return [JSON.parse(normalised(JSON.stringify(shown ?? null))) as unknown, lines];
}

for (const runtime of OFFERED_NODES) {
  describe(`our runtime client and AWS's, ${runtime}`, () => {
    let ours: TestFleet;
    let theirs: TestFleet;
    before(async function () {
      if (ricPackageOf(process.env)(runtime) === null || interpreterOf(process.env)(runtime) === null) {
        const missing = `no aws-lambda-ric for ${runtime}: longrun doctor --install-runtimes --install-ric`;
        if (process.env["LONGRUN_REQUIRE_TOOLS"] === "1") throw new Error(missing);
        process.stdout.write(`      skipped: ${missing}\n`);
        this.skip();
      }
      ours = await testFleet({ interpreterOf: interpreterOf(process.env) });
      theirs = await testFleet({
        interpreterOf: interpreterOf(process.env),
        ricPackageOf: ricPackageOf(process.env),
      });
    });
    after(async () => {
      await ours?.close();
      await theirs?.close();
    });

    for (const format of ["Text", "JSON"] as const) {
      CASES.forEach(([title, files, handler], index) => {
        const difference = DIFFERENT[`${runtime} ${title}`];
        it(`in ${format} format, ${title}: ${difference ?? "there is no difference"}`, async () => {
          const functionName = `f${index}-${format}`;
          const logging = {
            format,
            applicationLogLevel: "TRACE",
            systemLogLevel: "WARN",
            logGroup: "group",
          } as const;
          for (const one of [ours, theirs])
            one.add(files, { handler, runtime, functionName, timeoutMs: 5_000, logging });
          const [own, aws] = [
            await seen(ours, functionName, runtime),
            await seen(theirs, functionName, runtime),
          ];
          if (difference === undefined) expect(own).to.deep.equal(aws);
          else expect(own).to.not.deep.equal(aws);
        });
      });
    }
  });
}
