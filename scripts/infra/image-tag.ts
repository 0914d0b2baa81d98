/** The tag of an image contains a hash of what is in it: the repository refuses to move a tag, so a changed image needs a new tag. */
import { createHash } from "node:crypto";

export type ImageKind = "peer" | "runner";

export interface ImageFile {
  readonly path: string;
  readonly content: Uint8Array;
}

/** The repository's lifecycle policy recognises the kind by the beginning of the tag (infra/modules/image). */
export function imageTag(kind: ImageKind, architecture: string, files: readonly ImageFile[]): string {
  const hash = createHash("sha256").update(architecture);
  const sorted = [...files].sort(({ path: one }, { path: other }) => (one < other ? -1 : 1));
  for (const { path, content } of sorted) hash.update(`\0${path}\0${content.length}\0`).update(content);
  return `${kind}-${hash.digest("hex").slice(0, 16)}`;
}
