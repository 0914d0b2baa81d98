/** The programs that compile AWS's runtime client for Node. It is better to miss them before a compilation of minutes than after it. */
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import { onPath } from "../on-path.ts";

/** Any of `commands` is enough. `packages` are the names in the package managers apt and dnf. */
const TOOLS = [
  { title: "autoreconf", commands: ["autoreconf"], packages: ["autoconf", "automake"] },
  { title: "libtoolize", commands: ["libtoolize", "glibtoolize"], packages: ["libtool"] },
  { title: "a C++ compiler", commands: ["c++", "g++", "clang++"], packages: ["g++"] },
  { title: "make", commands: ["make", "gmake"], packages: ["make"] },
  { title: "cmake", commands: ["cmake", "cmake3"], packages: ["cmake"] },
] as const;

/** Names what is missing and the command that installs it, as the end of a sentence. Null if nothing is missing. */
export function missingBuildTools(environment: EnvironmentVariables): string | null {
  const missing = TOOLS.filter(({ commands }) => !commands.some((command) => onPath(command, environment)));
  if (missing.length === 0) return null;
  const titles = missing.map(({ title }) => title).join(", ");
  return `${titles} not on the PATH; apt install ${missing.flatMap(({ packages }) => packages).join(" ")} installs what is missing on Debian and Ubuntu`;
}
