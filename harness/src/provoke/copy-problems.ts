/** Why a function cannot be copied, and what only the user can check. Pure. */
import type { OriginalFunction } from "../run/ports/function-changes.ts";

/** Ends of sentences that begin with the function's name. */
export function copyProblems(one: OriginalFunction): readonly string[] {
  const { variablesError, image, fileSystems, signed, codeBytes, codeBytesMax, kinds } = one;
  return [
    ...(variablesError === null
      ? []
      : [
          `its variables cannot be read (${variablesError}): your identity needs kms:Decrypt on the key of the function`,
        ]),
    ...(image ? ["it is a container image, and only zip packages are copied"] : []),
    ...(fileSystems
      ? ["it mounts a file system (FileSystemConfigs), into which the copy would write too"]
      : []),
    ...(signed ? ["its code is signed, and the copy would not have the check of the signature"] : []),
    ...(codeBytes > codeBytesMax
      ? [`its package has ${codeBytes} bytes, and Lambda takes at most ${codeBytesMax} without a bucket`]
      : []),
    ...kinds.map((kind) => `functions of this kind are not copied: ${kind}`),
  ];
}

/** The ARNs of layers of other accounts. Whether they allow this account is seen only when the copy is made. */
export function foreignLayers({ layers, accountId }: OriginalFunction): readonly string[] {
  return layers.filter((arn) => arn.split(":")[4] !== accountId);
}
