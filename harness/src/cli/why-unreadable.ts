/** Says why a file cannot be read: the part of a message after "but". */
export function whyUnreadable(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "no file or folder has this name";
  return code === "EISDIR" ? "it is a folder" : (code ?? String(error));
}
