import type { Environment } from '../environment.ts';
import { CallError } from '../errors.ts';
import { restartRequest, type SessionAddress } from '../jingle/write.ts';
import type { Log } from '../log.ts';
import type { XmlElement } from '../xmpp/element.ts';
import { IqError } from '../xmpp/iq-requests.ts';
import { RestartPolicy } from './restart-policy.ts';

/** The focus invites within a second when it can. It takes a request for each session once only. */
const INVITE_TIMEOUT_MS = 15_000;
/** A focus that does not know our session may be about to invite us by itself. */
const STRANGER_TIMEOUT_MS = 3_000;

/** What a repair is made with. */
export interface RepairParts {
  readonly environment: Environment;
  readonly log: Log;
  /** Sends an IQ to the focus; undefined while there is no way to it. */
  readonly request: (iq: XmlElement) => Promise<XmlElement> | undefined;
  /** Whether media flow, so that nothing is missing. */
  readonly working: () => boolean;
  /** Whether there is a session at all, running or starting. */
  readonly hasSession: () => boolean;
  /** We were not invited again: the focus has forgotten us, or cannot. */
  readonly notInvited: () => void;
  readonly gaveUp: (error: CallError) => void;
}

/**
 * How we come to another media session: asks the focus for it, at the pace of the policy, and waits for the invitation.
 * Owned by the keeper, whose one timer this is: the patience with what is broken, then the wait before asking, then the
 * wait for the invitation.
 */
export class Repair {
  readonly #parts: RepairParts;
  readonly #policy = new RestartPolicy();
  #stopTimer: () => void = () => undefined;

  constructor(parts: RepairParts) {
    this.#parts = parts;
  }

  /** Nothing is waited for any more. */
  stop(): void {
    this.#stopTimer();
  }

  connected(): void {
    this.#stopTimer();
    this.#policy.connected(this.#parts.environment.now());
  }

  networkChanged(): void {
    this.#policy.networkChanged();
  }

  /** Calls back after a while, unless something else is waited for meanwhile. */
  after(milliseconds: number, callback: () => void): void {
    this.#stopTimer();
    this.#stopTimer = this.#parts.environment.schedule(milliseconds, callback);
  }

  /** Asks for another session when it is time, or gives up. */
  askAgain(address: SessionAddress, bridgeSessionId: string | undefined): void {
    const { environment, log, request, gaveUp } = this.#parts;
    this.#stopTimer();
    const delay = this.#policy.failed(environment.now(), environment.random());
    if (delay === undefined) {
      gaveUp(
        new CallError(
          'media-failed',
          'Sound and picture do not get through to the meeting. Check the network (a firewall, a VPN), then join again.',
          'check-network',
        ),
      );
      return;
    }
    this.after(delay, () => {
      log('info', 'asking for another media session');
      this.awaitInvitation();
      // What counts is the invitation, not the answer; but who is not known is not invited.
      request(restartRequest(address, bridgeSessionId))?.catch((error: unknown) => {
        log('info', 'the focus refuses another media session for now', error);
        const unknown = error instanceof IqError && error.detail.condition === 'item-not-found';
        if (unknown && !this.#parts.working() && !this.#parts.hasSession()) {
          this.awaitInvitation(STRANGER_TIMEOUT_MS);
        }
      });
    });
  }

  /** Waits for an invitation, and not longer than that. */
  awaitInvitation(milliseconds = INVITE_TIMEOUT_MS): void {
    this.after(milliseconds, () => {
      if (!this.#parts.working()) {
        this.#parts.notInvited();
      }
    });
  }
}
