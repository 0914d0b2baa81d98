/** The levers on a real engine: the process dies before and after each change of each lever, and undo restores everything. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import {
  CreateAliasCommand,
  InvokeCommand,
  LambdaClient,
  TooManyRequestsException,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { designPackageFile } from "../../src/adapters/node/assets.ts";
import { functionChanges } from "../../src/adapters/aws/function-changes.ts";
import { localDeployer } from "../../src/adapters/aws/local-deployer.ts";
import { serviceConnection, type ServiceConnection } from "../../src/adapters/aws/service-connection.ts";
import { LongrunError } from "../../src/base/errors.ts";
import type { ChangeBegun, JournalEventBody } from "../../src/record/journal.ts";
import { SCHEDULED_LEVERS, type Lever } from "../../src/words/lever.ts";
import type { FunctionChanges } from "../../src/run/ports/function-changes.ts";
import { LEVER_KINDS } from "../../src/provoke/all-levers.ts";
import { ChangedFunction } from "../../src/provoke/changed-function.ts";
import { findLeftovers } from "../../src/provoke/find-leftovers.ts";
import { undoChanges, undoneSentence, type BegunChange } from "../../src/provoke/undo-changes.ts";
import { realEngine, type RealEngine } from "../engine/support/real-engine.ts";

const RUN = "20261202T183000Z-7";
const NAME = "device";
const CHANGING = [
  ...(["describe", "publish", "deleteVersion", "provision", "unprovision", "reserve"] as const),
  ...(["copy", "deleteCopy"] as const),
];

class Died extends Error {}

/** Dies at the given change: before it, or after Lambda has made it. Later changes die too. */
function dying(
  changes: FunctionChanges,
  at: number,
  when: "before" | "after",
): FunctionChanges & { made: number } {
  const mortal = { ...changes, made: 0 };
  for (const name of CHANGING) {
    const act = (...all: unknown[]): Promise<unknown> =>
      (changes[name] as (...of: unknown[]) => Promise<unknown>)(...all);
    Object.assign(mortal, {
      [name]: async (...all: unknown[]) => {
        mortal.made += 1;
        if (mortal.made > at || (mortal.made === at && when === "before")) throw new Died();
        const answer = await act(...all);
        if (mortal.made === at) throw new Died();
        return answer;
      },
    });
  }
  return mortal;
}

