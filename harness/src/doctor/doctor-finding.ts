/** The result of one check. `notice`: a run works, but shows less or costs more than it could. `unknown`: the check could not be made. */
export interface DoctorFinding {
  /** The name of the check. It never changes, because scripts read it. */
  readonly check: string;
  readonly status: "clear" | "problem" | "notice" | "unknown";
  /** A function or file. Null for this machine or the account. */
  readonly subject: string | null;
  readonly text: string;
  /** Null only if the status is `clear`. */
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
  withAdvice("problem", about, text, advice);
export const notice = (about: About, text: string, advice: string): DoctorFinding =>
  withAdvice("notice", about, text, advice);
export const unknown = (about: About, text: string, advice: string): DoctorFinding =>
  withAdvice("unknown", about, text, advice);

function withAdvice(
  status: DoctorFinding["status"],
  { check, subject = null }: About,
  text: string,
  advice: string,
): DoctorFinding {
  return { check, status, subject, text, advice };
}
