/**
 * Runs the function of a family on the engine, and directly on a Runtime API that keeps the requests. The engine's answers must be equal to
 * what the client sent, and to what the family's cases expect. Headers and log events must also be equal to those in the cases.
 */
import { expect } from "chai";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import {
  bringClient,
  installedClientOf,
  interpreterOf,
} from "../../../src/adapters/toolchains/interpreters.ts";
import { RuntimeClients } from "../../../src/engine/clients/runtime-clients.ts";
import type { RuntimeClient } from "../../../src/engine/runtime-client.ts";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { bootstrapFile, testFleet, testSnapshot, type TestFleet } from "../../engine/support/test-fleet.ts";
import { requireTool } from "../../support/require-tool.ts";
import type { Asked } from "../runtime-client/recording-runtime-api.ts";
import { maskedBody, maskedText } from "./comparable.ts";
import type { Family, FamilyCase, InitCase } from "./family-case.ts";
import { runOwnClient } from "./own-client-run.ts";

const START = /^START RequestId: /;
const END = /^END RequestId: /;
/** Matches the platform's log lines. The other lines are those of the client and of the function. */
const PLATFORM = /^(?:INIT_START|START|END|REPORT|INIT_REPORT)\b/;

/** Defines the tests of a family. `runtimeOf` returns the runtime when the suite begins; null skips the suite. */
export function familySuite(family: Family, runtimeOf: () => string | null): void {
  let runtime = "";
  let root = "";
  let codeFolder = "";
  let client: RuntimeClient;
  let test: TestFleet | null = null;
  before(async function () {
    this.timeout(600_000);
    for (const tool of family.tools) await requireTool(this, tool);
    const chosen = runtimeOf();
    if (chosen === null) return this.skip();
    runtime = chosen;
    await bringClient(runtime, env, () => undefined);
    root = mkdtempSync(join(tmpdir(), "longrun-family-"));
    codeFolder = join(root, "task");
    family.build(codeFolder, installedClientOf(env)(runtime)?.folder ?? null);
    const clients = await RuntimeClients.open({
      folder: join(root, "clients"),
      bootstrapFile: bootstrapFile(),
      ricPackageOf: null,
      installedClientOf: installedClientOf(env),
    });
    client = await clients.of(testSnapshot({ runtime, codeFolder }), "none");
  });
  after(() => {
    if (root !== "") rmSync(root, { recursive: true, force: true });
  });
  afterEach(async () => {
    await test?.close();
    test = null;
  });

  const started = async (more: object): Promise<TestFleet> => {
    test = await testFleet({
      isolation: "auto",
      interpreterOf: interpreterOf(env),
      installedClientOf: installedClientOf(env),
    });
    test.add({}, { runtime, handler: family.handler, codeFolder, ...more });
    return test;
  };
  const body = (value: unknown): unknown => maskedBody(value, codeFolder);
  const answer = (
    result: InvokeResult,
  ): { readonly body: unknown; readonly functionError: string | null } => {
    if (result.kind !== "answered") throw new Error(JSON.stringify(result));
    const text = result.payload.toString("utf8");
    return { body: body(text === "" ? null : JSON.parse(text)), functionError: result.functionError };
  };
  const direct = (events: readonly object[], more: Partial<InitCase> = {}): Promise<readonly Asked[]> =>
    runOwnClient({
      runtime,
      handler: more.handler ?? family.handler,
      codeFolder,
      client,
      events,
      environment: more.environment ?? {},
    });

  it("give the same answers and errors in one environment", async () => {
    const engine = await started({});
    const answers = [];
    for (const { event } of family.invocations) answers.push(answer(await engine.invoke("probe", event)));
    const environments = engine.fleet.environments("probe");
    expect(environments).to.have.lengthOf(1);
    const asked = await direct(family.invocations.map(({ event }) => event));
    const written = eventsOf(engine.logs.messages(), codeFolder);
    for (const [at, one] of family.invocations.entries()) {
      expect(answers[at], one.title).to.deep.equal({ body: one.body, functionError: errorOf(one) });
      expect(body(asked[at]?.body), one.title).to.deep.equal(one.body);
      expect(asked[at]?.call.replace(/^.*\/invocation\/[^/]+\//, ""), one.title).to.equal(
        one.errorHeader === undefined ? "response" : "error",
      );
      expect(headerOf(asked[at]), one.title).to.equal(one.errorHeader ?? null);
      expect(written[at], one.title).to.deep.equal([...(one.log ?? [])].sort());
    }
  });

  for (const one of family.ends)
    it(`give the same answer if the process ends: ${one.title}`, async () => {
      const engine = await started({});
      expect(answer(await engine.invoke("probe", one.event))).to.deep.equal({
        body: one.body,
        functionError: "Unhandled",
      });
      const [asked] = await direct([one.event]);
      if (one.by === "platform") expect(asked).to.equal(undefined);
      else expect([body(asked?.body), headerOf(asked)]).to.deep.equal([one.body, one.errorHeader ?? null]);
      if (one.log !== undefined)
        expect(eventsOf(engine.logs.messages(), codeFolder)[0]).to.deep.equal(one.log);
    });

  for (const one of family.inits)
    it(`give the same answer if the Init fails: ${one.title}`, async () => {
      const { environment = {}, handler = family.handler } = one;
      const engine = await started({ environment, handler });
      expect(answer(await engine.invoke())).to.deep.equal({ body: one.body, functionError: "Unhandled" });
      const [asked] = await direct([{}], one);
      const call = asked?.call.replace(/^POST \//, "").replace(/invocation\/[^/]+/, "invocation") ?? "none";
      expect(call).to.equal(one.call);
      if (asked === undefined) return;
      expect([body(asked.body), headerOf(asked)]).to.deep.equal([one.body, one.errorHeader ?? null]);
    });

  const { json } = family;
  if (json === null) return;
  it("write a failed invocation as one log event in JSON format", async () => {
    const logging = {
      format: "JSON",
      applicationLogLevel: "INFO",
      systemLogLevel: "INFO",
      logGroup: "/aws/lambda/probe",
    };
    const engine = await started({ logging });
    await engine.invoke("probe", json.event);
    // Java 25 warns about the client's library in lines of text.
    const objects = engine.logs.messages().filter((text) => text.startsWith("{"));
    const events = objects.map((text) => JSON.parse(text) as { readonly type?: string });
    const own = events.filter(({ type }) => type?.startsWith("platform.") !== true);
    expect(own.map(body)).to.deep.equal(json.log);
  });
}

function errorOf({ errorHeader }: FamilyCase): "Unhandled" | null {
  return errorHeader === undefined ? null : "Unhandled";
}

function headerOf(asked: Asked | undefined): string | null {
  return asked?.headers["lambda-runtime-function-error-type"] ?? null;
}

/**
 * Returns for each invocation, in order, the events between its START and its END. The events are sorted, because the log descriptor
 * (docs/aws/runtimes.md) and standard output are two pipes without a common order.
 */
function eventsOf(messages: readonly string[], codeFolder: string): readonly (readonly string[])[] {
  const found: string[][] = [];
  let open = false;
  for (const message of messages) {
    if (START.test(message)) found.push([]);
    if (START.test(message) || END.test(message)) open = START.test(message);
    else if (open && !PLATFORM.test(message)) found.at(-1)?.push(maskedText(message.trimEnd(), codeFolder));
  }
  return found.map((events) => events.sort());
}
