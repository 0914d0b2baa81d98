import { expect } from "chai";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { start } from "./built-command.ts";
import { itOnce } from "../support/test-all.ts";

/** Makes a process reject a promise that nothing handles, at SIGUSR2. */
const REJECTS = `data:text/javascript,process.on("SIGUSR2", () => void Promise.reject(new Error("nobody waits for this")))`;

describe("a process that fails", () => {
  const folder = temporaryFolder();

  for (const [title, given] of [
    ["the engine", ["serve", "--port", "0"]],
    ["the peer", ["peer", "--port", "0"]],
    ["the judging process", ["judge", "RUN"]],
  ] as const)
    itOnce(`ends with 70 and the stack if ${title} has a rejection that nothing handles`, async () => {
      mkdirSync(join(folder.path(), "RUN"));
      const started = start(given, {
        cwd: folder.path(),
        stdin: "pipe",
        env: { NODE_OPTIONS: `--import=${encodeURI(REJECTS)}`, TMPDIR: folder.path() },
      });
      started.child.stdin?.write("live\n");
      await started.outMatches(/\n/);
      started.child.kill("SIGUSR2");
      const { code, signal, err } = await started.ended;
      expect([code, signal]).to.deep.equal([70, null]);
      expect(err).to.include("This is a bug in longrun, not in your function.");
      expect(err).to.match(/Error: nobody waits for this\n +at /);
    });

  for (const given of [
    ["serve", "--port", "0"],
    ["soak", "--function", "handler-connect", "--duration", "1s", "--out", "run"],
  ])
    itOnce(`says the name of a TMPDIR that cannot be written (${given[0] ?? ""})`, async () => {
      const missing = join(folder.path(), "missing");
      const { code, err } = await start(given, { cwd: folder.path(), env: { TMPDIR: missing } }).ended;
      expect(code).to.equal(69);
      expect(err).to.include(`${missing}: expected a folder with space for a temporary file (ENOENT).`);
      expect(err).to.include("Set TMPDIR to another folder.");
    });
});
