import { expect } from "chai";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../src/result/run-result.ts";
import { certificateFor } from "../support/certificate.ts";
import { POSTGRES_PASSWORD, startPostgres, type Postgres } from "../support/servers/postgres.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

/** A handler that connects with psql and returns whether the connection uses TLS. */
const HANDLER = `import { execFileSync } from "node:child_process";
const SSL = "select ssl from pg_stat_ssl where pid = pg_backend_pid()";
export const handler = async () => execFileSync("/usr/bin/psql", [process.env.DATABASE_URL, "-Atc", SSL], { encoding: "utf8" }).trim();
`;

describeInTestAll("longrun soak with a link to a real Postgres", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let server: Postgres | null = null;
  beforeEach(async function () {
    await requireTool(this, ["/usr/bin/psql", "--version"]);
    await requireTool(this, ["openssl", "version"]);
    const { key, cert, authority } = certificateFor("db.internal", folder.path());
    server = await startPostgres({ settings: ["ssl=on", `ssl_key_file=${key}`, `ssl_cert_file=${cert}`] });
    if (server === null) return await requireTool(this, ["postgres", "--version"]);
    mkdirSync(join(folder.path(), "code"));
    writeFileSync(join(folder.path(), "code", "index.mjs"), HANDLER);
    copyFileSync(authority, join(folder.path(), "code", "ca.pem"));
  });
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const soak = (url: string, ...flags: readonly string[]): ReturnType<typeof run> =>
    run(
      [
        ...["soak", "--code", "code", "--env", `DATABASE_URL=${url}`, ...flags, "--yes", "--out", "run"],
        ...["--duration", "4s", "--interval", "500ms", "--seed", "1"],
      ],
      folder.path(),
    );
  const file = (name: string): string => readFileSync(join(folder.path(), "run", name), "utf8");
  /** Whether some invocations succeeded, and whether some failed. On a busy machine other invocations are skipped. */
  const outcomes = (): { readonly succeeded: boolean; readonly failed: boolean } => {
    const [only] = (JSON.parse(file("result.json")) as RunResult).functions;
    const { succeeded = 0, functionErrors = 0 } = only?.invocations ?? {};
    return { succeeded: succeeded > 0, failed: functionErrors > 0 };
  };

  it("puts the link's address into the URL of the variable that --link names, without --peer", async () => {
    const { url, port } = server ?? { url: "", port: 0 };
    const { err } = await soak(url, "--link", "DATABASE_URL");
    expect(outcomes(), err).to.deep.equal({ succeeded: true, failed: false });
    expect(file("logs/link-code.jsonl")).to.include('"event":"connected"');
    expect(file("manifest.json")).to.not.include(POSTGRES_PASSWORD);
    expect(err).to.include(
      `DATABASE_URL gives each environment the address of its own link, which relays to 127.0.0.1:${port}`,
    );
  });

  it("lets the link listen under the server's name on another port, so that libpq can verify the certificate", async function () {
    await requireTool(this, ["unshare", "--user", "--map-root-user", "--mount", "true"]);
    const { port } = server ?? { port: 0 };
    const login = `user=fn password=${POSTGRES_PASSWORD} dbname=app`;
    const dsn = (host: string): string =>
      `host=${host} port=15432 ${login} sslmode=verify-full sslrootcert=/var/task/ca.pem`;
    const flags = (host: string): readonly string[] => [
      ...["--link", "host", "--peer", `${host}:15432`, "--resolve", `${host}=127.0.0.1:${port}`],
    ];
    const { err } = await soak(dsn("db.internal"), ...flags("db.internal"));
    expect(outcomes(), err).to.deep.equal({ succeeded: true, failed: false });
    expect(file("logs/link-code.jsonl")).to.include('"event":"connected"');
    rmSync(join(folder.path(), "run"), { recursive: true });
    await soak(dsn("db.other"), ...flags("db.other"));
    expect(outcomes()).to.deep.equal({ succeeded: false, failed: true });
    expect(file("logs/code.jsonl")).to.include("does not match host name");
  });
});
