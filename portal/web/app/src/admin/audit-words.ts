const words: Readonly<Record<string, string>> = {
  'sign-up': 'Signed up',
  'sign-in': 'Signed in',
  'sign-in-failed': 'Sign-in failed',
  'sign-out': 'Signed out',
  'session-reused': 'A stolen session was ended',
  'identity-linked': 'Another service was linked',
  'password-changed': 'Password changed',
  'password-reset-requested': 'Asked for a new password',
  'password-reset': 'Password chosen by mail link',
  'name-changed': 'Name changed',
  'email-changed': 'E-mail address changed',
  'email-verified': 'E-mail address confirmed',
  'administrator-granted': 'Made administrator',
  'administrator-revoked': 'No longer administrator',
  'moderator-granted': 'Made moderator',
  'moderator-revoked': 'No longer moderator',
  'account-disabled': 'Account disabled',
  'account-enabled': 'Account enabled',
  'account-deleted': 'Account deleted',
  'data-exported': 'Data downloaded',
  'meeting-deleted': 'Meeting deleted',
  'key-rotated': 'Signing keys rotated',
};

/** What happened, in words; a kind that is newer than this page reads nearly as well. */
export function auditWords(kind: string): string {
  const plain = kind.replaceAll('-', ' ');
  return words[kind] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}
