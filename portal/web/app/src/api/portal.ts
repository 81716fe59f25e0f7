import type { JoinTicket } from '@video-window/client';
import { Administration } from './administration.ts';
import { Problem } from './problem.ts';
import { Requests } from './requests.ts';
import type { Account, ConnectionTestData, Features, Meeting, Room, Visitor } from './types.ts';

interface SessionAnswer {
  readonly account: Account | null;
  readonly refreshable?: boolean;
  readonly features?: Partial<Features>;
}

/** The portal's API, one method for each call. Everything rejects with a {@link Problem}. */
export class Portal {
  /** What only administrators may ask. */
  readonly administration: Administration;
  readonly #requests: Requests;

  constructor(
    fetcher: typeof fetch = (...request) => fetch(...request),
    cookies: () => string = () => document.cookie,
    locks: LockManager | null = (navigator as { locks?: LockManager | null }).locks ?? null,
  ) {
    this.#requests = new Requests(fetcher, cookies, locks);
    this.administration = new Administration(this.#requests);
  }

  /** Who is told when the session is over though nobody has signed out here; the result ends that. */
  onSessionEnded(listener: () => void): () => void {
    return this.#requests.onSessionEnded(listener);
  }

  /** Who is here; a session whose access token has run out is renewed first. */
  async session(): Promise<Visitor> {
    let answer = await this.#requests.ask<SessionAnswer>('GET', 'session');
    let ended = false;
    if (answer.account === null && answer.refreshable === true) {
      try {
        await this.#requests.renew();
        answer = await this.#requests.ask<SessionAnswer>('GET', 'session');
      } catch (failure) {
        if (!(failure instanceof Problem && failure.code === 'session-ended')) {
          throw failure;
        }
        ended = true;
      }
    }
    this.#requests.signedIn = answer.account !== null;
    return {
      account: answer.account ?? undefined,
      ended,
      features: { mail: false, oidc: [], signUp: true, ...answer.features },
    };
  }

  signUp(email: string, password: string, name: string): Promise<Account> {
    return this.#enter('accounts', { email, password, name });
  }

  signIn(email: string, password: string): Promise<Account> {
    return this.#enter('session', { email, password });
  }

  async signOut(): Promise<void> {
    await this.#requests.ask('DELETE', 'session');
    this.#requests.signedIn = false;
  }

  /** Ends every session of the account, this one too. */
  async signOutEverywhere(): Promise<void> {
    await this.#requests.ask('DELETE', 'sessions');
    this.#requests.signedIn = false;
  }

  async changeAccount(change: { name?: string; email?: string; password?: string }): Promise<Account> {
    return (await this.#requests.ask<{ account: Account }>('PATCH', 'account', change)).account;
  }

  async changePassword(password: string, newPassword: string): Promise<void> {
    await this.#requests.ask('PUT', 'account/password', { password, newPassword });
  }

  /** All that is kept about the account, for the person it belongs to. */
  accountData(): Promise<unknown> {
    return this.#requests.ask('GET', 'account/data');
  }

  async deleteAccount(password: string): Promise<void> {
    await this.#requests.ask('DELETE', 'account', { password });
    this.#requests.signedIn = false;
  }

  /** Sends the mail with the link again. */
  async sendVerification(): Promise<void> {
    await this.#requests.ask('POST', 'email-verifications');
  }

  async verifyEmail(token: string): Promise<void> {
    await this.#requests.ask('POST', `email-verifications/${encodeURIComponent(token)}`);
  }

  async sendPasswordReset(email: string): Promise<void> {
    await this.#requests.ask('POST', 'password-resets', { email });
  }

  async resetPassword(token: string, password: string): Promise<void> {
    await this.#requests.ask('PUT', `password-resets/${encodeURIComponent(token)}`, { password });
  }

  async meetings(): Promise<readonly Meeting[]> {
    return (await this.#requests.ask<{ meetings: readonly Meeting[] }>('GET', 'meetings')).meetings;
  }

  createMeeting(name: string): Promise<Meeting> {
    return this.#requests.ask('POST', 'meetings', { name });
  }

  changeMeeting(id: string, change: { name?: string; guestsAllowed?: boolean }): Promise<Meeting> {
    return this.#requests.ask('PATCH', `meetings/${encodeURIComponent(id)}`, change);
  }

  async deleteMeeting(id: string): Promise<void> {
    await this.#requests.ask('DELETE', `meetings/${encodeURIComponent(id)}`);
  }

  /** @param who an account's id or e-mail address */
  addModerator(id: string, who: string): Promise<Meeting> {
    return this.#requests.ask(
      'PUT',
      `meetings/${encodeURIComponent(id)}/moderators/${encodeURIComponent(who)}`,
    );
  }

  async removeModerator(id: string, who: string): Promise<void> {
    await this.#requests.ask(
      'DELETE',
      `meetings/${encodeURIComponent(id)}/moderators/${encodeURIComponent(who)}`,
    );
  }

  room(room: string): Promise<Room> {
    return this.#requests.ask('GET', `rooms/${encodeURIComponent(room)}`);
  }

  /** @param name what a guest wants to be called; nothing when signed in */
  ticket(room: string, name?: string): Promise<JoinTicket> {
    const path = `rooms/${encodeURIComponent(room)}/tickets`;
    return name === undefined
      ? // Whose access token has run out is a guest without a name to the portal.
        this.#requests.ask('POST', path, {}, ['guests-not-allowed', 'invalid'])
      : this.#requests.ask('POST', path, { name });
  }

  /**
   * A ticket for somebody who is in the call already. A session that has ended meanwhile must not throw them out: where
   * guests are admitted, they stay as one.
   */
  async ticketToStay(room: string, present: JoinTicket, name?: string): Promise<JoinTicket> {
    try {
      return await this.ticket(room, name);
    } catch (failure) {
      if (name === undefined && failure instanceof Problem && failure.status === 401) {
        return this.ticket(room, present.displayName);
      }
      throw failure;
    }
  }

  connectionTest(): Promise<ConnectionTestData> {
    return this.#requests.ask('GET', 'connection-test');
  }

  async #enter(path: 'accounts' | 'session', body: unknown): Promise<Account> {
    const { account } = await this.#requests.ask<{ account: Account }>('POST', path, body);
    this.#requests.signedIn = true;
    return account;
  }
}
