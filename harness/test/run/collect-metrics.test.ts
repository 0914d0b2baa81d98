/**
 * Tests that a soak on AWS waits for CloudWatch's metrics after its drive (the time in which it invokes), reads them twice and keeps them. If
 * they cannot be read, the run does not fail.
 */
import { expect } from "chai";
import type { MetricPoint, MetricRange } from "../../src/record/function-metrics.ts";
import { LongrunError } from "../../src/base/errors.ts";
import { durationMs } from "../../src/base/time.ts";
import { soakUnderTest, eventTexts, type Script } from "./soak-under-test.ts";

const POINTS: readonly MetricPoint[] = [{ time: "2026-11-25T01:03:00.000Z", invocations: 3, errors: null }];

/** The run begins at 01:02:03 and drives for three seconds. */
async function soak(
  script: Script = {},
  answer: () => Promise<readonly MetricPoint[]> = () => Promise.resolve(POINTS),
) {
  const asked: (readonly [name: string, range: MetricRange, at: string])[] = [];
  const outcome = await soakUnderTest({
    ...script,
    input: { duration: durationMs(3_000), settle: durationMs(600_000), ...script.input },
    metrics: (clock) => (name, range) => {
      asked.push([name, range, new Date(clock.now()).toISOString()]);
      return answer();
    },
  });
  const ended = outcome.journal.at(-1);
  return { ...outcome, asked, endedAt: ended?.time.slice(11, 19) };
}

const at = (text: string): number => Date.parse(`2026-11-25T${text}.000Z`);
const aboutMetrics = (said: readonly string[]): readonly string[] =>
  said.filter((sentence) => /metrics/.test(sentence));

describe("the metrics at the end of a soak", () => {
  it("are not waited for if the drive contains no whole minute after the deployment of the function", async () => {
    const { asked, said, endedAt } = await soak();
    expect([asked, aboutMetrics(said), endedAt?.slice(0, 5)]).to.deep.equal([[], [], "01:02"]);
  });

  it("are read twice, the first time five minutes after the drive's last minute", async () => {
    const { asked, metrics } = await soak({ input: { duration: durationMs(120_000) } });
    const range = { from: at("01:03:00"), to: at("01:05:00") };
    expect(asked.map(([name, of, when]) => [name, of, when.slice(11, 19)])).to.deep.equal([
      ["one", range, "01:10:01"],
      ["one", range, "01:10:16"],
    ]);
    expect(
      metrics.map(({ functionName, from, to, readAt, points }) => [
        functionName,
        from,
        to,
        readAt?.slice(11, 19),
        points,
      ]),
    ).to.deep.equal([
      ["one", "2026-11-25T01:03:00.000Z", "2026-11-25T01:05:00.000Z", "01:10:01", POINTS],
      ["one", "2026-11-25T01:03:00.000Z", "2026-11-25T01:05:00.000Z", "01:10:16", POINTS],
    ]);
  });

  it("are not read if --settle is too short for them, and a sentence says so", async () => {
    const { asked, said, endedAt } = await soak({
      input: { duration: durationMs(120_000), settle: durationMs(300_000) },
    });
    expect([asked, aboutMetrics(said), endedAt?.slice(0, 5)]).to.deep.equal([
      [],
      ["CloudWatch's metrics are not read: they need --settle 7m or more"],
      "01:04",
    ]);
  });

  it("are not waited for after the user asked the run to stop", async () => {
    const { asked, endedAt } = await soak({
      input: { duration: durationMs(120_000) },
      onEvent: ({ event }, { stop }) => {
        if (event === "drive-ended") stop.signal();
      },
    });
    expect([asked, endedAt?.slice(0, 5)]).to.deep.equal([[], "01:04"]);
  });

  it("are read if the run ended because of harm", async () => {
    const { asked } = await soak({
      input: { duration: durationMs(120_000) },
      onEvent: (event, { stop }) => {
        if (event.event === "invocation-ended" && event.n === 90) stop.requestDrain("harm");
      },
    });
    expect(asked).to.have.lengthOf(2);
  });

  it("are not needed: the run is judged without them if they cannot be read", async () => {
    const { said, metrics, rendered, journal } = await soak(
      { input: { duration: durationMs(120_000) } },
      () =>
        Promise.reject(new LongrunError("unavailable", "CloudWatch's metrics of one cannot be read: no.")),
    );
    expect([aboutMetrics(said), metrics, rendered]).to.deep.equal([
      ["one is judged without metrics. CloudWatch's metrics of one cannot be read: no."],
      [],
      true,
    ]);
    expect(eventTexts(journal).filter((event) => event.startsWith("problem"))).to.deep.equal([]);
  });

  it("are not requested if a local engine replaces AWS", async () => {
    const { metrics, said, journal } = await soakUnderTest({ input: { duration: durationMs(3_000) } });
    expect([metrics, aboutMetrics(said), journal.at(-1)?.time.slice(11, 16)]).to.deep.equal([
      [],
      [],
      "01:02",
    ]);
  });
});
