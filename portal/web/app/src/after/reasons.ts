import type { CallEnd, CallErrorCode } from '@video-window/client';

/** What the page after a call says, and what it offers. */
export interface Reason {
  readonly title: string;
  readonly text: string;
  /** Name of the button that joins again; none where that makes no sense. */
  readonly again: string | undefined;
}

/** From how the call ended to what to tell the person. */
export function reasonFor(end: CallEnd, endedByUs: boolean): Reason {
  switch (end.by) {
    case 'left':
      return { title: 'You left the meeting', text: 'The others can go on without you.', again: 'Rejoin' };
    case 'ended':
      return endedByUs
        ? {
            title: 'You ended the meeting',
            text: 'Everybody has left. The link still works.',
            again: 'Start again',
          }
        : { title: 'The meeting was ended by the host', text: 'Everybody has left.', again: undefined };
    case 'kicked':
      return {
        title: 'You were removed from the meeting',
        text:
          end.reason !== undefined && end.reason !== ''
            ? `The reason given: ${end.reason}`
            : 'Somebody who moderates it decided so. If that was a mistake, talk to them.',
        again: 'Join again',
      };
    case 'failed': {
      const [title, text] = failures[end.error?.code ?? 'protocol'];
      return { title, text, again: end.error?.action === 'none' ? undefined : 'Join again' };
    }
  }
}

const failures: Readonly<Record<CallErrorCode, readonly [string, string]>> = {
  'connection-failed': [
    'No connection to the meeting',
    'The conference server could not be reached. Check your network; a firewall or proxy must allow WebSockets.',
  ],
  'connection-lost': [
    'The connection was lost',
    'Several attempts to get back failed. Check your network, then join again.',
  ],
  'ticket-refused': [
    'You could not be let in',
    'The conference server did not accept your ticket. Join again to get a new one.',
  ],
  'ticket-expired': ['You were away too long', 'Your ticket has run out. Join again to get a new one.'],
  'room-not-open': ['The meeting is not open', 'Wait for somebody who may open it, then join again.'],
  'room-full': [
    'The meeting is full',
    'Join again when somebody has left, or ask the host for a larger one.',
  ],
  'not-allowed': ['You may not join this meeting', 'Ask whoever invited you to let you in.'],
  'focus-unavailable': [
    'The meeting could not be started',
    'The part of the server that starts meetings does not answer. Try again in a minute; if it stays, tell whoever runs the server.',
  ],
  'bridge-unavailable': [
    'The meeting could not be started',
    'No server for sound and pictures is free. Try again in a minute; if it stays, tell whoever runs the server.',
  ],
  'media-failed': [
    'No sound and no pictures got through',
    'A firewall or a VPN may block them. Try another network, or switch the VPN off, then join again.',
  ],
  'media-refused': [
    'This browser could not start the call',
    'It did not accept what the server offers. Update the browser, or use another one.',
  ],
  protocol: [
    'Something went wrong',
    'Browser and server misunderstood each other. Join again; it usually works.',
  ],
  'wrong-state': ['Something went wrong', 'Load this page again, then join again.'],
};
