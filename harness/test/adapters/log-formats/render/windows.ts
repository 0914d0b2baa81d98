/** Renders log files as Windows PowerShell and Windows editors write them. */
import { AWS_CLI } from "./aws-cli.ts";
import type { Files, Rendering } from "./render.ts";

const written = (files: Files, encode: (text: string) => Uint8Array): Files =>
  Object.fromEntries(
    Object.entries(files).map(([name, content]) => [name, encode(Buffer.from(content).toString("utf8"))]),
  );

const ENCODINGS: Readonly<Record<string, (text: string) => Uint8Array>> = {
  "little-endian UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le"),
  "big-endian UTF-16": (text) => Buffer.from(`\ufeff${text}`, "utf16le").swap16(),
  "UTF-8 with a byte order mark": (text) => Buffer.from(`\ufeff${text}`),
};

export const WINDOWS: readonly Rendering[] = Object.entries(ENCODINGS).map(([name, encode]) => ({
  name: `what PowerShell wrote as ${name}`,
  render: (records, variant) => {
    const form = AWS_CLI[[0, 1, 4][variant % 3] ?? 0] as Rendering;
    return written(form.render(records, variant), (text) => encode(text.replace(/\r?\n/g, "\r\n")));
  },
}));
