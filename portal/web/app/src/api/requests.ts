import { Problem, problemFrom } from './problem.ts';
import { Renewal } from './renewal.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Refusals that an access token brings about which has run out: the cookie is gone with it, or the portal says so. */
const tokenHasRunOut: ReadonlySet<string> = new Set(['access-expired', 'sign-in-required']);

/**
 * Sends the requests of one page to the portal: with the CSRF token, and with a session that is renewed behind the
 * scenes. Everything rejects with a {@link Problem}.
 */
export class Requests {
  readonly #fetch: typeof fetch;
  readonly #cookies: () => string;
  readonly #renewal: Renewal;
  /** Whether there is an account behind the requests, as far as we know. */
  #signedIn = false;
  #ended: () => void = () => undefined;

  constructor(fetcher: typeof fetch, cookies: () => string, locks: LockManager | null) {
    this.#fetch = fetcher;
    this.#cookies = cookies;
    this.#renewal = new Renewal({
      renew: () => this.#once('POST', 'session/refresh', undefined),
      renewedElsewhere: async () =>
        (await this.#once<{ account: unknown }>('GET', 'session', undefined)).account !== null,
      locks,
    });
  }

  get signedIn(): boolean {
    return this.#signedIn;
  }

  set signedIn(signedIn: boolean) {
    this.#signedIn = signedIn;
  }

  /** Who is told when the session is over though nobody has signed out here; the result ends that. */
  onSessionEnded(listener: () => void): () => void {
    this.#ended = listener;
    return () => {
      this.#ended = () => undefined;
    };
  }

  /**
   * @param alsoRunOut further refusals that may only mean that the portal has not recognised us
   */
  async ask<Answer>(
    method: Method,
    path: string,
    body?: unknown,
    alsoRunOut: readonly string[] = [],
  ): Promise<Answer> {
    try {
      return await this.#once<Answer>(method, path, body);
    } catch (failure) {
      const runOut =
        failure instanceof Problem &&
        this.#signedIn &&
        (tokenHasRunOut.has(failure.code) || alsoRunOut.includes(failure.code));
      if (!runOut) {
        throw failure;
      }
      await this.renew();
      return this.#once<Answer>(method, path, body);
    }
  }

  /** Gets a new access token. A session that is over is told to {@link onSessionEnded} and rejects as `session-ended`. */
  async renew(): Promise<void> {
    try {
      await this.#renewal.renew();
      this.#signedIn = true;
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) {
        if (this.#signedIn) {
          this.#signedIn = false;
          this.#ended();
        }
        throw new Problem('session-ended', 401, failure.message);
      }
      throw failure;
    }
  }

  async #once<Answer>(method: Method, path: string, body: unknown, again = true): Promise<Answer> {
    if (method !== 'GET' && this.#csrfToken() === undefined) {
      await this.#once('GET', 'session', undefined);
    }
    const response = await this.#send(method, path, body);
    if (response.ok) {
      return (
        response.status === 204 || response.status === 202 ? undefined : await readJson(response)
      ) as Answer;
    }
    const problem = problemFrom(response.status, await readJson(response).catch(() => undefined));
    if (problem.code === 'csrf' && again) {
      // The token belonged to a session that is over: fetch the new one and try once more.
      await this.#once('GET', 'session', undefined);
      return this.#once(method, path, body, false);
    }
    throw problem;
  }

  async #send(method: Method, path: string, body: unknown): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json, application/problem+json' };
    const token = this.#csrfToken();
    if (method !== 'GET' && token !== undefined) {
      headers['X-XSRF-TOKEN'] = token;
    }
    if (body !== undefined) {
      headers['Content-Type'] = 'application/json';
    }
    try {
      return await this.#fetch(`/api/v1/${path}`, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch {
      throw new Problem('unreachable', 0, '');
    }
  }

  #csrfToken(): string | undefined {
    const cookie = this.#cookies()
      .split('; ')
      .find((entry) => entry.startsWith('XSRF-TOKEN='));
    const value = cookie?.slice('XSRF-TOKEN='.length);
    return value === undefined || value === '' ? undefined : decodeURIComponent(value);
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new Problem('unreadable', response.status, '');
  }
}
