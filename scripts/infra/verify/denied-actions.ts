/**
 * Finds denied actions in the messages of an error and of its causes (Terraform's output is such a cause). If access was denied but no
 * action is named, returns the name of the error that says so.
 */
export function deniedActions(error: unknown): readonly string[] {
  const texts: string[] = [];
  for (let one = error; one instanceof Error; one = one.cause) texts.push(`${one.name}: ${one.message}`);
  const text = texts.join("\n");
  const actions = [...text.matchAll(/not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z*]+)/g)].map(
    ([, action = ""]) => action,
  );
  if (actions.length > 0) return [...new Set(actions)].sort();
  const names = /AccessDenied\w*|UnauthorizedOperation|NotAuthorized\w*/.exec(text);
  return names === null ? [] : [names[0]];
}
