/** One failed attempt at a STUN or TURN server (W3C WebRTC, 4.8.2: icecandidateerror). */
export interface IceError {
  /** STUN error code (RFC 8489, 14.8; RFC 8656, 18), or 701: no answer. */
  readonly code: number;
  readonly url: string;
}

/** What went wrong and what to do about it, by the most telling of the errors. */
export function iceSentence(errors: readonly IceError[], what: string, port: string): string {
  const codes = new Set(errors.map(({ code }) => code));
  if (codes.has(401) || codes.has(431) || codes.has(438)) {
    return `${what} refuses the credentials that the portal made. Portal and TURN server must have the same secret and the same time: tell whoever runs them.`;
  }
  if (codes.has(403)) {
    return `${what} does not allow this. Tell whoever runs it.`;
  }
  if (codes.has(486) || codes.has(508)) {
    return `${what} is full. Try again later, or tell whoever runs it to raise its quotas.`;
  }
  return `${what} does not answer. A firewall may block it: allow ${port}; if others have the same trouble, it is down.`;
}
