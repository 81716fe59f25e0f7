/** What went wrong, for programs. The README has a table with a line for each. */
export type CallErrorCode =
  | 'connection-failed'
  | 'connection-lost'
  | 'ticket-refused'
  | 'ticket-expired'
  | 'room-not-open'
  | 'room-full'
  | 'not-allowed'
  | 'focus-unavailable'
  | 'bridge-unavailable'
  | 'media-failed'
  | 'media-refused'
  | 'protocol'
  | 'wrong-state';

/** What the application can offer the person to do about it. */
export type CallErrorAction =
  /** Try the same again, with the same ticket. */
  | 'retry'
  /** Get a new ticket from the portal and join again. */
  | 'new-ticket'
  /** Look at the network: a firewall, a lost connection. */
  | 'check-network'
  /** Somebody with more rights has to do something. */
  | 'ask-moderator'
  /** Nothing to do: the call goes on, or the program is wrong. */
  | 'none';

/** A failure with a code for programs, a sentence for people and what to do about it. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: CallErrorCode;
  readonly action: CallErrorAction;

  constructor(code: CallErrorCode, message: string, action: CallErrorAction) {
    super(message);
    this.code = code;
    this.action = action;
  }
}

/** The application asked for something that is not possible now. */
export function wrongState(message: string): CallError {
  return new CallError('wrong-state', message, 'none');
}

/** What was thrown, when it is one of ours; else a fault of this library, said so. */
export function asCallError(error: unknown): CallError {
  return error instanceof CallError
    ? error
    : new CallError('protocol', `Something unexpected happened (${String(error)}). Join again.`, 'retry');
}
