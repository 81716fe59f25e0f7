import { type XmlElement, xml } from '../../src/xmpp/element.ts';
import { NS } from '../../src/xmpp/namespaces.ts';
import { parseElement } from '../../src/xmpp/parse.ts';

/** A source as a client announced it. */
interface Announced {
  readonly name: string;
  readonly kind: string;
  readonly videoType: string | undefined;
  readonly msid: string;
  /** Of a source in several encodings all of them; receivers are told the first and its retransmission. */
  readonly ssrcs: number[];
  readonly rids: string[];
}

/** How the focus reaches clients. */
export interface FocusPorts {
  /** Sends an IQ from the occupant JID of the focus. */
  iq(nick: string, payload: XmlElement): void;
  /** Everybody in the room but the focus. */
  nicks(): readonly string[];
}

/** The focus of one conference: offers, passes sources on, invites again. */
export class FakeFocus {
  /** Requests for another session, as (nick, bridge session id). */
  readonly restarts: [string, string | undefined][] = [];
  /** Sources as they were announced, by nick. */
  readonly sources = new Map<string, Announced[]>();
  /** Session ids by nick. */
  readonly sessions = new Map<string, string>();
  /** Who is told of nobody's sources, because the bridge does it. */
  readonly mapped = new Set<string>();
  inviting = true;
  refuseSources = false;
  /** What the focus does about ICE restarts: nothing that it tells of, its part, or taking the request and no more. */
  iceRestarts: undefined | 'done' | 'lost' | 'refused';
  /** Credentials that clients have answered with, as (nick, generation, ufrag). */
  readonly newTransports: [string, string | undefined, string | undefined][] = [];
  #count = 0;
  #generation = 0;
  readonly #ports: FocusPorts;

  constructor(ports: FocusPorts) {
    this.#ports = ports;
  }

  /** Somebody has come: with two there is something to connect. */
  update(): void {
    const nicks = this.#ports.nicks();
    if (this.inviting && nicks.length >= 2) {
      nicks.filter((nick) => !this.sessions.has(nick)).forEach((nick) => this.invite(nick));
    }
  }

  invite(nick: string): void {
    const sid = `sid${++this.#count}`;
    this.sessions.set(nick, sid);
    const others = [...this.sources].filter(([owner]) => owner !== nick && !this.mapped.has(nick));
    this.#ports.iq(nick, offer(sid, nick, `bridge-session-${this.#count}`, compact(others)));
  }

