/**
 * Replaces what differs between any two runs: ids, times, folders, line numbers. Keeps only the first frame of a stack, because the other
 * frames belong to the runtime client, which called the function.
 */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}/g, "ID"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, "TIME"],
  [/\barn:aws:lambda:[\w:-]+/g, "ARN"],
  [/\b(line |\.java:|\.rs:)\d+(?::\d+)?/g, "$1N"],
  [/@[\da-f]{5,8}\b/g, "@N"],
  [/thread 'main' \(\d+\)/g, "thread 'main' (N)"],
  [/"[^"\n]*\/lib\/python3\.\d+\//g, '"LIBRARY/'],
  [/\n\tat java\.base\/[^\n]*/g, ""],
  [/\.\.\. \d+ more/g, "... N more"],
  [/(\n\tat example\.App\.deeper\(App\.java:N\))+/g, "$1"],
  [/Root=1-[\da-f-]+[^"} ]*/g, "TRACE"],
];

export function maskedText(text: string, taskRoot: string): string {
  const plain = text.replaceAll(taskRoot, "/var/task");
  return MASKS.reduce((masked, [pattern, mask]) => masked.replaceAll(pattern, mask), plain);
}

/** Returns the masked body. A body that is not JSON is a string. */
export function maskedBody(body: unknown, taskRoot: string): unknown {
  if (typeof body === "string") return maskedText(body, taskRoot);
  if (Array.isArray(body)) return (body as readonly unknown[]).map((one) => maskedBody(one, taskRoot));
  if (typeof body !== "object" || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, member]): readonly [string, unknown] => {
      const frames =
        name === "stackTrace" && Array.isArray(member) ? firstFrame(member) : (member as unknown);
      return [name, maskedBody(frames, taskRoot)];
    }),
  );
}

/** Returns the first frame. Go's frames are objects, whose line number is masked here. */
function firstFrame(stack: readonly unknown[]): readonly unknown[] {
  return stack
    .slice(0, 1)
    .map((one) => (typeof one === "object" && one !== null && "line" in one ? { ...one, line: "N" } : one));
}
