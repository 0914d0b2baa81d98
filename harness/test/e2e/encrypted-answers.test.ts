import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../src/domain/run-result.ts";
import { certificateFor } from "../support/certificate.ts";
import { exampleFile, handlerFile } from "../support/servers/all-servers.ts";
import { startPostgres, type Postgres } from "../support/servers/postgres.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

describeInTestAll("longrun soak with a real Postgres that serves one client, under TLS", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();
  let server: Postgres | null = null;
  beforeEach(async function () {
    await requireTool(this, ["openssl", "version"]);
    const { key, cert } = certificateFor("db.internal", folder.path());
    const tls = ["ssl=on", `ssl_key_file=${key}`, `ssl_cert_file=${cert}`];
    server = await startPostgres({ roleLimit: 1, settings: tls });
    if (server === null) return await requireTool(this, ["postgres", "--version"]);
  });
  afterEach(async () => {
    await server?.stop();
    server = null;
  });

  const soak = async (code: string): Promise<{ said: string; result: RunResult; links: string }> => {
    const { out, err } = await run(
      [
        ...["soak", "--code", `one=${code}`, "--link", "DATABASE_URL", "--yes", "--out", "run"],
        ...["--env", `DATABASE_URL=${server?.url ?? ""}?sslmode=no-verify`],
        ...["--platform", "typical", "--seed", "1", "--duration", "20s", "--interval", "300ms"],
      ],
      folder.path(),
    );
    const file = (name: string): string => readFileSync(join(folder.path(), "run", name), "utf8");
    return {
      said: `${out}\n${err}`,
      result: JSON.parse(file("result.json")) as RunResult,
      links: file("logs/link-one.jsonl"),
    };
  };

  it("never passes a handler that catches the refusal and closes before the server does", async () => {
    const { said, result, links } = await soak(handlerFile("postgres-swallows.mjs"));
    const [only] = result.functions;
    expect(only?.verdict, said).to.equal("inconclusive");
    const unknown = only?.findings.filter(({ code }) => code === "harm-unknown") ?? [];
    expect(JSON.stringify(unknown), said).to.include('"answer-encrypted"');
    expect(links).to.include('"outcome":"unreadable"');
    expect(links).to.include('"outcome":"accepted"');
  });

  it("passes the fix, although its answers are encrypted", async () => {
    const { said, result, links } = await soak(exampleFile("postgres/handler-connect.mjs"));
    expect(result.functions[0]?.verdict, said).to.equal("pass");
    expect(links).to.include('"outcome":"accepted"').and.not.include('"outcome":"unreadable"');
  });
});
