import { assert } from '../../kernel/assert.ts';
import type { Cookie } from './route.ts';

/** The characters that a cookie's name and value may hold, RFC 6265 section 4.1.1. */
const nameForm = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const valueForm = /^[!#-+\--:<-[\]-~]*$/;

/** Reads a Cookie header. What is no cookie is left out; of two with one name the first counts, as browsers send the nearest first. */
export function parseCookies(header: string | undefined): Readonly<Record<string, string>> {
  const cookies: Record<string, string> = Object.create(null);
  for (const piece of (header ?? '').split(';')) {
    const equals = piece.indexOf('=');
    const name = piece.slice(0, equals).trim();
    const value = piece.slice(equals + 1).trim();
    if (equals === -1 || name in cookies || !nameForm.test(name) || !valueForm.test(value)) continue;
    cookies[name] = value;
  }
  return cookies;
}

/**
 * Writes a Set-Cookie header. Always for the whole site and never sent from another one (SameSite=Strict).
 * @param isSecure true where the external URL is https: browsers then never send it in the clear
 */
export function setCookieOf(cookie: Cookie, isSecure: boolean): string {
  assert(nameForm.test(cookie.name), 'a cookie has a name of cookie characters');
  assert(valueForm.test(cookie.value), 'a cookie has a value of cookie characters');
  const flags = [cookie.httpOnly ? '; HttpOnly' : '', isSecure ? '; Secure' : ''].join('');
  return `${cookie.name}=${cookie.value}; Path=/; Max-Age=${cookie.maxAgeSeconds}; SameSite=Strict${flags}`;
}