  terminate(nick: string): void {
    const sid = this.sessions.get(nick);
    this.sessions.delete(nick);
    this.sources.delete(nick);
    this.#ports.iq(
      nick,
      xml(
        'jingle',
        NS.jingle,
        { action: 'session-terminate', sid },
        xml('reason', NS.jingle, {}, xml('success', NS.jingle)),
      ),
    );
  }

  /** The process ended and was started again: it knows of no session. */
  forget(): void {
    this.sessions.clear();
    this.sources.clear();
  }

  left(nick: string): void {
    this.sessions.delete(nick);
    this.sources.delete(nick);
  }

  /** Takes a Jingle IQ of a client; false for "answer with an error". */
  take(nick: string, jingle: XmlElement): boolean {
    if (jingle.attribute('sid') !== this.sessions.get(nick)) {
      return false;
    }
    switch (jingle.attribute('action')) {
      case 'session-accept':
        this.#add(nick, readAnnounced(jingle));
        return true;
      case 'source-add':
        if (this.refuseSources) {
          return false;
        }
        this.#add(nick, readAnnounced(jingle));
        return true;
      case 'source-remove':
        this.#remove(nick, readAnnounced(jingle));
        return true;
      case 'session-terminate': {
        this.left(nick);
        const bridgeSession = jingle.child('bridge-session', NS.focus);
        if (bridgeSession?.attribute('restart') === 'true') {
          this.restarts.push([nick, bridgeSession.attribute('id')]);
          this.update();
        }
        return true;
      }
      case 'session-info':
        return this.#restartIce(nick, jingle);
      case 'transport-info': {
        const transport = jingle.child('content')?.child('transport', NS.iceUdp);
        this.newTransports.push([
          nick,
          transport?.attribute('ice-generation'),
          transport?.attribute('ufrag'),
        ]);
        return true;
      }
      default:
        return true;
    }
  }

  #restartIce(nick: string, jingle: XmlElement): boolean {
    const asked = jingle.child('bridge-session', NS.focus)?.attribute('ice-restart') === 'true';
    if (!asked || this.iceRestarts === undefined || this.iceRestarts === 'refused') {
      return false;
    }
    if (this.iceRestarts === 'done') {
      this.sendTransport(nick, ++this.#generation);
    }
    return true;
  }

  /** New credentials of the bridge. */
  sendTransport(nick: string, generation: number): void {
    const transport =
      parseElement(`<transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ice-generation="${generation}" ufrag="new${generation}" pwd="newpwdnewpwdnewpwdnewpwd">
      <fingerprint xmlns="urn:xmpp:jingle:apps:dtls:0" hash="sha-256" setup="actpass">3C:C5:0B:A1:2B:C3:30:82:70:48:5E:BD:CF:8D:87:24:3E:D4:3A:9A:8B:6D:2E:B9:E4:F2:0C:4D:98:37:6B:60</fingerprint>
      <candidate generation="0" ip="127.0.0.1" type="host" id="x" protocol="udp" component="1" foundation="1" priority="2130706431" port="10000"/>
      <candidate generation="0" ip="127.0.0.1" type="host" id="y" protocol="ssltcp" tcptype="passive" component="1" foundation="2" priority="1518280447" port="4443"/>
    </transport>`);
    const content = xml('content', NS.jingle, { creator: 'initiator', name: 'audio' }, transport);
    this.#ports.iq(
      nick,
      xml('jingle', NS.jingle, { action: 'transport-info', sid: this.sessions.get(nick) }, content),
    );
  }

  #add(nick: string, added: Announced[]): void {
    this.sources.set(nick, [...(this.sources.get(nick) ?? []), ...added]);
    this.#tell(nick, 'source-add', added);
  }

  #remove(nick: string, removed: Announced[]): void {
    const names = new Set(removed.map(({ name }) => name));
    const kept = (this.sources.get(nick) ?? []).filter(({ name }) => !names.has(name));
    this.sources.set(nick, kept);
    this.#tell(nick, 'source-remove', removed);
  }

  #tell(owner: string, action: string, changed: Announced[]): void {
    for (const [nick, sid] of this.sessions) {
      if (nick !== owner && !this.mapped.has(nick) && changed.length > 0) {
        const json = xml('json-message', NS.jitmeet, {}, compact([[owner, changed]]));
        this.#ports.iq(nick, xml('jingle', NS.jingle, { action, sid }, json));
      }
    }
  }
}

function readAnnounced(jingle: XmlElement): Announced[] {
  const found = new Map<string, Announced>();
  for (const content of jingle.childrenNamed('content')) {
    const description = content.child('description', NS.rtp);
    for (const source of description?.childrenNamed('source', NS.sourceAttributes) ?? []) {
      const name = source.attribute('name') ?? '';
      const known = found.get(name) ?? {
        name,
        kind: description?.attribute('media') ?? '',
        videoType: source.attribute('videoType'),
        msid: source.child('parameter')?.attribute('value') ?? '',
        ssrcs: [],
        rids: [],
      };
      const rid = source.attribute('rid');
      if (rid === undefined) {
        known.ssrcs.push(Number(source.attribute('ssrc')));
      } else {
        known.rids.push(rid);
      }
      found.set(name, known);
    }
  }
  return [...found.values()];
}

