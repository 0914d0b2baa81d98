/** The major version of the managed runtime that this process emulates (docs/aws/nodejs.md). */
export const majorVersion: number = Number(
  /nodejs(\d+)/.exec(process.env["AWS_EXECUTION_ENV"] ?? "")?.[1] ?? process.versions.node.split(".")[0],
);
