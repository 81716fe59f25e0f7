import type { Requests } from './requests.ts';
import type {
  AdminMeeting,
  AdminUser,
  AuditEvent,
  LiveConferences,
  Page,
  ShardState,
} from './admin-types.ts';

/** What administrators may see and do. Everything rejects with a Problem. */
export class Administration {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** @param page counts from 1 */
  users(query: string, page: number): Promise<Page & { readonly users: readonly AdminUser[] }> {
    return this.#requests.ask('GET', `admin/users?${search({ query, page })}`);
  }

  async changeUser(id: string, change: { administrator?: boolean; disabled?: boolean }): Promise<void> {
    await this.#requests.ask('PATCH', `admin/users/${encodeURIComponent(id)}`, change);
  }

  async deleteUser(id: string): Promise<void> {
    await this.#requests.ask('DELETE', `admin/users/${encodeURIComponent(id)}`);
  }

  meetings(query: string, page: number): Promise<Page & { readonly meetings: readonly AdminMeeting[] }> {
    return this.#requests.ask('GET', `admin/meetings?${search({ query, page })}`);
  }

  async deleteMeeting(id: string): Promise<void> {
    await this.#requests.ask('DELETE', `admin/meetings/${encodeURIComponent(id)}`);
  }

  conferences(): Promise<LiveConferences> {
    return this.#requests.ask('GET', 'admin/conferences');
  }

  async shards(): Promise<readonly ShardState[]> {
    return (await this.#requests.ask<{ shards: readonly ShardState[] }>('GET', 'admin/shards')).shards;
  }

  audit(page: number): Promise<Page & { readonly events: readonly AuditEvent[] }> {
    return this.#requests.ask('GET', `admin/audit?${search({ page })}`);
  }

  async rotateKeys(): Promise<void> {
    await this.#requests.ask('POST', 'admin/keys/rotation');
  }
}

function search(values: Readonly<Record<string, string | number>>): string {
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
}
