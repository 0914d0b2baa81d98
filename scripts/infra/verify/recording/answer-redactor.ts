/**
 * Redacts what AWS answers: accounts, ids, addresses, tokens and names. The same value always gets the same replacement, a placeholder such
 * as `<uuid:1>`. The recorded sessions of the conformance suites use placeholders of this form too. Times, numbers and AWS's messages are
 * kept.
 */

export const RECORDED_NAME = "verified";

interface RedactedKind {
  readonly name: string;
  readonly pattern: string;
  /** False if all values of this kind get the same placeholder. */
  readonly numbered: boolean;
}

const kind = (name: string, pattern: string, numbered = true): RedactedKind => ({ name, pattern, numbered });
const RESOURCE_IDS =
  "vpc|subnet|sg|sgr|eni|rtb|igw|nat|acl|vpce|eipalloc|eipassoc|dopt|i|ami|lt|ns|srv|inst|key|snap|vol";

/** Tried in this order, so that an id that is part of a longer text is replaced together with it. */
const KINDS: readonly RedactedKind[] = [
  kind("url", String.raw`https?://[^\s"'<>\\]+`, false),
  kind("email", String.raw`[\w.+-]+@[\w-]+\.[\w.-]+`),
  kind("uuid", "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
  kind("trace", String.raw`\b1-[0-9a-f]{8}-[0-9a-f]{24}\b`),
  kind("id", String.raw`\b(?:AKIA|ASIA|AROA|AIDA|AGPA|AIPA|ANPA|ANVA|APKA|ASCA)[A-Z0-9]{12,}\b`),
  kind("id", String.raw`\b(?:${RESOURCE_IDS})-[0-9a-f]{8,17}\b`),
  kind("digits", String.raw`\b\d{16,}\b`),
  kind("account", String.raw`\b\d{12}\b`, false),
  kind("hex", "[0-9a-f]{16,}"),
  kind("sha256", String.raw`(?<![\w+/=])[A-Za-z0-9+/]{43}=(?![\w+/=])`, false),
  // A digit is required, because names of members can be as long as a token.
  kind("token", String.raw`(?<![\w+/=])(?=[A-Za-z+/_-]*\d)[A-Za-z0-9+/_-]{40,}={0,2}`),
  kind("ip", String.raw`\b(?:\d{1,3}\.){3}\d{1,3}\b`),
  kind("ip", String.raw`(?<![\w:.])(?:[0-9a-f]{1,4}:){2,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4})*)?(?![\w:])`),
  kind("ip", String.raw`(?<![\w:.])(?:[0-9a-f]{1,4}:){4,7}[0-9a-f]{1,4}(?![\w:])`),
];

/** The whole text of such a member is a secret or an id, whatever it looks like. */
const TOKEN_MEMBER = /(?:token|secret|password|signature|credential)/i;

export class AnswerRedactor {
  readonly #numbers = new Map<string, Map<string, number>>();
  readonly #kinds: readonly RedactedKind[];
  readonly #pattern: RegExp;
  readonly #replaced: ReadonlyMap<string, string>;

  /** `names`: texts of this deployment with their replacements, such as its name and its Region. */
  constructor(names: Readonly<Record<string, string>>) {
    this.#kinds = [kind("arn", foreignArn(Object.keys(names))), ...KINDS];
    this.#replaced = new Map(Object.entries(names));
    const kinds = this.#kinds.map(({ pattern }) => `(${pattern})`);
    this.#pattern = new RegExp([...kinds, ...Object.keys(names).map(literally)].join("|"), "g");
  }

  text(text: string): string {
    return text.replace(this.#pattern, (found: string, ...groups: readonly unknown[]) => {
      const at = this.#kinds.findIndex((_, index) => groups[index] !== undefined);
      const of = this.#kinds[at];
      return of === undefined ? (this.#replaced.get(found) ?? found) : this.#placeholder(of, found);
    });
  }

  /** Redacts the names of members too. */
  value(value: unknown, member = ""): unknown {
    if (typeof value === "string") {
      if (value === "") return value;
      return TOKEN_MEMBER.test(member)
        ? this.#placeholder({ name: "token", numbered: true }, value)
        : this.text(value);
    }
    if (value instanceof Uint8Array) return "<bytes>";
    if (value instanceof Date) return value.toISOString();
    if (Array.isArray(value)) return value.map((item) => this.value(item, member));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, item]) => item !== undefined)
        .map(([key, item]) => [this.text(key), this.value(item, key)]),
    );
  }

  #placeholder({ name, numbered }: Pick<RedactedKind, "name" | "numbered">, value: string): string {
    if (!numbered) return `<${name}>`;
    const known = this.#numbers.get(name) ?? new Map<string, number>();
    this.#numbers.set(name, known);
    const number = known.get(value) ?? known.size + 1;
    known.set(value, number);
    return `<${name}:${number}>`;
  }
}

/** ARNs of AWS itself and of this deployment are kept. Others can name users, roles and keys. */
function foreignArn(names: readonly string[]): string {
  const own = names.map(literally).join("|");
  const kept = String.raw`lambda:[\w-]*::|[^\s"',\\]*:\d{12}:[^\s"',\\]*(?:${own})`;
  // The ARN of a session (service `sts`) ends with the name of its user, so such an ARN is never kept.
  return String.raw`arn:aws[\w-]*:(?:sts:|(?!${kept}))[^\s"',\\]+`;
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
