/** The functions that the suite runs with our runtime client and with AWS's. */
import { OFFERED_NODES } from "../../../src/catalogue/runtimes/node.ts";
import type { ScriptedEvent } from "./recording-runtime-api.ts";
import { takesCallbacks } from "./takes-callbacks.ts";

export interface ClientCase {
  readonly title: string;
  readonly files: Readonly<Record<string, string>>;
  readonly handler?: string;
  /** Default: one event. */
  readonly events?: readonly ScriptedEvent[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly nodeOptions?: readonly string[];
  /** The case runs only with the clients of these runtimes; default: all. */
  readonly runtimes?: readonly string[];
}

const module = (text: string): Readonly<Record<string, string>> => ({ "index.mjs": text });
const common = (text: string): Readonly<Record<string, string>> => ({ "index.js": text });
const TWO: readonly ScriptedEvent[] = [{ event: { n: 1 } }, { event: { n: 2 } }];
const JSON_LOG = { AWS_LAMBDA_LOG_FORMAT: "JSON", AWS_LAMBDA_LOG_LEVEL: "INFO" };
const CALLBACKS = OFFERED_NODES.filter(takesCallbacks);

const ANSWERS: readonly ClientCase[] = [
  { title: "an object", files: module("export const handler = async (event) => ({ event });"), events: TWO },
  { title: "nothing", files: module("export const handler = async () => undefined;") },
  { title: "text beyond ASCII", files: module("export const handler = async () => 'grüße 漢字 😀';") },
  { title: "a plain value without a promise", files: module("export const handler = () => 7;") },
  { title: "a value that JSON cannot represent", files: module("export const handler = async () => 1n;") },
  {
    title: "a circular structure",
    files: module("export const handler = async () => { const a = {}; a.a = a; return a; };"),
  },
  {
    title: "its context",
    files: module(
      "export const handler = async (event, context) => ({ keys: Object.keys(context).sort(), context: { ...context, getRemainingTimeInMillis: typeof context.getRemainingTimeInMillis() } });",
    ),
  },
  {
    title: "its client context, identity and trace",
    files: module(
      "export const handler = async (event, context) => [context.clientContext, context.identity, process.env._X_AMZN_TRACE_ID];",
    ),
    events: [
      {
        event: {},
        headers: {
          "Lambda-Runtime-Client-Context": '{"custom":{"k":"v"}}',
          "Lambda-Runtime-Cognito-Identity": '{"cognitoIdentityId":"i","cognitoIdentityPoolId":"p"}',
          "Lambda-Runtime-Trace-Id":
            "Root=1-00000000-000000000000000000000000;Parent=0000000000000000;Sampled=0",
        },
      },
      { event: {} },
    ],
  },
  {
    title: "its tenant, which its lines in JSON format name too",
    files: module(
      "export const handler = async (event, context) => { console.log('for', context.tenantId); return context.tenantId ?? null; };",
    ),
    environment: JSON_LOG,
    events: [
      { event: {}, headers: { "Lambda-Runtime-Aws-Tenant-Id": "blue" } },
      { event: {}, headers: { "Lambda-Runtime-Aws-Tenant-Id": "green" } },
      { event: {} },
    ],
  },
  { title: "from CommonJS", files: common("exports.handler = async () => 'cjs';") },
  {
    title: "from a package of type module",
    files: { "package.json": '{"type":"module"}', "index.js": "export const handler = async () => 'esm';" },
  },
  { title: "from .cjs", files: { "index.cjs": "exports.handler = async () => 'cjs';" } },
  {
    title: "from a nested export in a folder",
    handler: "src/app.api.handle",
    files: { "src/app.mjs": "export const api = { handle: async () => 'nested' };" },
  },
  {
    title: "after a top-level await",
    files: module("await new Promise((r) => setTimeout(r, 5)); export const handler = async () => 1;"),
  },
  {
    title: "by a callback",
    files: common("exports.handler = (event, context, done) => done(null, event);"),
    runtimes: CALLBACKS,
    events: TWO,
  },
  {
    title: "by a callback with an error",
    files: common("exports.handler = (event, context, done) => done(new Error('no'));"),
    runtimes: CALLBACKS,
  },
  {
    title: "by a callback with a string as the error",
    files: common("exports.handler = (event, context, done) => done('no');"),
    runtimes: CALLBACKS,
  },
  {
    title: "by a callback, after the event loop is empty",
    files: common(
      "exports.handler = (event, context, done) => { setTimeout(() => console.log('late'), 20); done(null, 1); };",
    ),
    runtimes: CALLBACKS,
  },
  {
    title: "by a callback that does not wait",
    files: common(
      "exports.handler = (event, context, done) => { context.callbackWaitsForEmptyEventLoop = false; setTimeout(() => {}, 60000); done(null, 1); };",
    ),
    runtimes: CALLBACKS,
  },
  {
    title: "by context.succeed",
    files: common("exports.handler = (event, context) => context.succeed(3);"),
    runtimes: CALLBACKS,
  },
  {
    title: "by context.fail",
    files: common("exports.handler = (event, context) => context.fail('no');"),
    runtimes: CALLBACKS,
  },
];

const ERRORS: readonly ClientCase[] = [
  {
    title: "an Error",
    files: module("export const handler = async () => { throw new Error('as asked'); };"),
    events: TWO,
  },
  {
    title: "an Error without a promise",
    files: module("export const handler = () => { throw new TypeError('as asked'); };"),
  },
  {
    title: "an error class with members of its own",
    files: module(
      "class Own extends Error { constructor() { super('own'); this.name = 'Own.Name'; this.code = 'E1'; } } export const handler = async () => { throw new Own(); };",
    ),
  },
  { title: "a string", files: module("export const handler = async () => { throw 'text'; };") },
  { title: "nothing at all", files: module("export const handler = async () => { throw undefined; };") },
  { title: "an object", files: module("export const handler = async () => { throw { some: 'thing' }; };") },
  {
    title: "a rejection that nobody handles",
    files: module(
      "export const handler = async () => { Promise.reject(new Error('nobody')); await new Promise((r) => setTimeout(r, 1000)); };",
    ),
  },
  {
    title: "an exception that nobody catches",
    files: module(
      "export const handler = async () => { setTimeout(() => { throw new Error('nobody'); }, 1); await new Promise((r) => setTimeout(r, 1000)); };",
    ),
  },
  { title: "process.exit", files: module("export const handler = async () => process.exit(7);") },
];

const INIT: readonly ClientCase[] = [
  { title: "throws", files: module("throw new RangeError('at init');") },
  { title: "rejects", files: module("await Promise.reject(new Error('at init'));") },
  { title: "has no such module", files: {}, handler: "none.handler" },
  { title: "has no such export", files: module("export const other = 1;") },
  { title: "exports no function", files: module("export const handler = 1;") },
  { title: "does not parse", files: common("exports.handler = async () => {") },
  { title: "does not parse, as a module", files: module("export const handler = async () => {") },
  {
    title: "requires a missing module",
    files: common("require('not-there'); exports.handler = async () => 1;"),
  },
  { title: "has a handler name outside of the package", files: {}, handler: "../index.handler" },
  { title: "has a handler name without an export", files: module(""), handler: "index" },
  {
    title: "declares a callback",
    files: module("export const handler = async (event, context, callback) => 1;"),
    runtimes: OFFERED_NODES.filter((runtime) => !takesCallbacks(runtime)),
  },
  { title: "ends the process", files: module("process.exit(3);") },
];

const LINES = `console.log("at init %s", "x"); console.error(new Error("at init"));
export const handler = async () => { console.log("one\\ntwo"); console.debug({ a: { b: [1, 2] } }); console.info("i", 1, null, undefined); console.warn("w"); console.error("e", new TypeError("t")); console.trace("t"); return 1; };`;

const LOGS: readonly ClientCase[] = [
  { title: "as text", files: module(LINES), events: TWO },
  { title: "as JSON", files: module(LINES), events: TWO, environment: JSON_LOG },
  {
    title: "a failure, as JSON",
    files: module("export const handler = async () => { throw new Error('no'); };"),
    environment: JSON_LOG,
  },
];

export const GROUPS: readonly (readonly [title: string, cases: readonly ClientCase[]])[] = [
  ["answers", ANSWERS],
  ["throws or exits", ERRORS],
  ["fails at init", INIT],
  ["logs", LOGS],
];
