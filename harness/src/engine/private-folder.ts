/**
 * Folders and files that only this user may read: a function's record has its variables, its /tmp and its logs can have anything. The modes
 * are given explicitly, because the umask belongs to the user, and functions inherit it.
 */
import { chmodSync, mkdirSync } from "node:fs";

export const PRIVATE_FILE = 0o600;
const PRIVATE_FOLDER = 0o700;

/** Makes the folder. A folder that exists already, for example because an older version made it, is closed to other users. */
export function makePrivateFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER });
  chmodSync(folder, PRIVATE_FOLDER);
}
