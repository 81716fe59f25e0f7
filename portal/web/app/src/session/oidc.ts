/** Why another service's account did not get somebody in, by the code that the portal puts into the address. */
const sentences: Readonly<Record<string, string>> = {
  'oidc-refused': 'The other service did not let you in, or you broke it off. Try again, or sign in here.',
  'oidc-unavailable': 'The other service does not answer. Try again in a minute, or sign in here.',
  'oidc-email-not-verified':
    'The other service has not confirmed your e-mail address. Confirm it there, then try again.',
  'oidc-email-taken':
    'Somebody has an account with this e-mail address that is not confirmed. Sign in with your password and confirm it.',
  'oidc-email-not-allowed':
    'With this e-mail address nobody is let in here. Use another account of the other service, or ask whoever runs this server.',
  'account-disabled': 'This account is disabled. Ask whoever runs this server.',
  'sign-up-closed': 'There is no account for you on this server. Ask whoever runs it for one.',
  'too-many-requests': 'That were too many attempts in a short time. Wait a minute and try again.',
};

/** A code nobody knows is not shown: anybody can write one into an address. */
export function oidcSentence(code: string): string {
  return sentences[code] ?? 'Signing in with the other service did not work. Try again, or sign in here.';
}

/** Where signing in with another service begins. */
export function oidcStart(id: string, next: string): string {
  return `/api/v1/oidc/${encodeURIComponent(id)}/start?return=${encodeURIComponent(next)}`;
}
