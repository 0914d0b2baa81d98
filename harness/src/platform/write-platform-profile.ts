/** Writes a platform profile as YAML that `--platform FILE` takes. */
import { Document, isMap, isScalar, isSeq, type Node as YamlNode } from "yaml";
import type { CalibratedRow } from "../result/calibration.ts";
import { rowOf } from "./calibrate-profile.ts";
import type { PlatformProfile } from "./platform-profile.ts";

interface Comments {
  /** Lines for the top of the file. */
  readonly head: readonly string[];
  /** Returns the comment line above each row that soaks can measure. */
  readonly of: (row: CalibratedRow) => string;
}

export function writePlatformProfile(profile: PlatformProfile, comments: Comments): string {
  const document = new Document(profile);
  document.commentBefore = comments.head.map((line) => ` ${line}`).join("\n");
  const root = document.contents;
  if (!isMap(root)) return document.toString();
  for (const { key } of root.items)
    if (isScalar(key) && key.value === "aheadElsewhere")
      key.commentBefore = ` ${comments.of("ahead-elsewhere")}`;
  const events = root.get("events");
  if (isSeq<YamlNode>(events))
    for (const [index, event] of profile.events.entries()) {
      const [row, node] = [rowOf(event), events.items[index]];
      if (row !== null && node !== undefined) node.commentBefore = ` ${comments.of(row)}`;
    }
  return document.toString({ lineWidth: 0 });
}
