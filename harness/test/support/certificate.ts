/** Makes a certificate for one name, and the certificate of the authority that signs it, as files in `folder`. Needs openssl. */
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export interface CertificateFiles {
  readonly key: string;
  readonly cert: string;
  readonly authority: string;
}

export function certificateFor(name: string, folder: string): CertificateFiles {
  const file = (one: string): string => join(folder, one);
  const openssl = (...args: readonly string[]): Buffer => execFileSync("openssl", args, { stdio: "pipe" });
  const newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const [key, cert, authority] = [file("server.key"), file("server.pem"), file("ca.pem")];
  openssl("req", "-x509", ...newKey, "-subj", "/CN=test CA", "-keyout", file("ca.key"), "-out", authority);
  openssl("req", ...newKey, "-subj", `/CN=${name}`, "-keyout", key, "-out", file("request.pem"));
  writeFileSync(file("names.cnf"), `subjectAltName=DNS:${name}\n`);
  const signed = [
    "-CA",
    authority,
    "-CAkey",
    file("ca.key"),
    "-CAcreateserial",
    "-extfile",
    file("names.cnf"),
  ];
  openssl("x509", "-req", "-in", file("request.pem"), ...signed, "-out", cert);
  return { key, cert, authority };
}
