import { expect } from "chai";
import { doctorExitCode } from "../../src/doctor/doctor-exit-code.ts";
import { diagnoseMachine } from "../../src/doctor/diagnose-machine.ts";
import type { LocalFacts } from "../../src/doctor/local-facts.ts";

const HEALTHY: LocalFacts = {
  nodeVersion: "v22.11.0",
  system: "linux",
  architecture: "x64",
  isolation: { kind: "namespaces", setpriv: true, reason: null },
  runtimes: [
    {
      runtime: "nodejs22.x",
      title: "Node",
      release: "22",
      current: true,
      preferred: "nodejs22.x",
      program: {
        kind: "interpreter",
        version: "22.11.0",
        own: true,
        installCommand: "longrun doctor --install-runtimes",
        client: { kind: "built-on-request", built: null },
      },
    },
  ],
  compilers: [],
  ports: [{ port: 3_001, usedBy: "longrun serve", free: true, why: null }],
  temporaryFolder: { path: "/tmp", problem: null },
  built: true,
  awsCli: null,
};

interface Row {
  readonly title: string;
  readonly facts: Partial<LocalFacts>;
  readonly check: string;
  readonly status: "problem" | "notice" | "clear";
  readonly text: RegExp;
  readonly advice: RegExp | null;
}

const ROWS: readonly Row[] = [
  {
    title: "Node 18",
    facts: { nodeVersion: "v18.20.4" },
    check: "node-version",
    status: "problem",
    text: /too old/,
    advice: /20\.19 or newer/,
  },
  {
    title: "Node 20.18",
    facts: { nodeVersion: "v20.18.9" },
    check: "node-version",
    status: "problem",
    text: /too old/,
    advice: /20\.19 or newer/,
  },
  {
    title: "Node 20.19",
    facts: { nodeVersion: "v20.19.0" },
    check: "node-version",
    status: "notice",
    text: /v20\.19\.0.*is the last/,
    advice: /^Install Node 22 or newer/,
  },
  {
    title: "Node 22",
    facts: { nodeVersion: "v22.0.0" },
    check: "node-version",
    status: "clear",
    text: /v22\.0\.0/,
    advice: null,
  },
  {
    title: "Windows",
    facts: { system: "win32" },
    check: "system",
    status: "problem",
    text: /win32 cannot run the local engine/,
    advice: /WSL/,
  },
  {
    title: "nothing built",
    facts: { built: false },
    check: "built-files",
    status: "problem",
    text: /are missing/,
    advice: /npm run build/,
  },
  {
    title: "no namespaces",
    facts: { isolation: { kind: "none", setpriv: true, reason: "unshare: Operation not permitted" } },
    check: "isolation",
    status: "notice",
    text: /Operation not permitted/,
    advice: /user namespaces/,
  },
  {
    title: "no setpriv on Linux",
    facts: { isolation: { kind: "none", setpriv: false, reason: "setpriv not found" } },
    check: "setpriv",
    status: "notice",
    text: /setpriv is not installed/,
    advice: /util-linux/,
  },
  {
    title: "no setpriv on macOS",
    facts: { system: "darwin", isolation: { kind: "none", setpriv: false, reason: "Linux's" } },
    check: "setpriv",
    status: "notice",
    text: /darwin has no setpriv/,
    advice: /--data-dir/,
  },
  {
    title: "a port that is taken",
    facts: { ports: [{ port: 7_000, usedBy: "longrun peer", free: false, why: "EADDRINUSE" }] },
    check: "port",
    status: "notice",
    text: /EADDRINUSE/,
    advice: /longrun peer --port 0/,
  },
  {
    title: "a full disk",
    facts: { temporaryFolder: { path: "/tmp", problem: "ENOSPC" } },
    check: "temporary-folder",
    status: "problem",
    text: /ENOSPC/,
    advice: /TMPDIR/,
  },
  {
    title: "no AWS CLI",
    facts: {},
    check: "aws-cli",
    status: "clear",
    text: /nothing needs it/,
    advice: null,
  },
];

describe("doctor on a computer", () => {
  it("has a clear result for each check of a healthy computer", () => {
    const findings = diagnoseMachine(HEALTHY);
    expect(findings.filter(({ status }) => status !== "clear")).to.deep.equal([]);
    expect(doctorExitCode(findings)).to.equal(0);
  });

  for (const { title, facts, check, status, text, advice } of ROWS) {
    it(`reports the status and the advice: ${title}`, () => {
      const found = diagnoseMachine({ ...HEALTHY, ...facts }).find((finding) => finding.check === check);
      expect(found?.status).to.equal(status);
      expect(found?.text).to.match(text);
      if (advice === null) expect(found?.advice).to.equal(null);
      else expect(found?.advice).to.match(advice);
    });
  }
});
