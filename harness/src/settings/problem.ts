/** A mistake in what the user gave, and what was expected instead. */
export interface Problem {
  readonly where: string;
  readonly text: string;
}
