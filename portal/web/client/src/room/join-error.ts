import { CallError } from '../errors.ts';
import type { StanzaError } from '../xmpp/stanza-error.ts';

/**
 * What a refused join means. `again` is true when the focus has not opened the room yet, which passes by itself: ask
 * the focus anew, then try again.
 */
export function joinError(error: StanzaError): { readonly error: CallError; readonly again: boolean } {
  const { condition, text } = error;
  if (condition === 'not-allowed') {
    if (
      text === 'Room creation is restricted' ||
      error.specific?.name === 'room-does-not-exist' ||
      error.specific?.name === 'authentication-required'
    ) {
      return {
        error: new CallError(
          'room-not-open',
          'The meeting is not open. Ask a moderator to start it, then try again.',
          'ask-moderator',
        ),
        again: error.specific?.name !== 'authentication-required',
      };
    }
    return { error: refused(text), again: false };
  }
  if (condition === 'service-unavailable' || condition === 'resource-constraint') {
    return {
      error: new CallError('room-full', 'The meeting is full. Try again when somebody has left.', 'retry'),
      again: false,
    };
  }
  if (condition === 'item-not-found') {
    return {
      error: new CallError('room-not-open', 'The meeting is not open. Try again.', 'retry'),
      again: true,
    };
  }
  if (condition === 'remote-server-timeout') {
    return {
      error: new CallError('connection-failed', 'The meeting server does not answer. Try again.', 'retry'),
      again: false,
    };
  }
  return { error: refused(text), again: false };
}

function refused(text: string | undefined): CallError {
  return new CallError(
    'not-allowed',
    `You may not enter this meeting${text ? ` (${text})` : ''}. Ask a moderator, or follow the invitation again.`,
    'new-ticket',
  );
}
