/** One mistake in what the user gave: where it is, and what was expected instead. */
export interface Problem {
  readonly where: string;
  readonly text: string;
}
