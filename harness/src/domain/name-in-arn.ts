/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`, as the Lambda API gives it, to the name. */
export function nameInArn(functionArn: string): string {
  return functionArn.split(":")[6] ?? functionArn;
}
