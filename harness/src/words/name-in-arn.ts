/** An ARN is `arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]`. */
export function nameInArn(functionArn: string): string {
  return functionArn.split(":")[6] ?? functionArn;
}
