/**
 * How the runtime client of each family of runtimes writes a failed invocation, and similar lines that functions write. The forms follow
 * docs/aws/runtime-logs.md. The request IDs, classes and messages are made up. Each family has a file in failure-lines/.
 */
import { readdirSync } from "node:fs";
import type { LineForm } from "./failure-lines/line-form.ts";

export type { LineForm };

const families = readdirSync(new URL("failure-lines/", import.meta.url))
  .filter((name) => name !== "line-form.ts")
  .map((name) => name.replace(/\.ts$/, ""));
const modules = await Promise.all(
  families.map(
    async (name) => (await import(`./failure-lines/${name}.ts`)) as { readonly LINES: readonly LineForm[] },
  ),
);

export const LINE_FORMS: readonly LineForm[] = modules.flatMap(({ LINES }) => LINES);
