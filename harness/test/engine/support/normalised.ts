/** Replaces the parts of log messages that differ between two runs, so that a complete stream can be compared. */
export function normalised(messages: readonly string[]): string[] {
  return messages.map((message) =>
    message
      .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "<id>")
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, "<time>")
      .replace(/:runtime:[0-9a-f]{64}/g, ":runtime:<hash>")
      .replace(/(Duration: )\d+(\.\d\d)? ms/g, "$1<n> ms")
      .replace(/(Memory Used: )\d+ MB/g, "$1<n> MB")
      .replace(/("(?:duration|billedDuration|initDuration)Ms"|"maxMemoryUsedMB"):[\d.]+/g, "$1:0"),
  );
}
