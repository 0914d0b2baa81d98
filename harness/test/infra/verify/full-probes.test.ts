/** Tests the results of the probes of tier `full`. The clients answer as AWS is expected to answer, or differently. */
import { expect } from "chai";
import { cloudMap } from "../../../../scripts/infra/verify/full-probes/cloud-map.ts";
import { harm } from "../../../../scripts/infra/verify/full-probes/harm.ts";
import { managedPeer } from "../../../../scripts/infra/verify/full-probes/managed-peer.ts";
import { policies } from "../../../../scripts/infra/verify/full-probes/policies.ts";
import { reachability } from "../../../../scripts/infra/verify/full-probes/reachability.ts";
import { runnerProbe } from "../../../../scripts/infra/verify/full-probes/runner.ts";
import { zones } from "../../../../scripts/infra/verify/full-probes/zones.ts";
import { FULL_PROBES } from "../../../../scripts/infra/verify/full-probes/all-full-probes.ts";
import { fullContext } from "./full-context.ts";
import type { Ask } from "./probe-context.ts";

const INVOKED = { Invoke: () => ({ $metadata: { requestId: "r" }, Payload: Buffer.from('{"ok":true}') }) };
type Tasks = readonly (readonly [id: string, lastStatus: string])[];

/**
 * Answers like ECS. The service has the tasks `before` until StopTask, and then the first list of `after`. Each DescribeTasks after
 * StopTask moves on to the next list. The last list stays.
 */
function ecs(before: Tasks, ...after: readonly Tasks[]): Ask {
  let stopped = false;
  let looks = 0;
  return (_service, action) => {
    const now = stopped ? (after[Math.min(looks, after.length - 1)] ?? []) : before;
    if (action === "ListTasks") return { taskArns: now.map(([id]) => id) };
    if (action === "DescribeTasks") {
      if (stopped) looks += 1;
      return { tasks: now.map(([taskArn, lastStatus]) => ({ taskArn, lastStatus })) };
    }
    stopped ||= action === "StopTask";
    return {};
  };
}