describe("the levers on the engine", function () {
  this.timeout(120_000);
  let real: RealEngine;
  let connection: ServiceConnection;
  let changes: FunctionChanges;
  let client: LambdaClient;
  before(async () => {
    real = await realEngine();
    connection = serviceConnection({ region: "eu-central-1", endpoint: real.engine.endpoint });
    changes = functionChanges(connection);
    client = new LambdaClient(connection);
  });
  after(async () => {
    changes.close();
    client.destroy();
    await real.close();
  });
  beforeEach(async () => {
    await localDeployer(connection).deploy({
      functionName: NAME,
      zip: readFileSync(designPackageFile("handler-connect")),
      handler: "handler.handler",
      runtime: "nodejs22.x",
      memoryMb: 256,
      timeoutMs: 10_000,
      environment: { PEER_HOST: "127.0.0.1", PEER_PORT: "1" },
      reservedConcurrency: 1,
      replaces: true,
    });
    const { revisionId } = await changes.look(NAME);
    await changes.describe(NAME, 'the "device"', revisionId);
    await changes.publish(NAME, "theirs", (await changes.look(NAME)).revisionId);
  });

  const state = async () => ({
    description: (await changes.look(NAME)).description,
    versions: await changes.versions(NAME),
    reserved: await changes.reservedConcurrency(NAME),
  });

  /** Pulls a lever, and for `update` makes an update. Returns what the journal has. */
  async function pull(lever: Lever, through: FunctionChanges, journal: JournalEventBody[] = []) {
    const changed = new ChangedFunction({
      label: "label",
      functionName: NAME,
      run: RUN,
      changes: through,
      record: (event) => void journal.push(event),
    });
    let environments = 0;
    const pulled = await LEVER_KINDS[lever].pull(
      changed,
      {
        ofLatest: () => Promise.resolve((environments += 1)),
        say: () => undefined,
      },
      { tenants: 2 },
    );
    for (let invocation = 1; invocation <= 12; invocation += 1) await pulled.beforeLatest?.();
    return { changed, pulled, journal };
  }

  const begunIn = (journal: readonly JournalEventBody[]): readonly ChangeBegun[] =>
    journal.filter((event): event is ChangeBegun => event.event === "change-begun");
  const undone = (through: FunctionChanges, begun: readonly BegunChange[], said: string[] = []) =>
    undoChanges({
      functionName: NAME,
      begun,
      changes: through,
      undone: (one) => void said.push(undoneSentence(one)),
    });

  // The lever `tenants` changes nothing.
  for (const lever of SCHEDULED_LEVERS)
    it(`${lever}: after a death at any change, also during the undo, everything is as before, by journal or by mark`, async () => {
      const before = await state();
      const counting = dying(changes, Infinity, "after");
      const { changed, journal } = await pull(lever, counting);
      const pulling = counting.made;
      await changed.undo();
      expect(await state()).to.deep.equal(before);
      expect(counting.made).to.be.greaterThan(pulling);
      expect(journal.flatMap((one) => (one.event === "change-undone" ? one.left : []))).to.satisfy(
        (left: readonly unknown[]) => left.every((one) => one === null),
      );
      for (const when of ["before", "after"] as const)
        for (let at = 1; at <= counting.made; at += 1) {
          const events: JournalEventBody[] = [];
          const mortal = dying(changes, at, when);
          const death: unknown = await pull(lever, mortal, events)
            .then(({ changed: one }) => one.undo())
            .catch((error: unknown) => error);
          expect(death).to.be.instanceOf(Died);
          if (at % 2 === 0) await undone(changes, begunIn(events));
          else {
            for (const { begun } of await findLeftovers(changes)) await undone(changes, begun);
            const { description, versions } = await state();
            expect({ description, versions }, `by mark ${when} change ${at}`).to.deep.include({
              description: before.description,
              versions: before.versions,
            });
          }
          // The journal finds what no mark shows: a reservation whose version is deleted already.
          await undone(changes, begunIn(events));
          expect(await state(), `${when} change ${at}`).to.deep.equal(before);
        }
    });

  it("versions: publishes two versions of the same code, and restores the description between them", async () => {
    const { pulled, journal } = await pull("versions", changes);
    expect(pulled.invoked).to.deep.equal(["2", "3"]);
    expect(await state()).to.deep.equal({
      description: 'the "device"',
      versions: [
        { version: "$LATEST", description: 'the "device"' },
        { version: "1", description: "theirs" },
        { version: "2", description: `longrun ${RUN}: version 1 of 2` },
        { version: "3", description: `longrun ${RUN}: version 2 of 2` },
      ],
      reserved: 1,
    });
    expect(journal.map((one) => ("change" in one ? `${one.event} ${one.change}` : one.event))).to.deep.equal([
      "change-begun describe",
      "change-begun publish",
      "version-published",
      "change-undone describe",
      "change-begun publish",
      "version-published",
    ]);
  });

  it("leaves and names what somebody else has changed", async () => {
    const { journal } = await pull("provisioned", changes);
    await pull("update", changes, journal);
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName: NAME, Description: "new" }));
    await changes.reserve(NAME, 5);
    const said: string[] = [];
    await undone(changes, begunIn(journal), said);
    expect(said).to.deep.equal([
      "the provisioned concurrency of version 2 is removed",
      "version 2 is deleted",
      "the description is left: somebody else has changed it",
      "the reserved concurrency is left: somebody else has changed it",
    ]);
    expect(await state()).to.deep.include({ description: "new", reserved: 5 });
  });

  it("undoes the rest and fails if a version is in use by an alias of somebody else", async () => {
    const { journal } = await pull("versions", changes);
    await client.send(new CreateAliasCommand({ FunctionName: NAME, Name: "live", FunctionVersion: "2" }));
    const said: string[] = [];
    const error: unknown = await undone(changes, begunIn(journal), said).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(LongrunError);
    expect((error as LongrunError).message).to.equal(
      "device is not as it was before: Version 2 of device cannot be deleted: Version 2 is in use by the following aliases: live",
    );
    expect(said.at(-1)).to.equal("version 3 is deleted");
  });

  // Recorded from AWS: docs/aws/concurrency.md#provisioned-concurrency.
  it("provisioned: $LATEST is throttled if all of the reserved concurrency is provisioned, and runs beside it at 2", async () => {
    await changes.provision(NAME, "1", 1);
    const invoke = () => client.send(new InvokeCommand({ FunctionName: NAME }));
    const refused: unknown = await invoke().catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(TooManyRequestsException);
    expect((refused as TooManyRequestsException).Reason).to.equal(
      "ReservedFunctionConcurrentInvocationLimitExceeded",
    );
    await changes.reserve(NAME, 2);
    expect((await invoke()).ExecutedVersion).to.equal("$LATEST");
    await changes.unprovision(NAME, "1");
    await changes.unprovision(NAME, "1");
  });

  describe("on a copy", () => {
    const COPY = "longrun-copy-device";
    const functionsNow = async () => {
      const found: string[] = [];
      for await (const { functionName, version } of changes.everyVersion())
        found.push(`${functionName}:${version}`);
      return found;
    };
    async function copying(through: FunctionChanges, journal: JournalEventBody[]) {
      const changed = new ChangedFunction({
        label: "label",
        functionName: COPY,
        run: RUN,
        changes: through,
        record: (event) => void journal.push(event),
      });
      await changed.copy(NAME, { reserved: 1, rewrite: (variables) => variables });
      const seen = { ofLatest: () => Promise.resolve(1), say: () => undefined };
      await LEVER_KINDS.provisioned.pull(changed, seen, { tenants: 2 });
      return changed;
    }
    const undoneCopy = async (begun: readonly BegunChange[]) => {
      const said: string[] = [];
      await undoChanges({
        functionName: COPY,
        begun,
        changes,
        undone: (one) => void said.push(undoneSentence(one)),
      });
      return said;
    };

    it("leaves nothing after a death at any change, by journal or by tag, and changes nothing of the original", async () => {
      const before = await functionsNow();
      const original = await state();
      const counting = dying(changes, Infinity, "after");
      await copying(counting, []).then((changed) => changed.undo());
      expect(await functionsNow()).to.deep.equal(before);
      for (const when of ["before", "after"] as const)
        for (let at = 1; at <= counting.made; at += 1) {
          const events: JournalEventBody[] = [];
          const death: unknown = await copying(dying(changes, at, when), events)
            .then((changed) => changed.undo())
            .catch((error: unknown) => error);
          expect(death).to.be.instanceOf(Died);
          if (at % 2 === 0) await undoneCopy(begunIn(events));
          else for (const { begun } of await findLeftovers(changes)) await undoneCopy(begun);
          expect(await undoneCopy(begunIn(events))).to.deep.equal([]);
          expect(await functionsNow(), `${when} change ${at}`).to.deep.equal(before);
        }
      expect(await state()).to.deep.equal(original);
    });

    it("leaves a function of that name whose tag does not name the run", async () => {
      await localDeployer(connection).deploy({
        functionName: COPY,
        zip: readFileSync(designPackageFile("handler-connect")),
        handler: "handler.handler",
        runtime: "nodejs22.x",
        memoryMb: 256,
        timeoutMs: 10_000,
        environment: {},
        reservedConcurrency: 1,
      });
      const events: JournalEventBody[] = [];
      const error: unknown = await copying(changes, events).catch((thrown: unknown) => thrown);
      expect((error as LongrunError).message).to.match(/^device cannot be copied: Function already exist/);
      expect(await undoneCopy(begunIn(events))).to.deep.equal([
        "the copy is left: its tag does not name this run",
      ]);
      expect(await findLeftovers(changes)).to.deep.equal([]);
      for (const run of [RUN, "undefined", "null"]) {
        const refused: unknown = await changes.deleteCopy(COPY, run).catch((thrown: unknown) => thrown);
        expect((refused as Error).message).to.include("only a copy of the run");
      }
      expect((await changes.look(COPY)).functionName).to.equal(COPY);
      await localDeployer(connection).remove(COPY);
    });
  });

  it("finds nothing to undo if the function was deleted meanwhile", async () => {
    const { journal } = await pull("versions", changes);
    await localDeployer(connection).remove(NAME);
    const said: string[] = [];
    expect(await undone(changes, begunIn(journal), said)).to.equal(false);
    expect(said).to.deep.equal([]);
  });

  it("refuses a function that has versions of another run, because that run may go on", async () => {
    await pull("versions", changes);
    const other = new ChangedFunction({
      label: "label",
      functionName: NAME,
      run: "another",
      changes,
      record: () => undefined,
    });
    const before = await state();
    for (const act of [() => other.refuseOtherRuns(), () => other.publishChanged("versions", "1")]) {
      const error: unknown = await act().catch((thrown: unknown) => thrown);
      expect((error as LongrunError).message).to.equal(
        `device has version 2 of the run ${RUN}, which goes on or was killed.`,
      );
    }
    expect(await state()).to.deep.equal(before);
  });

  it("refuses a function whose description a killed run left, because it would be restored after the run", async () => {
    await pull("update", changes);
    const error: unknown = await pull("versions", changes).catch((thrown: unknown) => thrown);
    expect((error as LongrunError).message).to.equal(
      `device has a description of the run ${RUN}, which goes on or was killed.`,
    );
  });

  for (const version of ["", "$LATEST", "live", "0", "2 "])
    it(`never deletes a function: version ${JSON.stringify(version)} is refused before AWS is asked`, async () => {
      const error: unknown = await changes.deleteVersion(NAME, version).catch((thrown: unknown) => thrown);
      expect((error as Error).message).to.include("only a numbered version is deleted");
      expect((await changes.look(NAME)).functionName).to.equal(NAME);
    });
});
