import { type XmlElement, xml } from '../../src/xmpp/element.ts';
import { resourceOf } from '../../src/xmpp/jid.ts';
import { NS } from '../../src/xmpp/namespaces.ts';
import { parseElement } from '../../src/xmpp/parse.ts';
import { serialize } from '../../src/xmpp/serialize.ts';
import { errorReply, resultReply } from '../../src/xmpp/stanza-error.ts';
import { FakeBridge } from './fake-bridge.ts';
import type { FakeNetwork } from './fake-environment.ts';
import { FakeFocus } from './fake-focus.ts';
import type { FakeWebSocket, ServerEnd } from './fake-web-socket.ts';

const DOMAIN = 'example.test';
const ROOM = `room@conference.${DOMAIN}`;

interface Session {
  socket: FakeWebSocket;
  readonly node: string;
  readonly jid: string;
  nick: string | undefined;
  presence: readonly XmlElement[];
  /** XEP-0198, when the client has enabled it: its id, stanzas received, stanzas sent and not confirmed. */
  management: { readonly id: string; received: number; confirmed: number; queue: string[] } | undefined;
}

/** What the server knows of an account: what a token would say. */
export interface Account {
  readonly password: string;
  readonly name: string;
  readonly moderator: boolean;
}

/**
 * One shard in one object: streams (RFC 7395), one room, its focus and a bridge's channels. It behaves; tests turn its
 * few knobs and look at what it has received.
 */
export class FakeServer implements FakeNetwork {
  readonly accounts = new Map<string, Account>();
  readonly bridge = new FakeBridge();
  readonly focus: FakeFocus;
  /** Everything that clients have sent, as text. */
  readonly received: { readonly node: string; readonly text: string }[] = [];
  /** Presence errors to answer the next joins with. */
  readonly refusals: XmlElement[] = [];
  /** How many conference requests are answered with "not yet". */
  notReady = 0;
  reachable = true;
  /** Takes everything and answers nothing. */
  silent = false;
  showsRealJids = true;
  /** False while the focus is not there: it left every room, and requests to it are answered by the server. */
  focusIsThere = true;
  /** Offers stream management. */
  resumes = false;
  readonly #sessions = new Set<Session>();
  #focusAwaited = false;

  constructor() {
    this.focus = new FakeFocus({
      iq: (nick, payload) => this.fromFocus(nick, payload),
      nicks: () => this.#inside().map(({ nick }) => nick ?? ''),
    });
  }

  accept(url: string, protocols: readonly string[], socket: FakeWebSocket): ServerEnd | undefined {
    if (url.startsWith('ws://bridge.test/')) {
      return this.bridge.accept(url, socket);
    }
    if (!this.reachable || protocols[0] !== 'xmpp' || !url.includes('room=room')) {
      return undefined;
    }
    let session: Session | undefined;
    let node: string | undefined;
    let opened = 0;
    const send = (text: string) => socket.deliver(text);
    const negotiate = (element: XmlElement) => {
      if (element.is('open', NS.framing)) {
        send(`<open xmlns="${NS.framing}" from="${DOMAIN}" id="${++opened}" version="1.0"/>`);
        const features = node
          ? `<bind xmlns="${NS.bind}"/>${this.resumes ? `<sm xmlns="${NS.streamManagement}"/>` : ''}`
          : `<mechanisms xmlns="${NS.sasl}"><mechanism>PLAIN</mechanism></mechanisms>`;
        send(`<stream:features xmlns:stream="${NS.stream}">${features}</stream:features>`);
      } else if (element.is('auth', NS.sasl)) {
        const [, name = '', password] = atob(element.text).split('\0');
        if (this.accounts.get(name)?.password === password) {
          node = name;
          send(`<success xmlns="${NS.sasl}"/>`);
        } else {
          send(`<failure xmlns="${NS.sasl}"><not-authorized/><text>Token expired</text></failure>`);
        }
      } else if (element.name === 'iq' && node) {
        const jid = `${node}@${DOMAIN}/${Math.random().toString(36).slice(2)}`;
        session = { socket, node, jid, nick: undefined, presence: [], management: undefined };
        this.#sessions.add(session);
        const bind = xml('bind', NS.bind, {}, xml('jid', NS.bind, {}, jid));
        send(serialize(resultReply(element, bind)));
      } else if (element.is('resume', NS.streamManagement)) {
        session = this.#resume(element, node, socket);
        if (!session) {
          send(`<failed xmlns="${NS.streamManagement}"><item-not-found xmlns="${NS.stanzas}"/></failed>`);
        }
      }
    };
    return {
      received: (text) => {
        const element = parseElement(text);
        this.received.push({ node: node ?? '', text });
        if (!element) {
          throw new Error(`the client sent something broken: ${text}`);
        }
        if (element.is('close', NS.framing)) {
          this.#gone(session);
          send('<close xmlns="urn:ietf:params:xml:ns:xmpp-framing" />');
        } else if (!this.silent) {
          if (session) {
            this.#stanza(session, element);
          } else {
            negotiate(element);
          }
        }
      },
      closed: () => {
        // With stream management a session outlives its socket.
        if (session?.socket === socket && !session.management) {
          this.#gone(session);
        }
      },
    };
  }

