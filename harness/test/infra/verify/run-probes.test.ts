import { expect } from "chai";
import { confirmed, type Probe } from "../../../../scripts/infra/verify/probe.ts";
import { runProbes } from "../../../../scripts/infra/verify/run-probes.ts";
import { withVerifyClients } from "../../../../scripts/infra/verify/verify-clients.ts";

/** The probes of this test ask nobody. */
const NOWHERE = { engine: "http://127.0.0.1:1", services: "http://127.0.0.1:1", peer: null };

describe("infrastructure: the probes of a verification", () => {
  async function outcomes(
    probes: Readonly<Record<string, Probe>>,
    interrupt = new AbortController(),
  ): Promise<Readonly<Record<string, string>>> {
    const results = await withVerifyClients({ region: "eu-central-1", running: NOWHERE }, (clients) =>
      runProbes(
        new Map(Object.entries(probes)),
        {
          ...clients,
          name: "lrv-1",
          region: "eu-central-1",
          running: NOWHERE,
          kmsKeyArn: null,
          functionName: "f",
          logGroup: "/aws/lambda/f",
          signal: interrupt.signal,
        },
        () => undefined,
      ),
    );
    return Object.fromEntries([...results].map(([id, { outcome, text }]) => [id, `${outcome}: ${text}`]));
  }
  const fails =
    (name: string, message: string): Probe =>
    () =>
      Promise.reject(Object.assign(new Error(message), { name }));
  const sees: Probe = () => Promise.resolve(confirmed("as expected"));

  it("go on after a fault in one of them", async () => {
    expect(await outcomes({ one: fails("TypeError", "no such member"), two: sees })).to.deep.equal({
      one: "not reached: The probe failed with TypeError: no such member",
      two: "confirmed: as expected",
    });
  });

  it("say that their row differs if a permission is missing", async () => {
    expect(
      await outcomes({ one: fails("AccessDeniedException", "not authorized to perform: x") }),
    ).to.deep.equal({
      one: "differs: AccessDeniedException: not authorized to perform: x",
    });
  });

  it("are not reached after an interruption", async () => {
    const interrupt = new AbortController();
    const interrupted: Probe = ({ signal }) => {
      interrupt.abort();
      return Promise.reject(signal.reason as Error);
    };
    const text = "not reached: The verification was interrupted.";
    expect(await outcomes({ zero: sees, one: interrupted, two: sees }, interrupt)).to.deep.equal({
      zero: "confirmed: as expected",
      one: text,
      two: text,
    });
  });
});
