/**
 * What an engine acknowledged is in its data folder and what it refused is not, whichever of its calls to the system fails there; or the
 * engine does not start and says which folder it could not use.
 */
import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateAliasCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  ListAliasesCommand,
  ListFunctionsCommand,
  ListLayersCommand,
  PublishLayerVersionCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { cpSync, readdirSync, rmSync } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { LongrunError } from "../../../src/base/errors.ts";
import { FailingCalls } from "../support/failing-calls.ts";
import { handlerZip, ROLE, testEngine, type TestEngine } from "../support/test-engine.ts";
import { itInTestAll } from "../../support/test-all.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

const GROUP = "/aws/lambda/f";
const PLACE = { logGroupName: GROUP, logStreamName: "s" };
const NOW = Date.now();
const F = { FunctionName: "f" };

/**
 * The engine's life has some hundred calls. `make test-all` lets one at each place in the engine fail, and one of so many; the nightly run
 * lets each of them fail.
 */
const STEP = Number(process.env["LONGRUN_FAILING_CALLS_STEP"] ?? 10);

const functionOf = (zip: Buffer | undefined) => ({
  Role: ROLE,
  Runtime: "nodejs22.x" as const,
  Handler: "index.handler",
  Code: { ZipFile: zip },
});

type Request = (test: TestEngine, zips: readonly Buffer[]) => Promise<unknown>;

/** In this order; each changes or reads something that is in the data folder. */
const REQUESTS: readonly Request[] = [
  ({ lambda }, [zip]) => lambda.send(new CreateFunctionCommand({ ...functionOf(zip), ...F })),
  ({ lambda }, [, zip]) => lambda.send(new UpdateFunctionCodeCommand({ ...F, ZipFile: zip })),
  ({ lambda }) => lambda.send(new UpdateFunctionConfigurationCommand({ ...F, Description: "changed" })),
  ({ lambda }) => lambda.send(new PublishVersionCommand(F)),
  ({ lambda }) => lambda.send(new CreateAliasCommand({ ...F, Name: "live", FunctionVersion: "1" })),
  ({ lambda }) => lambda.send(new PutFunctionConcurrencyCommand({ ...F, ReservedConcurrentExecutions: 7 })),
  ({ lambda }, [, , zip]) =>
    lambda.send(new PublishLayerVersionCommand({ LayerName: "l", Content: { ZipFile: zip } })),
  async ({ lambda }) => {
    const { Code } = await lambda.send(new GetFunctionCommand(F));
    const { status } = await fetch(Code?.Location ?? "");
    if (status !== 200) throw new ServiceError(status);
  },
  ({ cloudWatchLogs }) => cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: GROUP })),
  ({ cloudWatchLogs }) =>
    cloudWatchLogs.send(new PutRetentionPolicyCommand({ logGroupName: GROUP, retentionInDays: 3653 })),
  ({ cloudWatchLogs }) => cloudWatchLogs.send(new CreateLogStreamCommand(PLACE)),
  ({ cloudWatchLogs }) => {
    const logEvents = [{ timestamp: NOW, message: "acknowledged" }];
    return cloudWatchLogs.send(new PutLogEventsCommand({ ...PLACE, logEvents }));
  },
  async ({ logs }) => logs.write(GROUP, "s", NOW, "of a function"),
  ({ cloudWatchLogs }) => cloudWatchLogs.send(new FilterLogEventsCommand({ logGroupName: GROUP })),
  ({ cloudWatchLogs }) => cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "other" })),
  ({ cloudWatchLogs }) => cloudWatchLogs.send(new DeleteLogGroupCommand({ logGroupName: "kept" })),
  ({ lambda }) => lambda.send(new DeleteFunctionCommand({ FunctionName: "kept" })),
];

class ServiceError extends Error {
  override readonly name = "ServiceException";
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(httpStatusCode: number) {
    super();
    this.$metadata = { httpStatusCode };
  }
}

/** What clients see of everything that is in the data folder. */
async function look({ lambda, cloudWatchLogs }: TestEngine): Promise<unknown> {
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({ FunctionVersion: "ALL" }));
  const functions = Functions.map(({ FunctionName, Version, CodeSha256, Description }) =>
    [FunctionName, Version, CodeSha256, Description].join(" "),
  );
  const details = await Promise.all(
    [...new Set(Functions.map(({ FunctionName }) => FunctionName ?? ""))].map(async (FunctionName) => {
      const { Concurrency, Code } = await lambda.send(new GetFunctionCommand({ FunctionName }));
      const { Aliases } = await lambda.send(new ListAliasesCommand({ FunctionName }));
      const zip = await (await fetch(Code?.Location ?? "")).arrayBuffer();
      return [
        Concurrency?.ReservedConcurrentExecutions,
        Aliases?.map(({ Name }) => Name),
        Buffer.from(zip).toString("base64"),
      ];
    }),
  );
  const { Layers } = await lambda.send(new ListLayersCommand({}));
  const { logGroups = [] } = await cloudWatchLogs.send(new DescribeLogGroupsCommand({}));
  const groups = await Promise.all(
    logGroups.map(async ({ logGroupName, retentionInDays }) => {
      const { events } = await cloudWatchLogs.send(new FilterLogEventsCommand({ logGroupName }));
      return [logGroupName, retentionInDays, events?.map(({ message }) => message)];
    }),
  );
  return { functions, details, layers: Layers?.map(({ LayerName }) => LayerName), groups };
}

