/**
 * Starts a real sshd (OpenSSH) on loopback as an ordinary user, with a limit of connections. sshd itself has no such limit: MaxStartups counts only
 * clients that have not logged in, and MaxSessions the sessions inside one connection. So, as systemd's ssh.socket does with MaxConnections,
 * a listener starts `sshd -i` for each connection and closes those that are too many.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { getuid } from "node:process";
import { createInterface } from "node:readline";
import { asOrdinaryUser } from "./as-ordinary-user.ts";
import { findProgram } from "./find-program.ts";
import { runToEnd } from "./server-process.ts";

const NOBODY = 65_534;

export interface Sshd {
  readonly port: number;
  readonly user: string;
  /** The private key that may log in. */
  readonly key: string;
  /** Returns what sshd has written so far. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
}

function journalLine(pid: number | undefined, line: string): string {
  const time = new Date().toISOString().replace("Z", "000+0000");
  return `${time} localhost sshd[${pid}]: ${line}`;
}

/**
 * Resolves with null if sshd is not installed. `logFile` gets sshd's lines, as `journalctl -o short-iso-precise` writes them.
 */
export async function startSshd(capacity: number, logFile?: string): Promise<Sshd | null> {
  const [program, keygen] = [findProgram("sshd"), findProgram("ssh-keygen")];
  if (program === null || keygen === null) return null;
  const folder = mkdtempSync(join(tmpdir(), "sshd-"));
  const file = (name: string): string => join(folder, name);
  for (const name of ["host", "user"])
    await runToEnd(keygen, ["-q", "-t", "ed25519", "-N", "", "-C", name, "-f", file(name)]);
  writeFileSync(
    file("config"),
    [
      `HostKey ${file("host")}`,
      `AuthorizedKeysFile ${file("user.pub")}`,
      "UsePAM no",
      "StrictModes no",
      "PidFile none",
      "LogLevel VERBOSE",
      "ForceCommand internal-sftp",
      "Subsystem sftp internal-sftp",
    ].join("\n"),
  );
  const lines: string[] = [];
  const [command, args] = asOrdinaryUser(program, ["-i", "-e", "-f", file("config")], NOBODY);
  const served = new Set<Promise<unknown>>();
  const sockets = new Set<Socket>();
  const listener = createServer({ pauseOnConnect: true }, (socket) => {
    if (served.size >= capacity) return void socket.destroy();
    const child = spawn(command, args, { stdio: [socket, socket, "pipe"] });
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (logFile !== undefined) appendFileSync(logFile, `${journalLine(child.pid, line)}\n`);
    });
    sockets.add(socket);
    // Our copy of the socket stays open until sshd has ended, so that the client sees the close only when the place is free.
    const ended = once(child, "exit").then(() => {
      served.delete(ended);
      sockets.delete(socket);
      socket.destroy();
    });
    served.add(ended);
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: (listener.address() as AddressInfo).port,
    user: getuid?.() === 0 ? "nobody" : userInfo().username,
    key: readFileSync(file("user"), "utf8"),
    log: () => lines.join("\n"),
    async stop() {
      listener.close();
      await Promise.all([once(listener, "close"), ...served]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
