/** Checks that `--link host` is possible: each environment has its own /etc/hosts, and the peer's port is free on a loopback address. */
import { createServer } from "node:net";
import { once } from "node:events";
import type { ByName } from "../../words/link-place.ts";
import { notAvailable } from "../../base/errors.ts";
import type { Isolation } from "../process/isolation/choose-isolation.ts";
import { nextSandboxAddress } from "../process/isolation/sandbox-address.ts";

/** Throws the error `unavailable` if links by name are not possible. Its hint says what to do. */
export async function checkLinkName(
  { name, port }: ByName,
  { kind, reason }: Pick<Isolation, "kind" | "reason">,
): Promise<void> {
  if (kind !== "namespaces")
    throw notAvailable(
      `--link host needs isolation namespaces, which gives each environment its own /etc/hosts. Namespaces are not used: ${reason ?? "switched off"}.`,
      { hint: "Use Linux with user namespaces, or --link VARIABLE, which works everywhere." },
    );
  const server = createServer();
  const host = nextSandboxAddress();
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw notAvailable(
      `The link for ${name} cannot listen on port ${port} of ${host}: ${WHY[code] ?? code}.`,
      { cause: error, hint: HINTS[code] ?? "--link VARIABLE works with any free port." },
    );
  }
  server.close();
  await once(server, "close");
}

const WHY: Readonly<Record<string, string>> = {
  EADDRINUSE: "a program on this machine listens on this port of every address",
  EACCES: "this user may not listen on ports below 1024",
};

const HINTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "Let that program listen on 127.0.0.1 only, or use --link VARIABLE.",
  EACCES: "Allow it with sysctl net.ipv4.ip_unprivileged_port_start, run as root, or use --link VARIABLE.",
};
