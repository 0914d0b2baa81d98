/** Texts of the CloudWatch console's page, which are copied with the events of a log stream. */

/** Texts that appear between and after the events, too. Some continue with other words. */
const BETWEEN =
  /^(?:(?:No|There are) (?:older|newer) events |Auto retry paused|(?:Copy|Retry|Resume|Timestamp(?:\s*(?:\|\s*)?Message)?|Message|Load more\.?|\d+ events loaded)$)/;
const ABOVE =
  /^(?:You can use the filter bar below|(?:Back to top|Log events|Actions|Start tailing|Create metric filter|View as text|Clear|Custom|Display|(?:UTC|Local) timezone|\d{1,2}[mhdw])$)/;

export function isPageText(line: string): boolean {
  return isBetweenEvents(line) || ABOVE.test(line.trim());
}

export function isBetweenEvents(line: string): boolean {
  return BETWEEN.test(line.trim());
}
