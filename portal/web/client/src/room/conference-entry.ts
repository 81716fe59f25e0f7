import type { Environment } from '../environment.ts';
import { CallError } from '../errors.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { IqError } from '../xmpp/iq-requests.ts';
import type { StanzaError } from '../xmpp/stanza-error.ts';
import { conferenceRequest, readConferenceReply } from './conference-request.ts';
import { joinError } from './join-error.ts';
import type { OwnPresence } from './own-presence.ts';
import type { Room } from './room.ts';

/** With the waits between them about a minute and a half; a focus that is not ready by then will not be. */
const MAX_REQUESTS = 40;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 2_000;
/** A focus that is being started again is there after some seconds. */
const FOCUS_PATIENCE_MS = 20_000;
/** A room that the focus has left in the meantime is opened again by asking it again. */
const MAX_ENTRIES = 3;
const ENTER_TIMEOUT_MS = 15_000;

/** What entering needs. */
export interface EntryParts {
  readonly environment: Environment;
  readonly request: (iq: XmlElement) => Promise<XmlElement>;
  readonly room: Room;
  /** Full JID that takes conference requests. */
  readonly focusJid: string;
  readonly own: () => OwnPresence;
  /** True as soon as nobody wants to get in any more. */
  readonly cancelled: () => boolean;
  /** Called with the bare real JID of the focus before the room is entered: offers may come at once. */
  readonly opened?: (focusJid: string) => void;
}

/**
 * Gets the meeting opened by the focus, then enters its room. Rejects with a {@link CallError}.
 */
export async function enterConference(parts: EntryParts): Promise<void> {
  const machineUid = parts.environment.uuid().replaceAll('-', '');
  for (let attempt = 1; ; attempt++) {
    const focus = await openConference(parts, machineUid);
    parts.opened?.(focus);
    try {
      await entered(parts);
      return;
    } catch (refusal) {
      const { error, again } = joinError(refusal as StanzaError);
      if (!again || attempt >= MAX_ENTRIES || parts.cancelled()) {
        throw error;
      }
      await pause(parts.environment, FIRST_WAIT_MS * attempt);
    }
  }
}

function entered({ environment, room, own }: EntryParts): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = environment.schedule(ENTER_TIMEOUT_MS, () => {
      const late: StanzaError = {
        type: 'wait',
        condition: 'remote-server-timeout',
        text: undefined,
        specific: undefined,
      };
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as the room's own refusals
      reject(late);
    });
    room.enter(own()).then(resolve, reject).finally(stop);
  });
}

/** Asks the focus until it is in the room. Resolves with its bare real JID; rejects with a {@link CallError}. */
export async function openConference(
  parts: EntryParts,
  machineUid = parts.environment.uuid().replaceAll('-', ''),
): Promise<string> {
  const { environment, request, room, focusJid, cancelled } = parts;
  let wait = FIRST_WAIT_MS;
  const patientUntil = environment.now() + FOCUS_PATIENCE_MS;
  for (let attempt = 0; attempt < MAX_REQUESTS && !cancelled(); attempt++) {
    try {
      const reply = await request(conferenceRequest(focusJid, room.jid, machineUid));
      const { ready, focusJid: bareFocus } = readConferenceReply(reply);
      if (ready && bareFocus !== undefined) {
        return bareFocus;
      }
    } catch (refusal) {
      const error = requestError(refusal);
      if (error.code !== 'focus-unavailable' || environment.now() >= patientUntil) {
        throw error;
      }
    }
    await pause(environment, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  }
  throw unavailable();
}

function requestError(error: unknown): CallError {
  const condition = error instanceof IqError ? error.detail.condition : '';
  if (condition === 'not-authorized' || condition === 'forbidden' || condition === 'not-allowed') {
    return new CallError(
      'not-allowed',
      'You may not open this meeting. Ask a moderator to start it, then try again.',
      'ask-moderator',
    );
  }
  return unavailable();
}

function unavailable(): CallError {
  return new CallError(
    'focus-unavailable',
    'The meeting service does not answer at the moment. Try again in a minute.',
    'retry',
  );
}

/** Waits, with jitter so that a roomful of clients does not come back in step. */
export function pause(environment: Environment, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    environment.schedule(milliseconds * (1 + environment.random() / 2), resolve);
  });
}
