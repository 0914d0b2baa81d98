/** A check that could not be made counts more than a problem (docs/contracts.md#exit-codes). */
import { EXIT, type ExitCode } from "../words/exit-codes.ts";
import type { DoctorFinding } from "./doctor-finding.ts";

export function doctorExitCode(findings: readonly DoctorFinding[]): ExitCode {
  if (findings.some(({ status }) => status === "unknown")) return EXIT.unavailable;
  return findings.some(({ status }) => status === "problem") ? EXIT.fail : EXIT.pass;
}
