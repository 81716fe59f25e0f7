import type { JoinTicket } from '@video-window/client';
import { Problem, problemFrom } from './problem.ts';
import type { Account, Meeting, Room } from './types.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The portal's API, one method for each call. Everything rejects with a {@link Problem}. */
export class Portal {
  readonly #fetch: typeof fetch;
  readonly #cookies: () => string;

  constructor(
    fetcher: typeof fetch = (...request) => fetch(...request),
    cookies: () => string = () => document.cookie,
  ) {
    this.#fetch = fetcher;
    this.#cookies = cookies;
  }

  async session(): Promise<Account | undefined> {
    const { account } = await this.#ask<{ account: Account | null }>('GET', 'session');
    return account ?? undefined;
  }

  async signUp(email: string, password: string, name: string): Promise<Account> {
    return (await this.#ask<{ account: Account }>('POST', 'accounts', { email, password, name })).account;
  }

  async signIn(email: string, password: string): Promise<Account> {
    return (await this.#ask<{ account: Account }>('POST', 'session', { email, password })).account;
  }

  async signOut(): Promise<void> {
    await this.#ask('DELETE', 'session');
  }

  async meetings(): Promise<readonly Meeting[]> {
    return (await this.#ask<{ meetings: readonly Meeting[] }>('GET', 'meetings')).meetings;
  }

  createMeeting(name: string): Promise<Meeting> {
    return this.#ask('POST', 'meetings', { name });
  }

  changeMeeting(id: string, change: { name?: string; guestsAllowed?: boolean }): Promise<Meeting> {
    return this.#ask('PATCH', `meetings/${encodeURIComponent(id)}`, change);
  }

  async deleteMeeting(id: string): Promise<void> {
    await this.#ask('DELETE', `meetings/${encodeURIComponent(id)}`);
  }

  /** @param who an account's id or e-mail address */
  addModerator(id: string, who: string): Promise<Meeting> {
    return this.#ask('PUT', `meetings/${encodeURIComponent(id)}/moderators/${encodeURIComponent(who)}`);
  }

  async removeModerator(id: string, who: string): Promise<void> {
    await this.#ask('DELETE', `meetings/${encodeURIComponent(id)}/moderators/${encodeURIComponent(who)}`);
  }

  room(room: string): Promise<Room> {
    return this.#ask('GET', `rooms/${encodeURIComponent(room)}`);
  }

  /** @param name what a guest wants to be called; nothing when signed in */
  ticket(room: string, name?: string): Promise<JoinTicket> {
    return this.#ask('POST', `rooms/${encodeURIComponent(room)}/tickets`, name === undefined ? {} : { name });
  }

  async #ask<Answer>(method: Method, path: string, body?: unknown, again = true): Promise<Answer> {
    if (method !== 'GET' && this.#csrfToken() === undefined) {
      await this.#ask('GET', 'session');
    }
    const response = await this.#send(method, path, body);
    if (response.ok) {
      return (response.status === 204 ? undefined : await readJson(response)) as Answer;
    }
    const problem = problemFrom(response.status, await readJson(response).catch(() => undefined));
    if (problem.code === 'csrf' && again) {
      // The token belonged to a session that is over: fetch the new one and try once more.
      await this.#ask('GET', 'session');
      return this.#ask(method, path, body, false);
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
