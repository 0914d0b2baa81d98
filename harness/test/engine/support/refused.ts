/** Returns the error with which the engine refuses a command of the SDK. */

export const ARN = "arn:aws:lambda:eu-central-1:123456789012:function:f";

export async function refused(
  promise: Promise<unknown>,
): Promise<{ readonly name: string; readonly status: number | undefined; readonly message: string }> {
  const error = await promise.then(
    () => new Error("nothing was refused"),
    (reason: unknown) => reason as Error & { $metadata?: { httpStatusCode?: number } },
  );
  return {
    name: error.name,
    status: "$metadata" in error ? error.$metadata?.httpStatusCode : undefined,
    message: error.message,
  };
}
