/** Finds the profile of `--platform NAME|FILE`, or says what is wrong with the file. */
import { resolve } from "node:path";
import { readGivenText } from "../../adapters/node/read-given-file.ts";
import { PLATFORM_PROFILES } from "../../record/plan.ts";
import { BUILT_IN_PROFILES } from "../../platform/built-in-profiles.ts";
import type { PlatformProfile } from "../../platform/platform-profile.ts";
import { didYouMean } from "../../settings/closest-name.ts";
import type { Problem } from "../../settings/problem.ts";
import { whyUnreadable } from "../why-unreadable.ts";

type ChosenPlatform =
  | {
      readonly ok: true;
      readonly profile: PlatformProfile;
      /** The profile's name, or the content of its file. */
      readonly described: string;
    }
  | { readonly ok: false; readonly problems: readonly Problem[] };

export async function choosePlatform(given: string, workingFolder: string): Promise<ChosenPlatform> {
  const name = PLATFORM_PROFILES.find((one) => one === given);
  if (name !== undefined) return { ok: true, profile: BUILT_IN_PROFILES[name], described: name };
  const where = `--platform ${given}`;
  let text: string;
  try {
    text = readGivenText(resolve(workingFolder, given));
  } catch (error) {
    const near = didYouMean(given, PLATFORM_PROFILES);
    return {
      ok: false,
      problems: [
        {
          where,
          text: `expected one of ${PLATFORM_PROFILES.join(", ")}, or a file that can be read, but ${whyUnreadable(error)}${near}`,
        },
      ],
    };
  }
  // Most commands give a name, so these modules are loaded only for a file.
  const [{ parsePlatformProfile }, { readYaml }, { yamlProblem }] = await Promise.all([
    import("../../platform/parse-platform-profile.ts"),
    import("../../settings/read-yaml.ts"),
    import("../../settings/yaml-problem.ts"),
  ]);
  const form = "YAML or JSON";
  const wrong = (expected = ""): ChosenPlatform => ({
    ok: false,
    problems: [{ where, text: `expected ${expected}` }],
  });
  const yaml = readYaml(form, text);
  if (yaml.problems !== null) return wrong(yaml.problems[0]?.expected);
  let content: unknown;
  try {
    content = yaml.document.toJS();
  } catch (error) {
    return wrong(yamlProblem(form, error));
  }
  const { profile, problems } = parsePlatformProfile(content);
  if (profile === null) return { ok: false, problems: problems.map((problem) => ({ where, text: problem })) };
  return { ok: true, profile, described: text };
}
