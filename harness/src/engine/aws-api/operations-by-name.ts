/** Operations by AWS's names: the function `createAlias` serves CreateAlias. Each module exports operations only. */
export function operationsByName<Operation>(
  ...modules: readonly Readonly<Record<string, Operation>>[]
): Readonly<Record<string, Operation>> {
  const operations = modules.flatMap((module) => Object.entries(module));
  return Object.fromEntries(
    operations.map(([name, operation]) => [name.charAt(0).toUpperCase() + name.slice(1), operation]),
  );
}
