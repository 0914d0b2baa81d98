/** The command line that starts the runtime through the function's wrapper script (docs/aws/runtimes.md#wrapper-and-entry-faults). */
export const WRAPPER_VARIABLE = "AWS_LAMBDA_EXEC_WRAPPER";

/** Lambda's error messages and exit codes. `$0` is the wrapper. */
const SCRIPT = `if [ ! -f "$0" ]; then echo "$0: does not exist"; exit 127; fi
if [ ! -x "$0" ]; then echo "$0: is not an executable"; exit 126; fi
exec "$0" "$@"`;

export function wrappedProgram(wrapper: string, program: readonly string[]): readonly string[] {
  return ["/bin/sh", "-c", SCRIPT, wrapper, ...program];
}
