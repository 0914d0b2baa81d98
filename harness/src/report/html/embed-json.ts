/**
 * Returns JSON for a script element. `<`, `>` and `&` are escaped, so neither `</script>` nor `<!--` can occur. The two line separators
 * that old JavaScript parsers do not allow in a string are escaped too.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
