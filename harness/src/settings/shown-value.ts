/** How messages show a value that the user gave. A value that can contain a secret is not shown, only the name before its equals sign. */
import type { Setting } from "./setting.ts";

export function shownValue(
  { mayBeSecret }: Pick<Setting, "mayBeSecret">,
  text: string,
  showValues: boolean,
): string {
  if (showValues || !mayBeSecret) return text;
  const [, name] = /^([A-Za-z][\w-]{0,127})=/.exec(text) ?? [];
  return name === undefined ? "…" : `${name}=…`;
}
