import type { AdminUser, AuditEvent, ShardState } from '../src/api/admin-types.ts';
import { answer } from './fake-answer.ts';

const users: readonly AdminUser[] = [
  user('7d1f', 'Olga Petrova', true, false),
  user('m1', 'Jonas Lindqvist', false, false),
  user('m2', 'Mei Tanaka', true, false),
  user('m3', 'Bartholomäus Freiherr von Hohenstaufen-Schwanenburg', false, true),
  { ...user('m4', 'Ravi Menon', false, false), lastSignInAt: null },
];

function user(id: string, name: string, administrator: boolean, disabled: boolean): AdminUser {
  return {
    id,
    name,
    email: `${(name.split(' ')[0] ?? '').toLowerCase()}@example.org`,
    administrator,
    disabled,
    createdAt: '2026-10-02T09:00:00Z',
    lastSignInAt: '2026-11-20T08:15:00Z',
  };
}

const shards: readonly ShardState[] = [
  {
    id: 'shard-1',
    region: 'region-1',
    healthy: true,
    reason: '',
    conferences: 3,
    bridges: [
      {
        id: 'bridge-1',
        region: 'region-1',
        version: '0.1.0',
        stress: 0.42,
        healthy: true,
        draining: false,
        conferences: 2,
        endpoints: 17,
      },
      {
        id: 'bridge-2',
        region: 'region-2',
        version: '0.1.0',
        stress: 0.91,
        healthy: true,
        draining: true,
        conferences: 1,
        endpoints: 48,
      },
    ],
  },
  {
    id: 'shard-2',
    region: 'region-2',
    healthy: false,
    reason: 'The focus is connected, but no healthy bridge has registered.',
    conferences: 0,
    bridges: [],
  },
];

const events: readonly AuditEvent[] = [
  { at: '2026-11-21T10:00:00Z', kind: 'key-rotated', actorId: '7d1f', detail: 'TrJtH_W23jhNG_cX1o' },
  {
    at: '2026-11-21T09:12:00Z',
    kind: 'administrator-granted',
    accountId: '0e4f4f1e-3a8f-4c55-9d0c-64f2be3ae2f1',
    actorId: '7d1f39bb-55b5-4b8a-a7fa-3aa4fd5d4c7e',
    address: '192.0.2.0/24',
  },
  {
    at: '2026-11-21T08:00:00Z',
    kind: 'sign-in-failed',
    accountId: '0e4f4f1e-3a8f-4c55-9d0c-64f2be3ae2f1',
    address: '2001:db8::/48',
  },
];

/** Answers what administrators ask, from memory. */
export function administration(place: string, query: URLSearchParams): Promise<Response> {
  const page = { page: Number(query.get('page') ?? '1'), pages: 3 };
  const wanted = (query.get('query') ?? '').toLowerCase();
  switch (place) {
    case 'admin/users': {
      const found = users.filter(({ name }) => name.toLowerCase().includes(wanted));
      return answer(200, { users: found, ...page, pages: wanted === '' ? 3 : 1, total: found.length });
    }
    case 'admin/meetings':
      return answer(200, {
        meetings: ['Weekly planning', 'Choir practice'].map((name, index) => ({
          id: String(index),
          room: ['kqzm-vhat-wpbe', 'ozpd-xlvi-cqre'][index],
          name,
          createdAt: '2026-11-02T09:00:00Z',
          owner: users[index],
        })),
        ...page,
        total: 2,
      });
    case 'admin/conferences':
      return answer(200, {
        conferences: [
          {
            shard: 'shard-1',
            room: 'kqzm-vhat-wpbe',
            name: 'Weekly planning',
            meetingId: 'a',
            participants: 3,
            createdAt: '2026-11-21T09:58:00Z',
            bridges: ['bridge-1'],
          },
          {
            shard: 'shard-1',
            room: 'ozpd-xlvi-cqre',
            name: null,
            meetingId: 'b',
            participants: 1,
            createdAt: '2026-11-21T09:59:00Z',
            bridges: [],
          },
        ],
        silent: ['shard-2'],
      });
    case 'admin/shards':
      return answer(200, { shards });
    default:
      return answer(200, { events, ...page, total: events.length });
  }
}
