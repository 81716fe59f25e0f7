import type { JoinTicket } from '@video-window/client';
import type { Account, Meeting } from '../src/api/types.ts';

export const account: Account = { id: '7d1f', email: 'olga@example.org', name: 'Olga Petrova' };

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
  const all: Account[] = [
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
}

/** Answers as the portal would, from memory. */
export function fakeFetch(story: PortalStory): typeof fetch {
  let all = story.empty ? [] : meetings;
  return (input, init) => {
    const path = (input as string).replace('/api/v1/', '');
    const method = init?.method ?? 'GET';
    if (path === 'session' && method === 'GET') {
      return answer(200, { account: story.signedIn ? account : null });
    }
    if (story.problem !== undefined) {
      return answer(story.problem === 'no-such-meeting' ? 404 : 503, { code: story.problem });
    }
    switch (`${method} ${path.split('/')[0] ?? ''}`) {
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

function answer(status: number, body: unknown): Promise<Response> {
  return Promise.resolve(new Response(body === undefined ? null : JSON.stringify(body), { status }));
}
