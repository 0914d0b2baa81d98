/** A mistake in what the user gave, and what was expected instead. */
export interface Problem {
  readonly where: string;
  readonly text: string;
  /** For a mistyped flag: the flag that was probably meant, as `--function`. */
  readonly meant?: string;
  /** A flag that the command does not have, without its dashes. */
  readonly unknownFlag?: string;
}
