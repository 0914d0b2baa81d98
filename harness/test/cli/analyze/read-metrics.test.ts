/** If CloudWatch's metrics cannot be read or used, `longrun analyze` prints a notice and judges the logs without them. */
import { expect } from "chai";
import type { EvidenceInWords } from "../../../src/cli/analyze/evidence-in-words.ts";
import { readMetrics } from "../../../src/cli/analyze/read-metrics.ts";
import { epochMs } from "../../../src/base/time.ts";
import { cannedService, json } from "../../adapters/aws/canned-service.ts";
import { meteredEvidence } from "../../analysis/attribution/metered-log.ts";

const HOUR = 3_600_000;
const NAMES = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] as const;

function gathered(ownGroups: readonly string[]): EvidenceInWords {
  const { functions, ...evidence } = meteredEvidence([], []);
  const bare = functions.map(({ records: _, metrics: __, ...one }) => ({ ...one, streams: [] }));
  return {
    evidence: { ...evidence, functions: bare },
    until: null,
    notices: ["as before"],
    ownGroups,
    close: () => undefined,
  };
}

describe("readMetrics", () => {
  const before = new Map<string, string | undefined>();
  let service: Awaited<ReturnType<typeof cannedService>>;
  beforeEach(async () => {
    service = await cannedService((_asked, response) =>
      json(response, 403, { __type: "AccessDeniedException", message: "You may not." }),
    );
    for (const name of NAMES) before.set(name, process.env[name]);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: service.endpoint,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
    });
  });
  afterEach(async () => {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    await service.close();
  });

  async function read(ownGroups: readonly string[], sinceMs: number, untilMs: number) {
    const now = Date.now();
    const range = { since: epochMs(now - sinceMs), until: epochMs(now - untilMs) };
    const signal = new AbortController().signal;
    const { evidence, notices } = await readMetrics(gathered(ownGroups), {
      region: "eu-central-1",
      range,
      signal,
    });
    return { metrics: evidence.functions[0]?.metrics, notices, asked: service.asked.length };
  }

  it("reports that AWS refused the request, and which permission would allow it", async () => {
    expect(await read(["own"], HOUR, 0)).to.deep.equal({
      metrics: undefined,
      notices: [
        "as before",
        "The logs are judged without metrics. CloudWatch's metrics of own cannot be read (cloudwatch:GetMetricData): You may not.",
      ],
      asked: 1,
    });
  });

  it("requests only complete metrics of functions with their own log group", async () => {
    expect(await read([], HOUR, 0)).to.deep.equal({
      metrics: undefined,
      notices: [
        "as before",
        "CloudWatch's metrics were not read for own: they count a whole function, but its log group also has logs of other functions, or the function has several log groups.",
      ],
      asked: 0,
    });
    for (const [since, until] of [
      [4 * 60_000, 0],
      [40 * 24 * HOUR, 20 * 24 * HOUR],
    ] as const)
      expect(await read(["own"], since, until)).to.deep.equal({
        metrics: undefined,
        notices: [
          "as before",
          "CloudWatch's metrics were not read: CloudWatch keeps them for 15 days, and they are complete only after 5 minutes.",
        ],
        asked: 0,
      });
  });
});