describe("an engine whose call to its data folder fails once", function () {
  this.timeout(3_600_000);
  const folder = temporaryFolder();
  let calls: FailingCalls;
  let zips: readonly Buffer[];
  /** What clients see at the start, and after each request, if nothing fails. */
  let states: readonly unknown[];

  const data = (): string => join(folder.path(), "data");
  const prepared = (): string => join(folder.path(), "prepared");
  const engine = (): Promise<TestEngine> => testEngine({ dataFolder: data() });

  before(async () => {
    const file = await open(fileURLToPath(import.meta.url));
    calls = new FailingCalls(file);
    calls.code = "ENOSPC";
    await file.close();
    zips = await Promise.all(["1", "2", "3"].map(handlerZip));
  });
  after(() => calls.close());

  /** A function and log groups that an earlier engine left, on a machine that was started again since. */
  async function prepare(): Promise<void> {
    const test = await engine();
    await test.lambda.send(new CreateFunctionCommand({ ...functionOf(zips[0]), FunctionName: "kept" }));
    await test.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "kept" }));
    await test.cloudWatchLogs.send(new CreateLogGroupCommand({ logGroupName: "stays" }));
    await test.close();
    for (const name of readdirSync(join(data(), "code"))) rmSync(join(data(), "code", name, "unpacked.json"));
    cpSync(data(), prepared(), { recursive: true });
  }

  /** Plays a life without failures. */
  async function reference(): Promise<readonly unknown[]> {
    const test = await engine();
    const seen = [await look(test)];
    for (const request of REQUESTS) {
      await request(test, zips);
      seen.push(await look(test));
    }
    await test.close();
    return seen;
  }

  /** Plays a life in which the call that `chooses` chooses fails. Returns that call, or null if there was none. */
  async function play(chooses: (call: string) => boolean): Promise<string | null> {
    rmSync(data(), { recursive: true, force: true });
    cpSync(prepared(), data(), { recursive: true });
    calls.arm(chooses);
    let failed: string | null = null;
    /** Lets nothing fail meanwhile. */
    const safely = async <T>(work: () => Promise<T>): Promise<T> => {
      failed ??= calls.failed;
      calls.disarm();
      const result = await work();
      if (failed === null) calls.arm(chooses);
      return result;
    };
    const test = await engine().catch(async (error: unknown) => {
      expect(error, `${String(calls.failed)}: ${String(error)}`).to.be.instanceOf(LongrunError);
      expect((error as LongrunError).code).to.equal("unavailable");
      return await safely(engine);
    });
    if (calls.failed !== null || failed !== null)
      expect(await safely(() => look(test)), String(failed)).to.deep.equal(states[0]);
    for (const [number, request] of REQUESTS.entries()) {
      const refused = await request(test, zips).then(
        () => null,
        (error: unknown) => error,
      );
      if (refused === null) continue;
      await safely(async () => {
        const shown = `${String(failed)}: ${(refused as Error).message}`;
        expect((refused as ServiceError).$metadata?.httpStatusCode, shown).to.be.oneOf([500, 503]);
        expect(await look(test), shown).to.deep.equal(states[number]);
        await request(test, zips);
      });
    }
    expect(await safely(() => look(test)), String(failed)).to.deep.equal(states.at(-1));
    await test.close();
    failed ??= calls.failed;
    calls.disarm();
    const next = await engine();
    expect(await look(next), String(failed)).to.deep.equal(states.at(-1));
    await next.close();
    return failed;
  }

  itInTestAll(
    "keeps what it acknowledged and nothing else, or does not start, whichever place makes the call",
    async () => {
      await prepare();
      states = await reference();
      const failed = new Set<string>();
      for (;;) {
        const call = await play((one) => !failed.has(one));
        if (call === null) break;
        failed.add(call);
      }
      expect(failed.size).to.be.greaterThan(20);
    },
  );

  itInTestAll(
    `keeps what it acknowledged and nothing else, whichever call fails of every ${STEP}`,
    async () => {
      await prepare();
      states = await reference();
      for (let nth = 1; ; nth += STEP) {
        let count = 0;
        if ((await play(() => (count += 1) === nth)) === null) break;
      }
    },
  );
});
