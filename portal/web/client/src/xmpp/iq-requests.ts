import { XmlElement } from './element.ts';
import { readStanzaError, type StanzaError } from './stanza-error.ts';

/** The answer to an IQ was an error, or there was none (`condition` is then `remote-server-timeout`). */
export class IqError extends Error {
  override readonly name = 'IqError';
  readonly detail: StanzaError;

  constructor(detail: StanzaError) {
    super(detail.text ?? detail.condition);
    this.detail = detail;
  }
}

interface Pending {
  readonly to: string | undefined;
  readonly resolve: (reply: XmlElement) => void;
  readonly reject: (error: IqError) => void;
  readonly stopTimer: () => void;
}

/**
 * The requests of ours that wait for their answer (RFC 6120, section 8.2.3), by id. Owned by the connection.
 * An answer counts only when it comes from where the request went.
 */
export class IqRequests {
  readonly #schedule: (milliseconds: number, callback: () => void) => () => void;
  readonly #pending = new Map<string, Pending>();

  constructor(schedule: (milliseconds: number, callback: () => void) => () => void) {
    this.#schedule = schedule;
  }

  /** Waits for the answer to the request of that id. */
  wait(id: string, to: string | undefined, timeoutMilliseconds: number): Promise<XmlElement> {
    return new Promise((resolve, reject) => {
      const stopTimer = this.#schedule(timeoutMilliseconds, () =>
        this.#fail(id, 'remote-server-timeout', 'no answer'),
      );
      this.#pending.set(id, { to, resolve, reject, stopTimer });
    });
  }

  /** Takes an IQ of type result or error; false when nobody waits for it. */
  settle(reply: XmlElement): boolean {
    const id = reply.attribute('id') ?? '';
    const pending = this.#pending.get(id);
    const from = reply.attribute('from');
    if (!pending || (from !== undefined && pending.to !== undefined && from !== pending.to)) {
      return false;
    }
    this.#pending.delete(id);
    pending.stopTimer();
    if (reply.attribute('type') === 'result') {
      pending.resolve(reply);
    } else {
      pending.reject(new IqError(readStanzaError(reply)));
    }
    return true;
  }

  /** Gives up on all of them: the connection has gone. */
  failAll(): void {
    for (const id of [...this.#pending.keys()]) {
      this.#fail(id, 'recipient-unavailable', 'the connection was lost');
    }
  }

  #fail(id: string, condition: string, text: string): void {
    const pending = this.#pending.get(id);
    if (pending) {
      this.#pending.delete(id);
      pending.stopTimer();
      pending.reject(new IqError({ type: 'wait', condition, text, specific: undefined }));
    }
  }
}
