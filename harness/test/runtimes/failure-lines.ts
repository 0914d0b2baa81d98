/**
 * How the client of each family writes a failed invocation, and similar lines that functions write. The forms follow
 * docs/aws/runtime-logs.md. The request IDs, classes and messages are made up.
 */
import { DOTNET_LINES } from "./failure-lines/dotnet.ts";
import { JAVA_LINES } from "./failure-lines/java.ts";
import { NODE_LINES } from "./failure-lines/node.ts";
import { PROVIDED_LINES } from "./failure-lines/provided.ts";
import { PYTHON_LINES } from "./failure-lines/python.ts";
import { RUBY_LINES } from "./failure-lines/ruby.ts";
import type { LineForm } from "./failure-lines/line-form.ts";

export type { LineForm };

export const LINE_FORMS: readonly LineForm[] = [
  ...NODE_LINES,
  ...PYTHON_LINES,
  ...JAVA_LINES,
  ...DOTNET_LINES,
  ...RUBY_LINES,
  ...PROVIDED_LINES,
];
