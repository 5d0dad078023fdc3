/**
 * What people and programs carry: the last part of an id, and a secret. The id finds the record; only the fingerprint of the
 * secret stands there. A token reads `plt_<26 characters of its id><43 of its secret>`, so that secret scanners know it.
 */
const idTailLength = 26;
const secretLength = 43;
const idTail = `[0-9a-hjkmnp-tv-z]{${idTailLength}}`;
const secret = `[A-Za-z0-9_-]{${secretLength}}`;

/** Which id, and the secret to compare. */
export interface Credential {
  readonly id: string;
  readonly secret: string;
}

/** How much of a token is shown: the moment it was made and four characters more, nothing of the secret. */
const shownLength = 'plt_'.length + 14;

const tailOf = (id: string): string => id.slice(-idTailLength);

function reader(form: RegExp, prefix: string): (text: string) => Credential | null {
  return (text) => {
    const parts = form.exec(text);
    return parts === null ? null : { id: `${prefix}_${parts[1]}`, secret: parts[2] ?? '' };
  };
}

export const tokenText = ({ id, secret }: Credential): string => `plt_${tailOf(id)}${secret}`;
export const readToken = reader(new RegExp(`^plt_(${idTail})(${secret})$`), 'tok');
export const shownPrefix = (token: string): string => token.slice(0, shownLength);

export const sessionText = ({ id, secret }: Credential): string => `${tailOf(id)}.${secret}`;
export const readSessionText = reader(new RegExp(`^(${idTail})\\.(${secret})$`), 'ses');

export const linkText = ({ id, secret }: Credential): string => `${tailOf(id)}.${secret}`;
export const readLink = reader(new RegExp(`^(${idTail})\\.(${secret})$`), 'lnk');