/** The JSON that Jitsi's focus sends. */
function compact(owners: (readonly [string, readonly Announced[]])[]): string {
  const sources: Record<string, unknown> = {
    jvb: [[{ s: 1, n: 'jvb-v0', m: 'mixedmslabel mixedlabelvideo0' }], []],
  };
  for (const [owner, announced] of owners) {
    const of = (kind: string) => announced.filter((source) => source.kind === kind);
    const list = (kind: string) =>
      of(kind).flatMap(({ name, msid, videoType, ssrcs }) =>
        ssrcs
          .slice(0, 2)
          .map((s) => ({ s, n: name, m: msid, ...(videoType === 'desktop' ? { v: 'd' } : {}) })),
      );
    const groups = (kind: string) =>
      of(kind)
        .filter(({ ssrcs }) => ssrcs.length > 1)
        .map(({ ssrcs }) => ['f', ...ssrcs.slice(0, 2)]);
    sources[owner] = [list('video'), groups('video'), list('audio'), groups('audio')];
  }
  return JSON.stringify({ sources });
}

/** A session-initiate in the form of Jitsi's focus, with VP8 and VP9. */
export function offer(sid: string, endpoint: string, bridgeSession: string, json: string): XmlElement {
  const transport = `<transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="10s171k7uang9i" pwd="5s4c9j1uirmrlt6b0sf1luao4e">
    <web-socket xmlns="http://jitsi.org/protocol/colibri" url="ws://bridge.test/colibri-ws/b1/c1/${endpoint}?pwd=secret"/>
    <rtcp-mux/>
    <fingerprint xmlns="urn:xmpp:jingle:apps:dtls:0" hash="sha-256" setup="actpass">3C:C5:0B:A1:2B:C3:30:82:70:48:5E:BD:CF:8D:87:24:3E:D4:3A:9A:8B:6D:2E:B9:E4:F2:0C:4D:98:37:6B:60</fingerprint>
    <candidate generation="0" ip="127.0.0.1" type="host" id="x" protocol="udp" component="1" foundation="1" priority="2130706431" port="10000"/>
    <candidate generation="0" ip="127.0.0.1" type="host" id="y" protocol="ssltcp" tcptype="passive" component="1" foundation="2" priority="1518280447" port="4443"/>
  </transport>`;
  const jingle =
    parseElement(`<jingle xmlns="urn:xmpp:jingle:1" action="session-initiate" initiator="focus@example.test/focus" sid="${sid}">
  <content creator="initiator" name="audio" senders="both">
    <description xmlns="urn:xmpp:jingle:apps:rtp:1" media="audio" maxptime="60">
      <payload-type id="111" name="opus" clockrate="48000" channels="2"><parameter name="minptime" value="10"/></payload-type>
      <payload-type id="126" name="telephone-event" clockrate="8000"/>
      <rtp-hdrext xmlns="urn:xmpp:jingle:apps:rtp:rtp-hdrext:0" id="1" uri="urn:ietf:params:rtp-hdrext:ssrc-audio-level"/>
      <rtcp-mux/>
    </description>${transport}</content>
  <content creator="initiator" name="video" senders="both">
    <description xmlns="urn:xmpp:jingle:apps:rtp:1" media="video">
      <payload-type id="100" name="VP8" clockrate="90000"><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="nack" subtype="pli"/></payload-type>
      <payload-type id="96" name="rtx" clockrate="90000"><parameter name="apt" value="100"/></payload-type>
      <payload-type id="101" name="VP9" clockrate="90000"><parameter name="profile-id" value="0"/></payload-type>
      <payload-type id="97" name="rtx" clockrate="90000"><parameter name="apt" value="101"/></payload-type>
      <rtp-hdrext xmlns="urn:xmpp:jingle:apps:rtp:rtp-hdrext:0" id="4" uri="urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"/>
      <rtcp-mux/>
    </description>${transport}</content>
  <group xmlns="urn:xmpp:jingle:apps:grouping:0" semantics="BUNDLE"><content name="audio"/><content name="video"/></group>
  <bridge-session xmlns="http://jitsi.org/protocol/focus" id="${bridgeSession}"/>
</jingle>`);
  if (!jingle) {
    throw new Error('the fake offer is no XML');
  }
  return xml(
    'jingle',
    NS.jingle,
    Object.fromEntries(jingle.attributes),
    ...jingle.elements,
    xml('json-message', NS.jitmeet, {}, json),
  );
}
