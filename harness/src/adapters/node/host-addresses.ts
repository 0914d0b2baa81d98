/** The IP addresses of a host as this machine resolves it. Empty if it cannot. All addresses of this machine itself are one. */
import { lookup } from "node:dns/promises";
import { networkInterfaces } from "node:os";

const LOOPBACK = /^(?:127\.|::1$)/;

export async function hostAddresses(host: string): Promise<ReadonlySet<string>> {
  const own = new Set(
    Object.values(networkInterfaces()).flatMap((all = []) => all.map((one) => one.address)),
  );
  try {
    const found = await lookup(host, { all: true });
    return new Set(
      found.map(({ address }) => (LOOPBACK.test(address) || own.has(address) ? "this machine" : address)),
    );
  } catch {
    return new Set();
  }
}
