/** Tests the results of the probes of tier `lambda` that need AWS. The clients answer as AWS is expected to answer, or differently. */
import { expect } from "chai";
import type { ProbeEvent } from "../../../../../scripts/infra/verify/probe-event.ts";
import { lease } from "../../../../../scripts/infra/verify/probes/lease.ts";
import { countsOf } from "../../../../../scripts/infra/verify/probes/log-queries.ts";
import { logsKms } from "../../../../../scripts/infra/verify/probes/logs-kms.ts";
import { compare, startsByMinute } from "../../../../../scripts/infra/verify/probes/metrics.ts";
import { quota } from "../../../../../scripts/infra/verify/probes/quota.ts";
import type { Line } from "../../../../../scripts/infra/verify/log-lines.ts";
import { versionsSeen } from "../../../../../scripts/infra/verify/versions.ts";
import { confirmed } from "../../../../../scripts/infra/verify/probe.ts";
import { probeContext } from "../probe-context.ts";

describe("infrastructure: probes of a function", () => {
  describe("lease", () => {
    const table = (refusalOf: (key: string) => string | null) =>
      probeContext({
        answers: {
          Invoke: ({ Payload }: { readonly Payload: string }) => {
            const event = JSON.parse(Payload) as Extract<ProbeEvent, { readonly ask: "lease" }>;
            const answer = { logStream: "s", value: null, runtime: null, refusal: refusalOf(event.key) };
            return { $metadata: { requestId: "r" }, Payload: Buffer.from(JSON.stringify(answer)) };
          },
        },
      });

    it("has the result 'confirmed' if only the key of another function is denied", async () => {
      const denied = "UpdateItem on table t: status 400 AccessDeniedException";
      const { outcome } = await lease(table((key) => (key === "lrv-1-probe" ? null : denied)));
      expect(outcome).to.equal("confirmed");
    });

    it("has the result 'differs' after any other answers", async () => {
      const cases = [
        () => "AccessDeniedException",
        () => null,
        (key: string) => (key === "lrv-1-probe" ? null : "Throttled"),
      ];
      const outcomes = await Promise.all(cases.map(async (refusal) => (await lease(table(refusal))).outcome));
      expect(outcomes).to.deep.equal(["differs", "differs", "differs"]);
    });
  });

  describe("quota", () => {
    const account = (put: (reserved: number) => object, before: number | undefined) => {
      const reserved: number[] = [];
      const context = probeContext({
        answers: {
          GetAccountSettings: () => ({ AccountLimit: { ConcurrentExecutions: 10 } }),
          GetFunctionConcurrency: () => ({ ReservedConcurrentExecutions: before }),
          PutFunctionConcurrency: ({
            ReservedConcurrentExecutions: wanted,
          }: {
            readonly ReservedConcurrentExecutions: number;
          }) => {
            reserved.push(wanted);
            return put(wanted);
          },
          DeleteFunctionConcurrency: () => {
            reserved.push(Number.NaN);
            return {};
          },
        },
      });
      return { context, reserved };
    };

    it("reads from the refusal how much concurrency must stay unreserved", async () => {
      const { context } = account(() => {
        throw new Error("… below its minimum value of [40].");
      }, 2);
      expect(await quota(context)).to.deep.equal(
        confirmed("The quota is 10, and AWS names 40 as the number that must stay unreserved."),
      );
    });

    it("undoes at once a reservation that AWS should have refused: the function has its earlier reservation again, or none", async () => {
      for (const [before, back] of [
        [2, 2],
        [undefined, Number.NaN],
      ] as const) {
        const { context, reserved } = account(() => ({}), before);
        expect((await quota(context)).outcome).to.equal("differs");
        expect(reserved).to.deep.equal([10, back]);
      }
    });
  });

  it("logs-kms: has the result 'not reached' without a given key, and 'differs' if the log group has no key", async () => {
    const answers = {
      DescribeLogGroups: () => ({ logGroups: [{ logGroupName: "/aws/lambda/lrv-1-probe" }] }),
    };
    const [without, other] = await Promise.all([
      logsKms(probeContext({ answers })),
      logsKms(probeContext({ answers, kmsKeyArn: "arn:aws:kms:eu-central-1:123456789012:key/1" })),
    ]);
    expect([without.outcome, other.outcome]).to.deep.equal(["not reached", "differs"]);
  });

  const line = (
    type: string,
    stream: string,
    more: Partial<Line> & { readonly status?: string } = {},
  ): Line => ({
    stream,
    time: 0,
    message: "",
    platform: { type, record: more.status === undefined ? {} : { status: more.status } },
    ...more,
  });

  it("metrics: counts STARTs by minute, and compares them with CloudWatch's counts", () => {
    const log = startsByMinute([
      line("platform.start", "a", { time: 59_999 }),
      line("platform.start", "b", { time: 60_000 }),
      line("platform.report", "b", { time: 60_001 }),
    ]);
    expect([...log]).to.deep.equal([
      ["1970-01-01T00:00:00.000Z", 1],
      ["1970-01-01T00:01:00.000Z", 1],
    ]);
    expect(compare(log, new Map([["1970-01-01T00:00:00.000Z", 2]]))).to.deep.equal({
      total: { log: 2, metrics: 2 },
      other: 2,
    });
  });

  it("log-queries: counts environments, and those that were never invoked", () => {
    const lines = [
      line("platform.initStart", "used"),
      line("platform.start", "used"),
      line("platform.initStart", "unused"),
      line("platform.initReport", "unused", { status: "success" }),
      line("platform.initStart", "failed"),
      line("platform.initReport", "failed", { status: "error" }),
    ];
    expect(countsOf(lines)).to.deep.equal({ environments: 3, initWithoutInvoke: 1 });
  });

  it("provider-6: has the result 'not reached' with the versions that the offline tests use", () => {
    const deployed = confirmed("It succeeded.");
    const seen = versionsSeen({ isTofu: true, tool: "1.10.5", provider: "6.20.0" }, deployed);
    expect(seen).to.deep.equal(confirmed("OpenTofu 1.10.5 with provider 6.20.0: It succeeded."));
    const tried = versionsSeen({ isTofu: false, tool: "1.11.4", provider: "5.100.0" }, deployed);
    expect(tried.outcome).to.equal("not reached");
  });
});
