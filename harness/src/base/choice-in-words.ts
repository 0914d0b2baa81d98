/** Returns `refuse, backlog or evict` for these three words. */
export function choiceInWords(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter((part) => part !== "").join(" or ");
}
