/** The programs that compile AWS's runtime client for Node. A missing one is reported before the compilation, which takes minutes. */
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { onPath } from "../installations.ts";

const COMPILER = "a C++ compiler";

/** Any of `commands` is enough. `packages` are the names of the packages for apt. */
const TOOLS = [
  { title: "autoreconf", commands: ["autoreconf"], packages: ["autoconf", "automake"] },
  { title: "libtoolize", commands: ["libtoolize", "glibtoolize"], packages: ["libtool"] },
  { title: COMPILER, commands: ["c++", "g++", "clang++"], packages: ["g++"] },
  { title: "make", commands: ["make", "gmake"], packages: ["make"] },
  { title: "cmake", commands: ["cmake", "cmake3"], packages: ["cmake"] },
] as const;

/** Names what is missing and the command that installs it, as the end of a sentence. Null if nothing is missing. */
export function missingBuildTools(environment: EnvironmentVariables): string | null {
  const there = (command: string): boolean => onPath(command, environment);
  // Make and CMake take the C++ compiler that CXX names.
  const named = (environment["CXX"] ?? "") !== "";
  const missing = TOOLS.filter(
    ({ title, commands }) => !commands.some(there) && !(named && title === COMPILER),
  );
  if (missing.length === 0) return null;
  const titles = missing.map(({ title }) => title).join(", ");
  return `${titles} not on the PATH; apt install ${missing.flatMap(({ packages }) => packages).join(" ")} installs what is missing on Debian and Ubuntu`;
}
