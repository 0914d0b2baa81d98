/** Checks the tags of a function against Lambda's limits. Pure. */
import { invalidParameter } from "../../request-validation/lambda-error.ts";

const TAGS_MAX = 50;

export function readTags(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const entries = Object.entries(tags);
  if (entries.length > TAGS_MAX) throw invalidParameter("Number of tags exceeds resource tag limit.");
  for (const [key, value] of entries) {
    if (key.length < 1 || key.length > 128 || value.length > 256 || /^aws:/i.test(key)) {
      throw invalidParameter(
        `The tag '${key.slice(0, 200)}' is invalid: a key has 1 to 128 characters and does not begin with aws:, a value has at most 256.`,
      );
    }
  }
  return tags;
}
