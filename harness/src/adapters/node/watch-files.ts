/** Tells when files change. Uses chokidar, because Node's own fs.watch loses a file that an editor replaces by renaming another one. */
import { EventEmitter, on, once } from "node:events";
import { statSync } from "node:fs";
import { dirname, relative, sep } from "node:path";
import { notAvailable } from "../../base/errors.ts";

interface FileWatch {
  /** Watches these files too. */
  add(files: readonly string[]): void;
  /**
   * Resolves with true when files have changed since the last call, and none has changed for a moment. Resolves with false when the watch
   * is closed. Rejects with a LongrunError if the system cannot watch the files.
   */
  changed(): Promise<boolean>;
  close(): Promise<void>;
}

/** An editor or a compiler writes several files one after the other. */
const QUIET_MS = 60;
/** Folders that tools fill. What a user writes by hand is not in them. */
const OF_TOOLS = new Set(["node_modules", ".git", ".venv", "__pycache__", "target"]);

/** Watches everything in a folder, or a file and its neighbours, except `notThese`. Resolves when no later change is lost. */
export async function watchFiles(path: string, notThese: readonly string[]): Promise<FileWatch> {
  // Loaded only here, so that other commands start fast.
  const { watch } = await import("chokidar");
  const isFolder = statSync(path).isDirectory();
  const root = isFolder ? path : dirname(path);
  const watcher = watch(root, {
    ignoreInitial: true,
    ...(isFolder ? {} : { depth: 0 }),
    ignored: (file) =>
      notThese.some((other) => file === other || file.startsWith(`${other}${sep}`)) ||
      relative(root, file)
        .split(sep)
        .some((name) => OF_TOOLS.has(name)),
  });
  const quiet = new EventEmitter();
  const closed = new AbortController();
  const changes = on(quiet, "quiet", { signal: closed.signal });
  let timer: NodeJS.Timeout | undefined;
  watcher.on("all", () => {
    clearTimeout(timer);
    timer = setTimeout(() => quiet.emit("quiet"), QUIET_MS);
  });
  watcher.on("error", (error) => quiet.emit("error", unwatchable(root, error)));
  await once(watcher, "ready");
  return {
    add: (files) => void watcher.add([...files]),
    changed: () =>
      changes.next().then(
        () => true,
        (error: unknown) => {
          if (closed.signal.aborted) return false;
          throw error;
        },
      ),
    close: async () => {
      clearTimeout(timer);
      closed.abort();
      await watcher.close();
    },
  };
}

function unwatchable(root: string, error: unknown): Error {
  const { code } = error as NodeJS.ErrnoException;
  const hint =
    code === "ENOSPC" || code === "EMFILE"
      ? {
          hint: "This system watches no more files. Give --code a smaller folder, or raise the limit (on Linux: sysctl fs.inotify.max_user_watches).",
        }
      : {};
  return notAvailable(
    `--on-change: expected files that can be watched in ${root}, but ${code ?? String(error)}.`,
    {
      ...hint,
      cause: error,
    },
  );
}
