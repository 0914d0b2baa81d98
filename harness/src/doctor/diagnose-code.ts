/** Static analysis of a package: looks for a callback handler, which nodejs24.x refuses, and for a suspected connect in Init. */
import type { Program } from "acorn";
import type { CodeFile, CodeFacts, FunctionConfigurationFacts, Seen } from "./account-facts.ts";
import { node, takesCallbacks } from "../catalogue/runtimes/node.ts";
import { cannotLook } from "./cannot-look.ts";
import { clear, notice, problem, type DoctorFinding } from "./doctor-finding.ts";
import { findConnectInInit } from "./find-connect-in-init.ts";
import { handlerArity } from "./handler-arity.ts";
import { parseModule } from "./parse-module.ts";

export function diagnoseCode(
  subject: string,
  configuration: FunctionConfigurationFacts,
  code: Seen<CodeFacts>,
): readonly DoctorFinding[] {
  const about = { check: "package", subject };
  if (!code.seen) return [cannotLook(about, code, "what its package does")];
  if (code.value.kind === "closed")
    return [
      notice(
        about,
        `Its package was not examined: ${code.value.why}`,
        "Check yourself whether the module scope opens a connection (docs/fix.md).",
      ),
    ];
  const module = handlerModule(code.value.files, configuration.handler);
  if (module === null) {
    const named =
      configuration.handler === null ? "it names no handler" : `its handler is ${configuration.handler}`;
    return [
      problem(
        about,
        `The package has no file for the handler: ${named}.`,
        "Set the function's handler to MODULE.EXPORT of a file in the package.",
      ),
    ];
  }
  const program = parseModule(module.file.text);
  if (program === null)
    return [
      notice(
        about,
        `${module.file.path} cannot be read as JavaScript, so it was not checked.`,
        "It may be code that only a loader or an option of Node can read. Check it yourself (docs/fix.md).",
      ),
    ];
  return [arity(subject, configuration, program, module), connect(subject, program, module.file)];
}

interface HandlerModule {
  readonly file: CodeFile;
  readonly exportName: string;
}

function handlerModule(files: readonly CodeFile[], handler: string | null): HandlerModule | null {
  const parts = node.local.handler.cut(handler ?? "");
  if (parts === null) return null;
  const file = parts.files
    .map((name) => files.find(({ path }) => path === name))
    .find((one) => one !== undefined);
  return file === undefined ? null : { file, exportName: parts.path.join(".") };
}

function arity(
  subject: string,
  { runtime }: FunctionConfigurationFacts,
  program: Program,
  { file, exportName }: HandlerModule,
): DoctorFinding {
  const about = { check: "callback-handler", subject };
  const count = handlerArity(program, exportName);
  const advice = "Make it async, with two parameters, and return the answer.";
  const callback = `${exportName} in ${file.path} takes ${count ?? 0} parameters, so it is treated as a callback handler`;
  if (count !== null && count < 3)
    return clear(about, `The handler takes ${count} ${count === 1 ? "parameter" : "parameters"}.`);
  if (count === null && takesCallbacks(runtime))
    return clear(
      about,
      "The number of the handler's parameters is not visible in the code; it matters only for nodejs24.x.",
    );
  if (count === null)
    return notice(
      about,
      `The number of parameters of ${exportName} in ${file.path} is not visible in the code; nodejs24.x refuses three or more.`,
      "Check that it has no callback parameter.",
    );
  if (!takesCallbacks(runtime))
    return problem(
      about,
      `${callback}, which ${runtime ?? "this runtime"} refuses: it fails at every invocation.`,
      advice,
    );
  return notice(
    about,
    `${callback}: on ${runtime ?? "this runtime"} it does not answer while a socket is open, so it can run into its time-out.`,
    advice,
  );
}

function connect(subject: string, program: Program, file: CodeFile): DoctorFinding {
  const about = { check: "connect-in-init", subject };
  const suspects = findConnectInInit(program, file.text);
  const [first] = suspects;
  if (first === undefined)
    return clear(
      about,
      `No connection at module scope was seen in ${file.path}; static analysis can miss a connection, but a soak does not.`,
    );
  const more = suspects.length === 1 ? "" : ` (and ${suspects.length - 1} more)`;
  return notice(
    about,
    `A connection in the Init phase is suspected: ${file.path}, line ${first.line}: ${first.text}${more}. An environment that is never invoked would hold the peer.`,
    "Open it inside the handler and close it before returning: docs/fix.md shows the code before and after. A soak shows whether it does harm.",
  );
}
