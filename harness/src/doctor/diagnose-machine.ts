import { hostInWords, hostOf } from "../catalogue/runtimes/program-file.ts";
import { clear, notice, problem, type DoctorFinding } from "./doctor-finding.ts";
import { diagnoseRuntimes } from "./diagnose-runtimes.ts";
import type { LocalFacts } from "./local-facts.ts";

const NODE_LEAST = { major: 20, minor: 19 };
/** README.md and CONTRIBUTING.md (versions of Node) say from which version of longrun on. */
const NODE_OF_NEXT_VERSION = 22;

export function diagnoseMachine(facts: LocalFacts): readonly DoctorFinding[] {
  return [
    node(facts),
    system(facts),
    built(facts),
    isolation(facts),
    setpriv(facts),
    ...diagnoseRuntimes(facts),
    ...facts.ports.map(port),
    temporaryFolder(facts),
    awsCli(facts),
  ];
}

function node({ nodeVersion }: LocalFacts): DoctorFinding {
  const about = { check: "node-version" };
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, "").split(".").map(Number);
  const enough = major > NODE_LEAST.major || (major === NODE_LEAST.major && minor >= NODE_LEAST.minor);
  if (!enough)
    return problem(
      about,
      `Node ${nodeVersion} is too old.`,
      "Install Node 20.19 or newer; Lambda's nodejs22.x runs Node 22.",
    );
  if (major < NODE_OF_NEXT_VERSION)
    return notice(
      about,
      `longrun runs on Node ${nodeVersion}, whose own support has ended. This version of longrun is the last that runs on it.`,
      `Install Node ${NODE_OF_NEXT_VERSION} or newer. AWS's client for JavaScript, from January 2027 on, needs it too.`,
    );
  return clear(about, `longrun runs on Node ${nodeVersion}.`);
}

function system({ system: name, architecture }: LocalFacts): DoctorFinding {
  const about = { check: "system" };
  if (name === "linux" || name === "darwin")
    return clear(about, `This machine runs ${hostInWords(hostOf(name, architecture))}.`);
  return problem(
    about,
    `${name} cannot run the local engine: it has no signals that freeze a process group.`,
    "Use Linux, macOS or WSL for local runs; --target aws, analyze and report work here.",
  );
}

function built({ built: there }: LocalFacts): DoctorFinding {
  const about = { check: "built-files" };
  if (there) return clear(about, "The function packages, the runtime client and the report page are built.");
  return problem(
    about,
    "The function packages, the runtime client or the report page are missing.",
    "Run npm run build.",
  );
}

function isolation({ isolation: { kind, reason } }: LocalFacts): DoctorFinding {
  const about = { check: "isolation" };
  if (kind === "namespaces")
    return clear(about, "Each environment has its own mounts: /tmp, /var/task and /opt are as on AWS.");
  return notice(
    about,
    `Environments share this machine's file system (${reason ?? "no reason was given"}): a function must use TMPDIR instead of /tmp, and LAMBDA_TASK_ROOT instead of /var/task.`,
    "Nothing needs to be done for functions that use only these variables. To get the paths of AWS on Linux, allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0).",
  );
}

function setpriv({ system: name, isolation: { setpriv: there } }: LocalFacts): DoctorFinding {
  const about = { check: "setpriv" };
  if (there)
    return clear(about, "setpriv is installed: if an engine is killed, the kernel ends its environments.");
  const linux = name === "linux";
  return notice(
    about,
    linux
      ? "setpriv is not installed: the environments of a killed engine run until the next engine starts."
      : `${name} has no setpriv: the environments of a killed engine run until the next engine starts.`,
    linux
      ? "Install util-linux."
      : "Start an engine with the same --data-dir again, or end the processes by hand.",
  );
}

function port({ port: number, usedBy, free, why }: LocalFacts["ports"][number]): DoctorFinding {
  const about = { check: "port", subject: String(number) };
  if (free) return clear(about, `This port is free for ${usedBy}.`);
  return notice(
    about,
    `longrun cannot listen on this port (${why ?? "unknown"}); ${usedBy} uses this port unless another port is given.`,
    `Use a free port: ${usedBy} --port 0. A soak chooses free ports itself.`,
  );
}

function temporaryFolder({ temporaryFolder: { path, problem: why } }: LocalFacts): DoctorFinding {
  const about = { check: "temporary-folder" };
  if (why === null) return clear(about, `${path} is writable.`);
  return problem(
    about,
    `${path} is not writable (${why}); environments keep their files in it.`,
    "Free space on its disk, or set TMPDIR to a writable folder.",
  );
}

function awsCli({ awsCli: version }: LocalFacts): DoctorFinding {
  const about = { check: "aws-cli" };
  return clear(
    about,
    version === null
      ? "The AWS CLI is not installed; nothing needs it."
      : `${version} is installed; nothing needs it.`,
  );
}
