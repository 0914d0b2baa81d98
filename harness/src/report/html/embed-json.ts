/**
 * Writes JSON for a script element. `<` is written as an escape, so that neither `</script>` nor `<!--` can occur; so are the two line
 * separators that old JavaScript parsers do not allow in a string. The text stays JSON and parses to the same value.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
