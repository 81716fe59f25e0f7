import { Problem } from './problem.ts';

/** For every code of the portal: what happened, and what the person can do about it. */
const sentences: Readonly<Record<string, string>> = {
  malformed: 'The server could not read this request. Load the page again and repeat it.',
  'sign-in-required': 'You are signed out. Sign in again to go on.',
  'wrong-credentials': 'E-mail address or password is wrong. Check both and try again.',
  'access-expired': 'Your session could not be renewed. Load the page again.',
  'session-ended': 'Your session has ended. Sign in again to go on.',
  'not-administrator': 'Only administrators may do this. Ask one of them.',
  'wrong-password': 'The password is wrong. Check it and try again.',
  'sign-in-again': 'For this you must have signed in a short while ago. Sign out, sign in and repeat it.',
  'no-password': 'This account has no password; it signs in with another service.',
  'account-disabled': 'This account is disabled. Ask whoever runs this server.',
  'sign-up-closed': 'On this server people cannot make accounts themselves. Ask whoever runs it for one.',
  'last-administrator': 'There must be one administrator. Make somebody else administrator first.',
  'link-expired': 'This link has been used already or is too old. Ask for a new one.',
  'mail-not-configured': 'This server cannot send e-mail. Ask whoever runs it to help you with your account.',
  csrf: 'This page was open too long to be trusted. Load it again and repeat what you did.',
  forbidden: 'You may not do this. Ask the owner of the meeting.',
  'not-owner': 'Only the owner of the meeting may do this. Ask them to do it.',
  'guests-not-allowed': 'This meeting does not admit guests. Sign in to join it.',
  'not-found': 'This is not there any more. Load the page again.',
  'no-such-meeting':
    'There is no meeting at this address. Check the link, or ask whoever sent it for a new one.',
  'no-such-account':
    'Nobody has an account with this e-mail address. Check it, or ask them to sign up first.',
  'method-not-allowed': 'The server does not know this request. Load the page again.',
  'not-acceptable': 'The server does not know this request. Load the page again.',
  'email-taken': 'This e-mail address has an account already. Sign in instead, or use another address.',
  'too-many-meetings': 'You have as many meetings as you may have. Delete one that you no longer need.',
  'too-many-moderators': 'This meeting has as many moderators as it may have. Remove one first.',
  'changed-meanwhile': 'Somebody else has changed this meeting. Load the page again to see how it is now.',
  'too-large': 'This is too long. Shorten it and try again.',
  'unsupported-media-type': 'The server does not know this request. Load the page again.',
  invalid: 'Some of it cannot be taken as it is. Correct the marked fields.',
  'too-many-requests': 'That were too many attempts in a short time. Wait a minute and try again.',
  internal: 'Something went wrong at the server. Try again; if it stays, tell whoever runs it.',
  busy: 'The server is busy. Try again in a moment.',
  'no-shard': 'No conference server is ready for a new call. Running calls go on; try again in a minute.',
  'database-unavailable':
    'The meeting server’s portal cannot reach its database. Running calls go on; try again in a minute.',
  'portal-down': 'The meeting server’s portal does not answer. Running calls go on; try again in a minute.',
  unreachable:
    'The meeting server’s portal does not answer. Running calls go on; check your network, or try again in a minute.',
  unreadable: 'The server gave an answer that makes no sense. Load the page again.',
};

/** Codes that have a sentence; the rest shows what the portal says itself. */
export const knownCodes: readonly string[] = Object.keys(sentences);

/** What to tell the person about whatever was thrown. */
export function sentenceFor(failure: unknown): string {
  if (failure instanceof Problem) {
    const known = sentences[failure.code];
    return known ?? (failure.message || fallback);
  }
  return fallback;
}

const fallback = 'Something went wrong. Load the page again and repeat what you did.';
