/** `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`, → NAME. The ARN has the form in which the Lambda API gives it. */
export function nameInArn(functionArn: string): string {
  return functionArn.split(":")[6] ?? functionArn;
}
