import {
  Call,
  type CallEvents,
  type CallOptions,
  type JoinTicket,
  type LocalMedia,
} from '../../src/index.ts';
import { FakeEnvironment } from './fake-environment.ts';
import { fakeTrack } from './fake-media.ts';
import { FakeServer, ticketAddresses } from './fake-server.ts';
import { settle, VirtualClock } from './virtual-clock.ts';

/** One client of a {@link Meeting}, with what it has heard. */
export interface Person {
  readonly call: Call;
  readonly environment: FakeEnvironment;
  readonly ticket: JoinTicket;
  readonly events: { readonly name: keyof CallEvents; readonly value: unknown }[];
  /** What came with the events of one kind, oldest first. */
  heard<K extends keyof CallEvents>(name: K): CallEvents[K][];
  readonly warnings: string[];
  readonly audio: MediaStreamTrack & { end(): void };
  readonly video: MediaStreamTrack & { end(): void };
}

const EVENTS: readonly (keyof CallEvents)[] = [
  'state',
  'participant-joined',
  'participant-left',
  'participant-changed',
  'source-added',
  'source-removed',
  'source-changed',
  'dominant-speaker',
  'forwarded-sources',
  'chat',
  'message',
  'muted-by',
  'ended',
  'error',
];

/** A server, a clock and any number of people: the stage of the tests. */
export class Meeting {
  readonly clock = new VirtualClock();
  readonly server = new FakeServer();
  #people = 0;

  /** Makes a client with a ticket. Ids are `aaaaaaa1`, `aaaaaaa2`, ... in the order of asking. */
  person(name: string, moderator = false, options: Partial<CallOptions> = {}): Person {
    const ticket = this.ticket(name, moderator);
    const environment = new FakeEnvironment(this.clock, this.server);
    const warnings: string[] = [];
    const call = new Call({
      ticket,
      environment,
      log: (level, message) => level === 'warn' && warnings.push(message),
      ...options,
    });
    const events: Person['events'] = [];
    EVENTS.forEach((event) => call.on(event, (value) => events.push({ name: event, value })));
    return {
      call,
      environment,
      ticket,
      events,
      warnings,
      heard: (event) => events.filter((e) => e.name === event).map((e) => e.value) as never,
      audio: fakeTrack('audio'),
      video: fakeTrack('video'),
    };
  }

  ticket(name: string, moderator = false): JoinTicket {
    const endpointId = `aaaaaaa${++this.#people}`;
    const node = `${endpointId}-0000-4000-8000-000000000000`;
    this.server.accounts.set(node, { password: `token of ${name}`, name, moderator });
    return {
      room: 'room',
      meetingName: 'A meeting',
      role: moderator ? 'owner' : 'guest',
      endpointId,
      displayName: name,
      expiresAt: new Date(this.clock.now() + 600_000).toISOString(),
      xmpp: ticketAddresses(node, `token of ${name}`),
      iceServers: [{ urls: ['stun:stun.test'] }],
    };
  }

  /** Makes a client and lets it in, with microphone and camera unless told otherwise. */
  async join(name: string, moderator = false, media?: LocalMedia): Promise<Person> {
    const person = this.person(name, moderator);
    await this.enter(person, media ?? { audio: person.audio, video: person.video });
    return person;
  }

  async enter(person: Person, media: LocalMedia = {}): Promise<void> {
    const joined = person.call.join(media);
    await settle();
    await joined;
    await settle();
  }
}

/** Names of the sources that somebody sees or hears, sorted. */
export function seen(person: Person): string[] {
  return sourcesOf(person, (track) => track !== undefined);
}

/** Names of the sources that somebody knows of and has no track for, sorted. */
export function heardOf(person: Person): string[] {
  return sourcesOf(person, (track) => track === undefined);
}

function sourcesOf(person: Person, which: (track: MediaStreamTrack | undefined) => boolean): string[] {
  return [...person.call.participants.values()]
    .flatMap(({ sources }) => sources.filter(({ track }) => which(track)).map(({ name }) => name))
    .sort();
}
