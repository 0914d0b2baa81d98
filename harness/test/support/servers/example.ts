/**
 * `make example NAME=postgres|mysql|redis|mqtt|modbus`: starts a real server with one place on this machine, soaks the handler that fails against it and
 * its fix, and stops the server. The reports are in runs/.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { argv, env, execPath, exit, stderr } from "node:process";
import { ALL_SERVERS, type ServerUnderTest, type StartedServer } from "./all-servers.ts";

const names = ALL_SERVERS.map(({ protocol }) => protocol);
const server = ALL_SERVERS.find(({ protocol }) => protocol === argv[2]);
if (server === undefined) {
  stderr.write(`make example NAME=${argv[2] ?? ""}: expected NAME=${names.join("|")}\n`);
  exit(64);
}
exit(await example(server));

async function example(one: ServerUnderTest): Promise<number> {
  const started = await one.start();
  if (started === null) {
    stderr.write(
      `${one.name} is not installed: install its server (Debian: apt-get install ${one.package ?? "nothing"})\n`,
    );
    return 69;
  }
  try {
    const failing = await soak(one, started, { code: one.broken, verdict: "fail" });
    const fixed = await soak(one, started, { code: one.fixed, verdict: "pass" });
    return Math.max(failing, fixed);
  } finally {
    await started.stop();
  }
}

/** Returns the exit code of the soak: 0 if the verdict is the expected one. */
async function soak(
  one: ServerUnderTest,
  { port, variables }: StartedServer,
  { code, verdict }: { readonly code: string; readonly verdict: string },
): Promise<number> {
  const label = code.replace(/^.*\/|\.mjs$/g, "");
  const child = spawn(
    execPath,
    [
      ...["dist/longrun.js", "soak", "--code", `${label}=${code}`, "--link", one.link, "--yes"],
      ...[
        "--peer",
        `127.0.0.1:${port}`,
        "--seed",
        env["SEED"] ?? "1",
        "--duration",
        env["DURATION"] ?? "30s",
      ],
      ...["--interval", "300ms", "--expect", `${label}=${verdict}`],
      ...Object.entries(variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ],
    { stdio: "inherit" },
  );
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode ?? 70;
}