  /** Everything a client has sent that contains this. */
  sent(node: string, part: string): string[] {
    return this.received.filter((r) => r.node === node && r.text.includes(part)).map((r) => r.text);
  }

  /** Sends raw text to a client, by its nick. */
  raw(nick: string, text: string): void {
    const session = this.#byNick(nick);
    if (session) {
      this.#deliver(session, text);
    }
  }

  fromFocus(nick: string, payload: XmlElement): void {
    const iq = xml(
      'iq',
      NS.client,
      { type: 'set', id: `f${Math.random()}`, from: `${ROOM}/focus`, to: this.#byNick(nick)?.jid },
      payload,
    );
    this.raw(nick, serialize(iq));
  }

  /** The client's connection breaks; with `lingers` the server has not noticed. */
  cut(nick: string, lingers = false): void {
    const session = this.#byNick(nick);
    session?.socket.drop();
    if (!lingers) {
      this.#gone(session);
    }
  }

  /** The focus vanishes from the room. */
  loseFocus(): void {
    this.focusIsThere = false;
    const text = `<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/focus"><x xmlns="${NS.mucUser}"><item affiliation="owner" role="none"/></x></presence>`;
    this.#inside().forEach((session) => this.#deliver(session, text));
  }

  /** The process of the focus runs again; it enters when it is asked for the room. */
  startFocus(): void {
    this.focusIsThere = true;
    this.#focusAwaited = true;
  }

  /** Everybody is put out because the room service shuts down, and the sockets break. */
  shutDown(): void {
    for (const session of this.#inside()) {
      const { nick = '' } = session;
      this.raw(
        nick,
        `<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/${nick}"><x xmlns="${NS.mucUser}"><item affiliation="none" role="none"/><status code="110"/><status code="307"/><status code="332"/></x></presence>`,
      );
      session.nick = undefined;
      this.#sessions.delete(session);
    }
    this.focus.forget();
  }

  destroy(reason: string): void {
    for (const session of this.#inside()) {
      const { nick = '' } = session;
      this.raw(
        nick,
        `<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/${nick}"><x xmlns="${NS.mucUser}"><item affiliation="none" role="none"/><destroy><reason>${reason}</reason></destroy></x></presence>`,
      );
      session.nick = undefined;
    }
  }

  #deliver(session: Session, text: string): void {
    session.management?.queue.push(text);
    session.socket.deliver(text);
  }

