import { GIVEN_BYTES_MAX } from "../adapters/node/read-given-file.ts";

/** Says why a file cannot be read: the part of a message after "but". */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no file or folder has this name";
  if (code === "EISDIR") return "it is a folder";
  return code === "EFBIG" ? `it is longer than ${GIVEN_BYTES_MAX >> 20} MiB` : (code ?? String(error));
}
