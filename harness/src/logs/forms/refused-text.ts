/** Forms of logs that are refused because they lose what a judgement needs, or are too rare. The message names a command for a good export. */
import { GOOD_EXPORT, type LineForm, type Remedy } from "./form.ts";

const REFUSED: readonly (Remedy & { readonly line: RegExp })[] = [
  {
    line: /^\|\s+(?:FilterLogEvents|GetLogEvents|GetQueryResults)\s+\|$/,
    found: "a table of the AWS CLI (--output table)",
    hint: `--output json loses nothing: ${GOOD_EXPORT}`,
  },
  {
    line: /^(?:events|results):$/,
    found: "YAML of the AWS CLI (--output yaml)",
    hint: `--output json loses nothing: ${GOOD_EXPORT}`,
  },
  {
    line: /^\/aws\/lambda\/\S+ +(?:\d{4}-\d\d-\d\dT\S+Z |INIT_START|START RequestId|\{")/,
    found: "lines of awslogs without their log streams",
    hint: `awslogs get GROUP --timestamp, without --no-stream, prints them. Or: ${GOOD_EXPORT}`,
  },
  {
    line: /^\s*\d{1,2}:\d{2}:\d{2}(?:\s*$|\s+(?:INIT_START|START RequestId|END RequestId|REPORT RequestId))/,
    found: "times without a date, as the old console showed them",
    hint: `In the console, choose to show dates with a zone and copy again. Or: ${GOOD_EXPORT}`,
  },
];

export const refusedText: LineForm = {
  begins: (line) => REFUSED.some((one) => one.line.test(line)),
  reader(found) {
    let remedy: Remedy | undefined;
    return {
      line(text) {
        remedy ??= REFUSED.find((one) => one.line.test(text));
        if (text.trim() !== "") found.lost(text, remedy);
      },
      finish: () => undefined,
    };
  },
};
