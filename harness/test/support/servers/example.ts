/**
 * `make example NAME=…`: starts a real server with few places on this machine. It soaks a handler that fails against this server, then the
 * fixed handler, and then stops the server. With Postgres it does the same once more, for a pool. The reports are in runs/.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter } from "node:path";
import { argv, env, execPath, exit, stderr, stdout } from "node:process";
import { ALL_SERVERS } from "./all-servers.ts";
import { embeddedPostgres } from "./embedded-postgres.ts";
import { findProgram } from "./find-program.ts";
import { POSTGRES_POOL, type Example } from "./example-pool.ts";

const names = ALL_SERVERS.map(({ protocol }) => protocol);
const server = ALL_SERVERS.find(({ protocol }) => protocol === argv[2]);
if (server === undefined) {
  stderr.write(`make example NAME=${argv[2] ?? ""}: expected NAME=${names.join("|")}\n`);
  exit(64);
}
const { name, link, start, pairs } = server;
if (server.protocol === "postgres" && findProgram("initdb") === null) {
  stdout.write("Postgres is not installed: npm brings it into the cache, once (about 110 MB)\n");
  try {
    env["PATH"] = [env["PATH"] ?? "", await embeddedPostgres()].join(delimiter);
  } catch (error) {
    stderr.write(`npm could not bring Postgres: ${(error as Error).message}\n`);
  }
}
const examples: readonly Example[] = [
  { about: `${name} with one place`, link, start, pair: pairs[0], flags: server.flags ?? [] },
  ...(server.protocol === "postgres" ? [POSTGRES_POOL] : []),
];
let worst = 0;
for (const one of examples) worst = Math.max(worst, await show(one));
exit(worst);

async function show(one: Example): Promise<number> {
  const started = await one.start();
  if (started === null) {
    stderr.write(
      `${name} is not installed: install its server (Debian: apt-get install ${server?.package ?? "nothing"})\n`,
    );
    return 69;
  }
  try {
    stdout.write(`\n=== ${one.about}\n`);
    const failing = await soak(one, started, "broken", "fail");
    return Math.max(failing, await soak(one, started, "fixed", "pass"));
  } finally {
    await started.stop();
  }
}

/** Returns the exit code of the soak: 0 if the verdict is the expected one. */
async function soak(
  { link: where, pair, flags }: Example,
  { port, variables }: NonNullable<Awaited<ReturnType<Example["start"]>>>,
  which: "broken" | "fixed",
  verdict: "fail" | "pass",
): Promise<number> {
  const { code, handler } = pair[which];
  const label = (handler ?? code).replace(/^.*\/|\.(mjs|handler)$/g, "").replaceAll("_", "-");
  const child = spawn(
    execPath,
    [
      ...["dist/longrun.js", "soak", "--code", `${label}=${code}`, "--link", where, "--yes", ...flags],
      ...(handler === null ? [] : ["--handler", handler]),
      ...["--peer", `127.0.0.1:${port}`, "--seed", env["SEED"] ?? "1"],
      ...["--duration", env["DURATION"] ?? "30s", "--interval", "300ms", "--expect", `${label}=${verdict}`],
      ...Object.entries(variables).flatMap(([key, value]) => ["--env", `${key}=${value}`]),
    ],
    { stdio: "inherit" },
  );
  const [exitCode] = (await once(child, "exit")) as [number | null];
  return exitCode ?? 70;
}
