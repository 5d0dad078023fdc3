/** Hashing that capabilities ask for. Passwords are slow on purpose, so the simulation brings a fast one of the same shape. */
export interface Hashing {
  /** SHA-256 in hex: for secrets that are long and random already (tokens, session ids). */
  fingerprint(secret: string): string;
  /** argon2id with a fresh salt, as a PHC string `$argon2id$v=19$m=…,t=…,p=…$salt$hash`. */
  hashPassword(password: string): Promise<string>;
  /** True when the password is the one hashed; runs in constant time over the hash. False for an unreadable PHC string. */
  verifyPassword(password: string, phc: string): Promise<boolean>;
  /** Compares without telling by time where two secrets differ. */
  same(left: string, right: string): boolean;
}
