/** `2 s to 5 min`, or `2 s` if both texts are the same. */
export function fromTo(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`;
}
