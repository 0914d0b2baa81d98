/** A value that has only these members, for the test of a function that reads no others. */
export function partial<T>(members: Readonly<Record<string, unknown>>): T {
  return members as T;
}
