import type { JoinTicket } from '@video-window/client';
import type { Account, Meeting, Person } from '../src/api/types.ts';
import { administration } from './fake-administration.ts';
import { answer } from './fake-answer.ts';

export const account: Account = {
  id: '7d1f',
  email: 'olga@example.org',
  name: 'Olga Petrova',
  emailVerified: false,
  administrator: false,
  hasPassword: true,
};

export const ticket: JoinTicket = {
  room: 'kqzm-vhat-wpbe',
  meetingName: 'Weekly planning',
  role: 'owner',
  endpointId: '0fa1b2c3',
  displayName: account.name,
  expiresAt: '2030-01-01T00:00:00Z',
  xmpp: {
    webSocketUrl: 'ws://localhost/ws/',
    domain: 'meet.example',
    jid: 'somebody@meet.example',
    password: 'none',
    roomJid: 'kqzm-vhat-wpbe@conference.meet.example',
    focusJid: 'focus@meet.example/focus',
    endConferenceJid: 'endconference.meet.example',
  },
  iceServers: [],
};

export const meetings: readonly Meeting[] = [
  meeting('1', 'Weekly planning', 'kqzm-vhat-wpbe', 'owner', true, 2),
  meeting('2', 'Parents’ evening, class 4b', 'ufxn-rmce-ydol', 'owner', true, 0),
  meeting('3', 'Interviews', 'bwsa-jtge-hnku', 'owner', false, 1),
  meeting('4', 'Choir practice', 'ozpd-xlvi-cqre', 'moderator', true, 1),
];

function meeting(
  id: string,
  name: string,
  room: string,
  role: Meeting['role'],
  guestsAllowed: boolean,
  moderators: number,
): Meeting {
  const all: Person[] = [
    { id: 'm1', email: 'jonas@example.org', name: 'Jonas Lindqvist' },
    { id: 'm2', email: 'mei@example.org', name: 'Mei Tanaka' },
  ];
  return {
    id,
    name,
    room,
    role,
    guestsAllowed,
    link: `https://meet.example.org/j/${room}`,
    createdAt: '2026-11-02T09:00:00Z',
    moderators: all.slice(0, moderators),
  };
}

export interface PortalStory {
  readonly signedIn: boolean;
  readonly empty: boolean;
  readonly guestsAllowed: boolean;
  /** Answers every request but the session's with this problem. */
  readonly problem: string | undefined;
  /** There is a refresh cookie, and it is good no more. */
  readonly ended?: boolean;
  /** Without mail, other services and sign-up. */
  readonly bare?: boolean;
  readonly administrator?: boolean;
}

/** Answers as the portal would, from memory. */
export function fakeFetch(story: PortalStory): typeof fetch {
  let all = story.empty ? [] : meetings;
  return (input, init) => {
    const path = (input as string).replace('/api/v1/', '');
    const method = init?.method ?? 'GET';
    const [place = '', query = ''] = path.split('?');
    if (place === 'session' && method === 'GET') {
      return answer(200, {
        account:
          story.signedIn && story.ended !== true
            ? { ...account, administrator: story.administrator === true }
            : null,
        refreshable: story.ended === true,
        features:
          story.bare === true
            ? { mail: false, oidc: [], signUp: false }
            : { mail: true, oidc: [{ id: 'campus', name: 'Campus login' }], signUp: true },
      });
    }
    if (place === 'session/refresh') {
      return answer(401, { code: 'session-ended' });
    }
    if (story.problem !== undefined) {
      return answer(story.problem === 'no-such-meeting' ? 404 : 503, { code: story.problem });
    }
    if (place.startsWith('admin/')) {
      return method === 'GET' ? administration(place, new URLSearchParams(query)) : answer(204, undefined);
    }
    switch (`${method} ${place.split('/')[0] ?? ''}`) {
      case 'GET meetings':
        return answer(200, { meetings: all });
      case 'POST meetings': {
        const { name } = JSON.parse(init?.body as string) as { name: string };
        const made = meeting(`n${all.length}`, name, 'nabc-defg-hijk', 'owner', true, 0);
        all = [made, ...all];
        return answer(201, made);
      }
      case 'GET rooms':
        return answer(200, {
          room: ticket.room,
          name: ticket.meetingName,
          guestsAllowed: story.guestsAllowed,
        });
      case 'POST rooms':
        return answer(201, story.signedIn ? ticket : { ...ticket, role: 'guest', displayName: 'Gina' });
      case 'PATCH account':
        return answer(200, { account: { ...account, ...(JSON.parse(init?.body as string) as object) } });
      case 'DELETE account':
        return answer(403, { code: 'wrong-password' });
      case 'GET account':
        return answer(200, { account, meetings: all });
      case 'PUT password-resets':
      case 'POST email-verifications':
        return place.endsWith('/old') ? answer(410, { code: 'link-expired' }) : answer(204, undefined);
      case 'GET connection-test':
        return answer(200, {
          webSocketUrl: 'wss://meet.example.org/xmpp-websocket',
          domain: 'meet.example.org',
          iceServers: [
            { urls: ['stun:meet.example.org:3478'] },
            {
              urls: [
                'turn:meet.example.org:3478?transport=udp',
                'turn:meet.example.org:3478?transport=tcp',
                'turns:turn.meet.example.org:443?transport=tcp',
              ],
              username: 'somebody',
              credential: 'none',
            },
          ],
        });
      case 'POST session':
        return answer(401, { code: 'wrong-credentials' });
      case 'POST accounts':
        return answer(422, {
          code: 'invalid',
          errors: [{ field: 'password', message: 'A password needs at least 10 characters.' }],
        });
      default:
        return answer(204, undefined);
    }
  };
}