describe("infrastructure: probes of peers and tasks", () => {
  const replaced = ecs(
    [["a", "RUNNING"]],
    [["a", "STOPPING"]],
    [
      ["a", "STOPPED"],
      ["b", "PENDING"],
    ],
    [["b", "RUNNING"]],
  );

  it("managed-peer: is confirmed if the new task runs only after the old one has stopped", async () => {
    const { outcome, text } = await managedPeer(fullContext({ answers: INVOKED, ask: replaced }));
    expect(outcome, text).to.equal("confirmed");
  });

  it("managed-peer: differs if two tasks may have a connection at the same time", async () => {
    const both = ecs(
      [["a", "RUNNING"]],
      [
        ["a", "STOPPING"],
        ["b", "RUNNING"],
      ],
    );
    expect(await managedPeer(fullContext({ answers: INVOKED, ask: both }))).to.deep.equal({
      outcome: "differs",
      text: "2 tasks of the service ran at once.",
    });
  });

  it("managed-peer: differs if the function is served although ECS has no task", async () => {
    const { outcome } = await managedPeer(fullContext({ answers: INVOKED, ask: ecs([]) }));
    expect(outcome).to.equal("differs");
  });

  it("cloud-map: when the new task runs, repeats the invocation until one is served", async () => {
    const ask = ecs([["a", "RUNNING"]], [["b", "RUNNING"]]);
    const failing = () => ({
      $metadata: {},
      FunctionError: "Unhandled",
      Payload: Buffer.from('{"errorType":"PeerError"}'),
    });
    let invocations = 0;
    const answers = { Invoke: () => ((invocations += 1) === 1 ? failing() : INVOKED.Invoke()) };
    const { outcome, text } = await cloudMap(fullContext({ answers, ask }));
    expect([outcome, invocations], text).to.deep.equal(["confirmed", 2]);
  });

  describe("harm", () => {
    const answers = {
      PutFunctionConcurrency: () => ({}),
      PublishVersion: () => ({ Version: "1" }),
      PutProvisionedConcurrencyConfig: () => ({}),
      GetProvisionedConcurrencyConfig: () => ({ Status: "READY" }),
      FilterLogEvents: () => ({ events: [] }),
    };
    const failed = () => ({
      $metadata: {},
      FunctionError: "Unhandled",
      Payload: Buffer.from('{"errorType":"PeerBusyError"}'),
    });
    const record = (event: string, logStream: string) =>
      JSON.stringify({ event, connection: 1, hello: { logStream } });
    const [unused, latest] = ["2026/11/26/[1]a", "2026/11/26/[$LATEST]b"];

    it("is confirmed if the peer serves the never-invoked environment and refuses the invoked one", async () => {
      const lines = ["no JSON", record("accepted", unused), record("refused", latest)];
      const context = fullContext({
        answers: { ...answers, Invoke: failed },
        peerLines: () => Promise.resolve(lines),
      });
      expect((await harm(context)).outcome).to.equal("confirmed");
    });

    it("differs if the peer refused the never-invoked environment, or the invocation succeeded", async () => {
      const other = [record("accepted", latest), record("refused", unused)];
      const as = [record("accepted", unused), record("refused", latest)];
      const outcomes = await Promise.all([
        harm(
          fullContext({ answers: { ...answers, Invoke: failed }, peerLines: () => Promise.resolve(other) }),
        ),
        harm(fullContext({ answers: { ...answers, ...INVOKED }, peerLines: () => Promise.resolve(as) })),
      ]);
      expect(outcomes.map(({ outcome }) => outcome)).to.deep.equal(["differs", "differs"]);
    });

    it("differs if somebody invoked the provisioned environment", async () => {
      const start = { logStreamName: unused, message: '{"type":"platform.start","record":{}}' };
      const lines = [record("accepted", unused), record("refused", latest)];
      const context = fullContext({
        answers: { ...answers, Invoke: failed, FilterLogEvents: () => ({ events: [start] }) },
        peerLines: () => Promise.resolve(lines),
      });
      expect((await harm(context)).outcome).to.equal("differs");
    });
  });

  describe("runner", () => {
    const quick = { pollMs: 1, startedWithinMs: 60_000, soakedMs: 1, stoppedWithinMs: 60_000 };
    const stops: string[] = [];
    const task = (keys: readonly string[]): Ask => {
      let status = "RUNNING";
      return (service, action) => {
        if (service === "s3") return { xml: keys.map((key) => `<Key>${key}</Key>`).join("") };
        if (action === "RunTask") return { tasks: [{ taskArn: "t" }] };
        if (action === "ListTasks") return { taskArns: ["t"] };
        if (action === "DescribeTasks")
          return { tasks: [{ taskArn: "t", lastStatus: status, containers: [{ exitCode: 2 }] }] };
        stops.push(action);
        status = "STOPPED";
        return {};
      };
    };
    const files = ["manifest.json", "result.json", "report.html"].map((file) => `runs/1-run/${file}`);

    it("is confirmed if the judged run is in the bucket", async () => {
      const { outcome, text } = await runnerProbe(quick)(fullContext({ ask: task(files) }));
      expect(outcome, text).to.equal("confirmed");
    });

    it("differs if the run was not judged, and ends the task in any case", async () => {
      stops.length = 0;
      const { outcome, text } = await runnerProbe(quick)(fullContext({ ask: task(files.slice(0, 1)) }));
      expect(outcome).to.equal("differs");
      expect(text).to.contain("but not result.json, report.html");
      expect(stops).to.deep.equal(["StopTask", "StopTask"]);
    });
  });

  it("reachability: differs if a peer wrote nothing", async () => {
    const lines = (label: string) => Promise.resolve(label === "init-connect" ? ["ready"] : []);
    const { outcome, text } = await reachability(fullContext({ peerLines: lines }));
    expect([outcome, text]).to.deep.equal([
      "differs",
      "Lines in the peers' logs: init-connect 1, handler-connect 0.",
    ]);
  });

  it("policies: differs if a log has a denial", async () => {
    const denial = { logStreamName: "s", message: "AccessDenied: not authorized to perform: s3:PutObject" };
    const answers = {
      FilterLogEvents: ({ logGroupName }: { readonly logGroupName: string }) => ({
        events: logGroupName === "/longrun/lrv-1/runner" ? [denial] : [],
      }),
    };
    const { outcome, text } = await policies(fullContext({ answers }));
    expect([outcome, text]).to.deep.equal([
      "differs",
      "1 denials, first /longrun/lrv-1/runner: AccessDenied: not authorized to perform: s3:PutObject",
    ]);
  });

  it("zones: names the zones of the subnets", async () => {
    const ids = ["euc1-az2", "euc1-az1"]
      .map((id) => `<availabilityZoneId>${id}</availabilityZoneId>`)
      .join("");
    const { text } = await zones(fullContext({ ask: () => ({ xml: ids }) }));
    expect(text).to.equal("The apply succeeded in euc1-az1 and euc1-az2 of eu-central-1.");
  });

  it("are not reached with TARGET=local, except the probe harm", async () => {
    const running = { engine: "http://127.0.0.1:1", services: "http://127.0.0.1:1", peer: null };
    for (const [id, probe] of FULL_PROBES)
      if (id !== "harm") expect((await probe(fullContext({ running }))).outcome, id).to.equal("not reached");
  });
});
