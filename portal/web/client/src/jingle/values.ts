/*
 * Every value that comes from a stanza and goes into SDP passes through one of these: SDP is lines of text, so a line
 * break in a codec's name would be a line of somebody else's making.
 */

/** The value when it matches, else undefined. */
export function matching(value: string | undefined, pattern: RegExp): string | undefined {
  return value !== undefined && pattern.test(value) ? value : undefined;
}

/** The value as a whole number within bounds, else undefined. */
export function integer(
  value: string | number | undefined,
  lowest: number,
  highest: number,
): number | undefined {
  const number = typeof value === 'number' ? value : /^\d{1,10}$/.test(value ?? '') ? Number(value) : NaN;
  return Number.isInteger(number) && number >= lowest && number <= highest ? number : undefined;
}

/** The value when it is one of those given, else undefined. */
export function oneOf<T extends string>(value: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((candidate) => candidate === value);
}

/** Names of codecs, parameters, feedback, hashes. */
export const TOKEN = /^[A-Za-z0-9._+-]{1,64}$/;
/** Printable ASCII. */
export const PRINTABLE = /^[\x20-\x7e]{0,256}$/;
/** Printable ASCII without blanks. */
export const WORD = /^[\x21-\x7e]{1,256}$/;
/** RFC 8839, section 5.4, and the few characters more that implementations use. */
export const ICE_UFRAG = /^[A-Za-z0-9+/=_-]{4,256}$/;
export const ICE_PASSWORD = /^[A-Za-z0-9+/=_-]{22,256}$/;
/** An IP address, or a host name such as those of multicast DNS. */
export const ADDRESS = /^[A-Za-z0-9.:-]{1,255}$/;
export const FINGERPRINT = /^[0-9A-Fa-f]{2}(:[0-9A-Fa-f]{2}){15,63}$/;
/** Ids of stream and track. */
export const MSID = /^[A-Za-z0-9._+{}-]{1,128} [A-Za-z0-9._+{}-]{1,128}$/;

/** RFC 3550, section 5.1; 0 is not used by anybody. */
export function ssrc(value: string | number | undefined): number | undefined {
  return integer(value, 1, 0xffff_ffff);
}
