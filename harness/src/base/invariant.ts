/** A bug in longrun. It ends the command with exit code 70 and a stack. */
export class InvariantError extends Error {
  override readonly name = "InvariantError";
}

export function invariant(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new InvariantError(`expected: ${sentence}`);
}