  #resume(request: XmlElement, node: string | undefined, socket: FakeWebSocket): Session | undefined {
    const id = request.attribute('previd');
    const session = [...this.#sessions].find((s) => s.node === node && s.management?.id === id);
    const { management } = session ?? {};
    if (!session || !management) {
      return undefined;
    }
    session.socket = socket;
    management.queue.splice(0, Number(request.attribute('h')) - management.confirmed);
    management.confirmed = Number(request.attribute('h'));
    socket.deliver(
      `<resumed xmlns="${NS.streamManagement}" h="${management.received}" previd="${id ?? ''}"/>`,
    );
    management.queue.forEach((text) => socket.deliver(text));
    return session;
  }

  #stanza(session: Session, stanza: XmlElement): void {
    const { management } = session;
    if (stanza.is('enable', NS.streamManagement)) {
      const id = `resume-${session.jid}`;
      session.management = { id, received: 0, confirmed: 0, queue: [] };
      session.socket.deliver(`<enabled xmlns="${NS.streamManagement}" id="${id}" resume="true"/>`);
      return;
    }
    if (management && stanza.is('r', NS.streamManagement)) {
      session.socket.deliver(`<a xmlns="${NS.streamManagement}" h="${management.received}"/>`);
      return;
    }
    if (management) {
      management.received++;
    }
    const to = stanza.attribute('to') ?? DOMAIN;
    if (stanza.name === 'presence') {
      this.#presence(session, stanza, to);
    } else if (stanza.name === 'message') {
      this.#message(session, stanza, to);
    } else if (['get', 'set'].includes(stanza.attribute('type') ?? '')) {
      const reply = this.#iq(session, stanza, to);
      const answer = xml(
        'iq',
        NS.client,
        { ...Object.fromEntries(reply.attributes), from: to },
        ...reply.children,
      );
      this.#deliver(session, serialize(answer));
    }
  }

  #iq(session: Session, iq: XmlElement, to: string): XmlElement {
    const jingle = iq.child('jingle', NS.jingle);
    const account = this.accounts.get(session.node);
    if (iq.child('ping', NS.ping)) {
      return resultReply(iq);
    }
    if (iq.child('conference', NS.focus)) {
      if (!this.focusIsThere) {
        return errorReply(iq, 'cancel', 'service-unavailable');
      }
      if (this.#focusAwaited) {
        this.#focusAwaited = false;
        this.#inside().forEach((other) => this.#deliver(other, this.#focusPresence()));
        queueMicrotask(() => this.focus.update());
      }
      const ready = this.notReady-- <= 0;
      return resultReply(
        iq,
        xml('conference', NS.focus, { room: ROOM, ready: String(ready), focusjid: `focus@${DOMAIN}` }),
      );
    }
    if (jingle && to === `${ROOM}/focus` && !this.focusIsThere) {
      return errorReply(iq, 'cancel', 'item-not-found');
    }
    if (jingle && to === `${ROOM}/focus` && session.nick) {
      return this.focus.take(session.nick, jingle)
        ? resultReply(iq)
        : errorReply(iq, 'modify', 'bad-request');
    }
    const mute = iq.elements.find((element) => element.name === 'mute');
    if (mute && account?.moderator) {
      const order = xml('mute', mute.namespace, { actor: `${ROOM}/${session.nick ?? ''}` }, 'true');
      this.fromFocus(resourceOf(mute.attribute('jid') ?? ''), order);
      return resultReply(iq);
    }
    const item = iq.child('query', NS.mucAdmin)?.child('item');
    if (item && account?.moderator) {
      const nick = item.attribute('nick') ?? '';
      this.#gone(this.#byNick(nick), '<status code="307"/>', item.child('reason')?.text ?? '', session.nick);
      return resultReply(iq);
    }
    return errorReply(iq, 'cancel', 'service-unavailable');
  }

  #message(session: Session, message: XmlElement, to: string): void {
    if (to === `endconference.${DOMAIN}` && message.child('end_conference')) {
      if (this.accounts.get(session.node)?.moderator) {
        this.destroy('The meeting was ended by a moderator');
      }
    } else if (to === ROOM && session.nick) {
      const from = `${ROOM}/${session.nick}`;
      const relayed = xml(
        'message',
        NS.client,
        { ...Object.fromEntries(message.attributes), from },
        ...message.children,
      );
      this.#inside().forEach((other) => this.#deliver(other, serialize(relayed)));
    }
  }

  #presence(session: Session, presence: XmlElement, to: string): void {
    const nick = resourceOf(to);
    if (to === DOMAIN) {
      return;
    }
    if (presence.attribute('type') === 'unavailable') {
      this.#gone(session);
      return;
    }
    const refusal = presence.child('x', NS.muc) && this.refusals.shift();
    if (refusal) {
      const error = xml('presence', NS.client, { type: 'error', from: to }, refusal);
      this.#deliver(session, serialize(error));
      return;
    }
    const joining = session.nick === undefined;
    session.presence = presence.elements.filter((e) => !e.is('x', NS.muc) && !e.is('nick', NS.nick));
    if (joining) {
      this.#deliver(session, this.#focusPresence());
      this.#inside().forEach((other) => this.#deliver(session, this.#shown(other)));
    }
    session.nick = nick;
    this.#inside()
      .filter((other) => other !== session)
      .forEach((other) => this.#deliver(other, this.#shown(session)));
    this.#deliver(session, this.#shown(session, '110'));
    if (joining) {
      this.focus.update();
    }
  }

  #focusPresence(): string {
    const jid = this.showsRealJids ? ` jid="focus@${DOMAIN}/focus"` : '';
    const properties = this.focus.iceRestarts
      ? `<conference-properties xmlns="${NS.focus}"><property key="support-ice-restart" value="true"/></conference-properties>`
      : '';
    return `<presence xmlns="jabber:client" from="${ROOM}/focus">${properties}<x xmlns="${NS.mucUser}"><item affiliation="owner" role="moderator"${jid}/></x></presence>`;
  }

  #shown(session: Session, status?: string): string {
    const account = this.accounts.get(session.node);
    const role = account?.moderator ? 'moderator' : 'participant';
    return serialize(
      xml(
        'presence',
        NS.client,
        { from: `${ROOM}/${session.nick ?? ''}` },
        ...session.presence,
        xml('nick', NS.nick, {}, account?.name ?? ''),
        xml(
          'x',
          NS.mucUser,
          {},
          xml('item', NS.mucUser, { role, jid: session.jid }),
          status === undefined ? undefined : xml('status', NS.mucUser, { code: status }),
        ),
      ),
    );
  }

  #gone(session: Session | undefined, status = '', reason = '', actor?: string): void {
    if (!session?.nick) {
      return;
    }
    const { nick } = session;
    const why = actor ? `<actor nick="${actor}"/><reason>${reason}</reason>` : '';
    const text = `<presence xmlns="jabber:client" type="unavailable" from="${ROOM}/${nick}"><x xmlns="${NS.mucUser}"><item role="none">${why}</item>${status}</x></presence>`;
    this.#inside().forEach((other) => this.#deliver(other, text));
    session.nick = undefined;
    this.#sessions.delete(session);
    this.focus.left(nick);
  }

  #inside(): Session[] {
    return [...this.#sessions].filter(({ nick }) => nick !== undefined);
  }

  #byNick(nick: string): Session | undefined {
    return [...this.#sessions].find((session) => session.nick === nick);
  }
}

/** The address parts of a ticket for this server. */
export function ticketAddresses(node: string, password: string) {
  return {
    webSocketUrl: `ws://xmpp.test/ws/`,
    domain: DOMAIN,
    jid: `${node}@${DOMAIN}`,
    password,
    roomJid: ROOM,
    focusJid: `focus@${DOMAIN}/focus`,
    endConferenceJid: `endconference.${DOMAIN}`,
  };
}
