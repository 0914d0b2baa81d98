/**
 * One thing that was looked at: how it was found, in one sentence, and what to do about it. `notice`: a run works, and
 * shows less or costs more than it could. `unknown`: it could not be looked at.
 */
export interface DoctorFinding {
  /** Names the check, and never changes: scripts read it. */
  readonly check: string;
  readonly status: "clear" | "problem" | "notice" | "unknown";
  /** The function or file that it is about; null: this machine, or the account. */
  readonly subject: string | null;
  readonly text: string;
  /** What to do; null only where all is well. */
  readonly advice: string | null;
}

type About = { readonly check: string; readonly subject?: string | null };

export const clear = ({ check, subject = null }: About, text: string): DoctorFinding => ({
  check,
  status: "clear",
  subject,
  text,
  advice: null,
});
export const problem = (about: About, text: string, advice: string): DoctorFinding =>
  told("problem", about, text, advice);
export const notice = (about: About, text: string, advice: string): DoctorFinding =>
  told("notice", about, text, advice);
export const unknown = (about: About, text: string, advice: string): DoctorFinding =>
  told("unknown", about, text, advice);

function told(
  status: DoctorFinding["status"],
  { check, subject = null }: About,
  text: string,
  advice: string,
): DoctorFinding {
  return { check, status, subject, text, advice };
}
