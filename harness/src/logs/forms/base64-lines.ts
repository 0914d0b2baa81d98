/** What `aws kinesis get-records --query 'Records[].Data' --output text` prints: gzip in base64, separated by tabs or line ends. */
import type { LineForm } from "./form.ts";
import { unpack } from "./packed-records.ts";

/** The beginning of gzip in base64. */
const PACKED = /^H4sI[\w+/]{8,}={0,2}(?:\s|$)/;

export const base64Lines: LineForm = {
  begins: (line) => PACKED.test(line),
  reader: (found) => ({
    line(text) {
      for (const record of text.split(/\s+/)) if (record !== "" && !unpack(record, found)) found.lost(record);
    },
    finish: () => undefined,
  }),
};
