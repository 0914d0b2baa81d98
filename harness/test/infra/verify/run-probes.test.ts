import { expect } from "chai";
import { confirmed, type ProbeResult } from "../../../../scripts/infra/verify/probe.ts";
import { runProbes } from "../../../../scripts/infra/verify/run-probes.ts";

type Probe = (context: { readonly signal: AbortSignal }) => Promise<ProbeResult>;

describe("infrastructure: the probes of a verification", () => {
  async function outcomes(
    probes: Readonly<Record<string, Probe>>,
    interrupt = new AbortController(),
  ): Promise<Readonly<Record<string, string>>> {
    const context = { signal: interrupt.signal };
    const results = await runProbes(new Map(Object.entries(probes)), context, () => undefined);
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

  it("have the outcome `differs` if a permission is missing", async () => {
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
