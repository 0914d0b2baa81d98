/** Secrets of many kinds. `core` is the part by which a test finds the secret in a copy; no record has it otherwise. */
export interface PlantedSecret {
  readonly kind: string;
  readonly text: string;
  readonly core: string;
}

const secret = (kind: string, text: string, core: string): PlantedSecret => ({ kind, text, core });
const ESCAPE = String.fromCharCode(27);

export const SECRETS: readonly PlantedSecret[] = [
  secret("URL with a user", "postgres://me:zqurl@db.example:5432/app", "zqurl"),
  secret("URL whose user is a runtime's name", "postgres://python:hunterzq@db", "hunterzq"),
  secret("DSN of Go", "me:zqgodsn@tcp(db.zqgo.example:3306)/plant", "zqgo"),
  secret("DSN of ADO", "Server=db;User Id=me;Password=zqado;", "zqado"),
  secret("access key", "AKIAZQEXAMPLEKEY1234", "ZQEXAMPLE"),
  secret("secret key", "wJalrXUtnFEMIzqK7MDENGbPxRfiCY", "UtnFEMIzq"),
  secret("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ6cSJ9.c2lnbmF0dXJl", "eyJzdWIiOiJ6cSJ9"),
  secret("PEM", "-----BEGIN RSA PRIVATE KEY-----\nMIIEzqpemAAB\n-----END RSA PRIVATE KEY-----", "zqpem"),
  secret("header", "Authorization: Bearer zqbearer.tok~1", "zqbearer"),
  secret("card number", "4111-1177-1111-1117", "1177-1111"),
  secret("card number without signs", "4111117711111117", "1177111111"),
  secret("e-mail", "zqmail@corp.example", "zqmail"),
  secret("IPv4", "10.77.66.55", "77.66"),
  secret("IPv6", "2001:db8:77:66::1", "db8:77:66"),
  secret("host name", "db.zqcorp.internal", "zqcorp"),
  secret("hex token", "deadbeefcafef00d9182736455443322", "deadbeefcafef00d"),
  secret("UUID", "9b2e4f6a-7788-4a6b-8c7d-9e0f1a2b3c4d", "9b2e4f6a-7788"),
  secret("word after an error's name", "Error:zqglued", "zqglued"),
  secret("word after Runtime", "Runtime.Hunterzq", "Hunterzq"),
  secret("word after platform", "platform.hunterzq", "hunterzq"),
  secret("word like a class", "com.zqpack.ZqException", "zqpack"),
  secret("word in brackets", "Function<ZqHidden>", "ZqHidden"),
  secret("word of a version", "nodejs:22.zqversion", "zqversion"),
  secret("word of a runtime", "nodejs22zq.x", "22zq"),
  secret("word of a Region", "us-zqregion-1", "zqregion"),
  secret("words with dashes", "correct-zqhorse-battery", "zqhorse"),
  secret("capitals", "EZQHUNTER", "ZQHUNTER"),
  secret("base64", "aHVudGVyMjp6cXNlY3JldA==", "VyMjp6cXNlY3"),
  secret("ARN", "arn:aws:iam::987654321098:role/zqrole", "987654321098"),
  secret("account", "987654321098", "987654321098"),
  secret("ARN of a function", "arn:aws:lambda:eu-zqarn-1:987654321098:function:zqfn:zqalias", "zq"),
  secret("log group", "/aws/lambda/zqgroup.local", "zqgroup"),
  secret("log stream", "zqbefore 2026/11/25/zqname[$LATEST]0123456789abcdef0123456789abcdef", "zq"),
  secret("phone number", "+49 151 23776655", "23776655"),
  secret("phone number with dashes", "555-0177-6655", "0177-6655"),
  secret("path", "C:\\Users\\zqadmin\\key.pem", "zqadmin"),
  secret("name", "Zoë Müller-Straßenzq", "Straßenzq"),
  secret("word in colours", `${ESCAPE}[31mhunt${ESCAPE}[0mzqcolour`, "zqcolour"),
  secret("percent-encoded", "p%40ss%2Fzqpercent", "zqpercent"),
  secret("JSON in a text", '{"password":"zqjson","errorType":"ZqType"}', "zq"),
  secret("lifecycle line with more", '{"longrun":1,"event":"boot","zqkey":"zqvalue"}', "zq"),
  secret("number with a unit", "771355 ms zqunit", "zqunit"),
  secret("threshold", "zqfigure < 1", "zqfigure"),
  secret("file name", "zqfile.pem", "zqfile"),
];
