import { expect } from "chai";
import { engineControlClient } from "../../../src/adapters/aws/engine-control-client.ts";
import { LongrunError } from "../../../src/base/errors.ts";
import type { Plan } from "../../../src/record/plan-file.ts";
import { cannedService, json } from "./canned-service.ts";
import { refusingPort } from "../../support/refusing-port.ts";

const PLAN: Plan = {
  schemaVersion: 1,
  profile: "typical",
  seed: 1,
  durationMs: 20_000,
  intervalMs: 1_000,
  placement: "most-recent",
  entries: [],
};
const REQUEST = { plan: PLAN, functions: ["one"], startAt: "2026-11-25T01:02:03.456Z" };

async function against<Value>(
  status: number,
  body: unknown,
  work: (control: ReturnType<typeof engineControlClient>) => Promise<Value>,
) {
  const service = await cannedService((_asked, response) => json(response, status, body));
  const control = engineControlClient({ region: "us-east-1", endpoint: service.endpoint });
  try {
    return { value: await work(control), asked: service.asked };
  } finally {
    await service.close();
  }
}

describe("engineControlClient", () => {
  it("loads a plan with a signed request", async () => {
    const { asked } = await against(202, {}, (control) => control.loadPlan(REQUEST));
    expect([asked[0]?.method, asked[0]?.path, JSON.parse(asked[0]?.body ?? "null")]).to.deep.equal([
      "POST",
      "/_longrun/plan",
      REQUEST,
    ]);
    expect(asked[0]?.headers.authorization).to.match(
      /^AWS4-HMAC-SHA256 Credential=longrun\/\d{8}\/us-east-1\/lambda\/aws4_request/,
    );
  });

  const unexpected: readonly (readonly [string, unknown])[] = [
    ["JSON that is no object", "<html>hello</html>"],
    ["an object without the expected members", { ok: true }],
  ];
  for (const [what, body] of unexpected)
    it(`reports that the server is not an engine of longrun if it answers with ${what}`, async () => {
      const error = await against(200, body, (control) =>
        Promise.all(
          [control.status(), control.links(0), control.applied(0), control.environments("one")].map((asked) =>
            asked.then(
              () => "no error",
              (failure: unknown) => (failure as LongrunError).code,
            ),
          ),
        ),
      );
      expect(error.value).to.deep.equal(["unavailable", "unavailable", "unavailable", "unavailable"]);
    });

  it("reads links, ended environments and applied plan entries, each as one page from a given position", async () => {
    const links = await against(200, { records: [], next: 7 }, (control) => control.links(5));
    const ends = await against(200, { records: [], next: 2 }, (control) => control.ends(1));
    const applied = await against(200, { entries: [], next: 3, running: true }, (control) =>
      control.applied(3),
    );
    expect([
      ...[links.value, links.asked[0]?.path],
      ...[ends.value, ends.asked[0]?.path],
      ...[applied.value.next, applied.asked[0]?.path],
    ]).to.deep.equal([
      { entries: [], next: 7, since: null },
      "/_longrun/links?from=5",
      { entries: [], next: 2, since: null },
      "/_longrun/ends?from=1",
      3,
      "/_longrun/plan/applied?from=3",
    ]);
  });

  for (const { title, status, message } of [
    { title: "another plan is running", status: 409, message: /is running a plan already/ },
    {
      title: "the server is not an engine of longrun",
      status: 404,
      message: /refused \/_longrun\/plan: 404/,
    },
  ]) {
    it(`fails with the error code 'unavailable' if ${title}`, async () => {
      const { value } = await against(status, { message: "no" }, (control) =>
        control.loadPlan(REQUEST).catch((error: unknown) => error),
      );
      expect(value).to.be.instanceOf(LongrunError);
      expect((value as LongrunError).code).to.equal("unavailable");
      expect((value as LongrunError).message).to.match(message);
    });
  }

  it("reports that no engine answers", async () => {
    const { port, close } = await refusingPort();
    const control = engineControlClient({ region: "us-east-1", endpoint: `http://127.0.0.1:${port}` });
    const error = await control.status().catch((failure: unknown) => failure);
    await close();
    expect((error as LongrunError).message).to.match(/^The engine at .* does not answer: .*ECONNREFUSED/);
  });
});
