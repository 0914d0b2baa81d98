/** The routes of all operations and the inputs of those that the engine serves, as AWS's API model describes them. `npm run model:renew` makes `model.json`. */
import model from "./model.json" with { type: "json" };

export type Service = "lambda" | "logs";

export interface ModelMember {
  readonly shape: string;
  /** The part of the request that has the member, for example its headers; absent if the body has it. */
  readonly location?: string;
  /** The name in the request, if it is not the member's name. */
  readonly locationName?: string;
}

export interface ModelShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, ModelMember>>;
  readonly member?: ModelMember;
  readonly key?: ModelMember;
  readonly value?: ModelMember;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
}

interface ServiceModel {
  /** All operations of the service, each with its method and path, such as `GET /2015-03-31/functions/{FunctionName}`. */
  readonly routes: Readonly<Record<string, string>>;
  /** The inputs of the served operations. */
  readonly operations: Readonly<Record<string, string | null>>;
  readonly shapes: Readonly<Record<string, ModelShape>>;
}

const SERVICES: Readonly<Record<Service, ServiceModel>> = { lambda: model.lambda, logs: model.logs };

/** Returns the names of all operations of the service, served or not, sorted. */
export function operationNames(service: Service): readonly string[] {
  return Object.keys(SERVICES[service].routes);
}

export function routesOf(service: Service): Readonly<Record<string, string>> {
  return SERVICES[service].routes;
}

export function servedOperations(service: Service): readonly string[] {
  return Object.keys(SERVICES[service].operations);
}

/** Returns null for an operation without input, and for one that the engine does not serve. */
export function inputOf(service: Service, operation: string): ModelShape | null {
  const name = SERVICES[service].operations[operation];
  return name === undefined || name === null ? null : shapeOf(service, { shape: name });
}

export function shapeOf(service: Service, { shape }: ModelMember): ModelShape {
  const found = SERVICES[service].shapes[shape];
  if (found === undefined) throw new Error(`model.json has no shape ${shape}: npm run model:renew`);
  return found;
}
