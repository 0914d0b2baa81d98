/** A value that has only these members, for the test of a function that reads no others. */
export function partial<T>(members: { readonly [Name in keyof T]?: unknown }): T {
  return members as T;
}
