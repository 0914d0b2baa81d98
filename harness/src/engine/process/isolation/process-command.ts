/** The command line of an environment's process, with or without namespaces. Pure. */
import type { Isolation } from "./choose-isolation.ts";
import { ENTER_PROCESSES_SCRIPT, ENTER_SCRIPT } from "./mount-table.ts";
import type { ProcessCommand } from "../process-group.ts";

export interface ProgramFacts {
  readonly isolation: Isolation;
  /** The environment's fstab; used with namespaces only. */
  readonly mountTableFile: string;
  /** The program and its arguments. Paths are those that the process sees, inside its namespaces if it has any. */
  readonly program: readonly string[];
  readonly workingFolder: string;
  readonly variables: Readonly<Record<string, string>>;
  /** The process is made ahead: a shell waits until the process is needed, and then becomes the program. */
  readonly parked: boolean;
}

/** A shell that waits for a line and then becomes the program. If the engine ends, the shell's input ends, and so does the shell. */
const WAITING_SHELL = ["/bin/sh", "-c", 'read -r _ <&4 && exec "$@" 4<&-', "sh"];

export function processCommand(facts: ProgramFacts): ProcessCommand {
  const { isolation, variables, parked } = facts;
  const program = parked ? [...WAITING_SHELL, ...facts.program] : facts.program;
  const untilParentDies = isolation.setpriv === null ? [] : [isolation.setpriv, "--pdeathsig", "SIGKILL"];
  if (isolation.kind === "namespaces") {
    const { LD_LIBRARY_PATH: libraries = "", ...others } = variables;
    const enter = [
      "--user",
      "--map-root-user",
      "--mount",
      ...(isolation.separateProcesses ? ["--pid"] : []),
      ...untilParentDies,
      "sh",
      "-c",
      isolation.separateProcesses ? ENTER_PROCESSES_SCRIPT : ENTER_SCRIPT,
      "sh",
      facts.mountTableFile,
      facts.workingFolder,
      libraries,
    ];
    return {
      file: "unshare",
      arguments: [...enter, ...program],
      folder: "/",
      variables: others,
      parked,
    };
  }
  const [file = "", ...rest] = [...untilParentDies, ...program];
  return { file, arguments: rest, folder: facts.workingFolder, variables, parked };
}
