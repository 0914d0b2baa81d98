import { expect } from "chai";
import { doctorExitCode } from "../../src/doctor/doctor-exit-code.ts";
import { diagnoseMachine } from "../../src/doctor/diagnose-machine.ts";
import type { LocalFacts } from "../../src/doctor/local-facts.ts";

const HEALTHY: LocalFacts = {
  nodeVersion: "v22.11.0",
  system: "linux",
  architecture: "x64",
  isolation: { kind: "namespaces", setpriv: true, reason: null },
  runtimes: [{ runtime: "nodejs22.x", nodeFile: "/usr/bin/node", version: "v22.11.0" }],
  interpreters: [
    {
      runtime: "python3.12",
      title: "Python",
      version: "3.12.4",
      own: true,
      client: true,
      ownClient: true,
      installCommand: "pyenv install 3.12",
      launcher: null,
    },
  ],
  compilers: [{ command: "go", there: true }],
  runtimeClients: [{ runtime: "nodejs22.x", version: null }],
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
    status: "clear",
    text: /v20\.19\.0/,
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
    title: "no Node of a runtime",
    facts: { runtimes: [{ runtime: "nodejs24.x", nodeFile: null, version: null }] },
    check: "runtime-node",
    status: "notice",
    text: /nodejs24\.x/,
    advice: /--install-runtimes/,
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
    title: "no AWS CLI, which is fine",
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
    it(`reports the problem and what to do: ${title}`, () => {
      const found = diagnoseMachine({ ...HEALTHY, ...facts }).find((finding) => finding.check === check);
      expect(found?.status).to.equal(status);
      expect(found?.text).to.match(text);
      if (advice === null) expect(found?.advice).to.equal(null);
      else expect(found?.advice).to.match(advice);
    });
  }
});

describe("doctor on the runtimes of a computer", () => {
  const [python] = HEALTHY.interpreters;
  for (const [title, facts, text] of [
    [
      "the version, and AWS's client if it is installed",
      {},
      "Functions of python3.12 run on Python 3.12.4; AWS's client is installed.",
    ],
    [
      "what installs AWS's client, and that longrun's own client is used without it",
      { client: false },
      "Functions of python3.12 run on Python 3.12.4; the first soak or --install-ric installs AWS's client; without it they run on longrun's own client.",
    ],
    [
      "the nearest version, and what installs the right one",
      { own: false, version: "3.11.2" },
      "Functions of python3.12 would run on Python 3.11.2, the nearest version; pyenv install 3.12 installs the right one.",
    ],
    [
      "what installs an interpreter that is missing",
      { version: null },
      "This machine has no Python for python3.12. Only functions of python3.12 need it: pyenv install 3.12 installs it.",
    ],
    [
      "the launcher that a runtime needs",
      { version: null, launcher: "ruby client.rb" },
      "Functions of python3.12 run with --launcher 'COMMAND', the command that starts their client, such as --launcher 'ruby client.rb'.",
    ],
  ] as const)
    it(`says ${title}`, () => {
      if (python === undefined) throw new Error("the healthy computer has Python");
      const found = diagnoseMachine({ ...HEALTHY, interpreters: [{ ...python, ...facts }] });
      expect(found.find(({ check }) => check === "runtime")?.text).to.equal(text);
    });
});
