import { describe, expect, test } from 'vitest';
import type { SessionOffer } from '../src/jingle/description.ts';
import { readOffer } from '../src/jingle/read-offer.ts';
import { initialLines } from '../src/sdp/m-lines.ts';
import { offeredKinds, writeOffer } from '../src/sdp/write-offer.ts';
import { jingleOf, SESSION_INITIATE } from './wire/stanzas.ts';

function offerOf(text: string): SessionOffer {
  const offer = readOffer(jingleOf(text));
  if (typeof offer === 'string') {
    throw new Error(offer);
  }
  return offer;
}

function sdpOf(text: string): string[] {
  const offer = offerOf(text);
  return writeOffer(offer, initialLines(offeredKinds(offer), offer.sources), 1, 'vp8').split('\r\n');
}

test('an offer of the focus is read whole', () => {
  const offer = offerOf(SESSION_INITIATE);
  expect(offer).toMatchObject({
    sessionId: 'e41si46cimp46',
    bridgeSessionId: 'eef45de1-99bf-4a7c-8c23-229a12b09d3e',
    channelUrls: [
      'ws://127.0.0.1:26290/colibri-ws/jvb1/d80f81b65a053bf8/f79d9b79?pwd=t8Ijxz28StTjWpxJszFC5eai',
    ],
    transport: { ufrag: '10s171k7uang9i', fingerprint: { hash: 'sha-256', setup: 'actpass' } },
  });
  expect(offer.contents.map(({ name }) => name)).toEqual(['audio', 'video']);
  expect(offer.transport.candidates).toHaveLength(2);
  expect(offer.sources.map(({ name, videoType, ssrcs, groups }) => [name, videoType, ssrcs, groups])).toEqual(
    [
      ['543c9563-v0', 'camera', [21, 22], [{ semantics: 'FID', ssrcs: [21, 22] }]],
      ['543c9563-v1', 'desktop', [31], []],
      ['543c9563-a0', undefined, [23], []],
    ],
  );
});

test('the bridge only answers checks: the browser controls from the first check on', () => {
  const sdp = sdpOf(SESSION_INITIATE);
  const media = sdp.findIndex((line) => line.startsWith('m='));
  expect(sdp.slice(0, media)).toContain('a=ice-lite');
});

test('the SDP that stands for the bridge', () => {
  const sdp = sdpOf(SESSION_INITIATE);
  expect(sdp.filter((line) => line.startsWith('m='))).toEqual([
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 126',
    // VP8 first, since that is what we send, then as offered.
    'm=video 9 UDP/TLS/RTP/SAVPF 100 41 107 96',
    'm=video 9 UDP/TLS/RTP/SAVPF 100 41 107 96',
    'm=video 9 UDP/TLS/RTP/SAVPF 100 41 107 96',
    'm=audio 9 UDP/TLS/RTP/SAVPF 111 126',
  ]);
  expect(sdp.filter((line) => /^a=(recvonly|sendonly|inactive|mid|group|msid:)/.test(line))).toEqual([
    'a=group:BUNDLE 0 1 2 3 4',
    'a=mid:0',
    'a=recvonly',
    'a=mid:1',
    'a=recvonly',
    'a=mid:2',
    'a=sendonly',
    'a=msid:543c9563-video-0-1 aa-1',
    'a=mid:3',
    'a=sendonly',
    'a=msid:543c9563-video-1-1 cc-1',
    'a=mid:4',
    'a=sendonly',
    'a=msid:543c9563-audio-0-1 bb-1',
  ]);
  for (const line of [
    'a=ice-ufrag:10s171k7uang9i',
    'a=setup:actpass',
    'a=rtcp-mux',
    'a=extmap-allow-mixed',
    'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    'a=rtpmap:111 opus/48000/2',
    'a=fmtp:111 minptime=10;useinbandfec=1',
    'a=maxptime:60',
    'a=rtpmap:100 VP8/90000',
    'a=rtcp-fb:100 ccm fir',
    'a=rtcp-fb:100 nack',
    'a=fmtp:107 profile-level-id=42e01f;level-asymmetry-allowed=1;packetization-mode=1;',
    'a=ssrc-group:FID 21 22',
    'a=ssrc:21 cname:543c9563',
    'a=ssrc:21 msid:543c9563-video-0-1 aa-1',
    'a=candidate:1 1 udp 2130706431 10.99.0.1 26300 typ host generation 0',
    'a=candidate:2 1 udp 1694498815 203.0.113.7 26300 typ srflx raddr 10.99.0.1 rport 26300 generation 0',
  ]) {
    expect(sdp).toContain(line);
  }
});

const without = (what: RegExp) => SESSION_INITIATE.replaceAll(what, '');

describe('an offer that cannot work is refused with a reason', () => {
  test.each([
    ['no sid', without(/ sid="[^"]*"/g), 'no sid'],
    ['no BUNDLE group', without(/<group[\s\S]*<\/group>/g), 'no BUNDLE group'],
    ['no fingerprint', without(/<fingerprint[\s\S]*?<\/fingerprint>/g), 'no transport'],
    ['no candidates', without(/<candidate[^>]*>/g), 'no transport'],
    [
      'a password that is too short',
      SESSION_INITIATE.replaceAll('5s4c9j1uirmrlt6b0sf1luao4e', 'x'),
      'no transport',
    ],
    ['rtcp-mux in the transport only', without(/<rtcp-mux\/>(?=\s*<\/description>)/g), 'no content'],
    ['no codecs', SESSION_INITIATE.replaceAll('payload-type', 'type'), 'no content'],
    ['no contents', without(/<content creator[\s\S]*<\/content>(?=\s*<group)/g), 'no content'],
  ])('%s', (_, text, why) => {
    expect(readOffer(jingleOf(text))).toEqual(expect.stringContaining(why));
  });
});

test('an offer without bridge session, initiator, senders, setup or feedback works', () => {
  const bare = without(
    /<bridge-session[^>]*>| initiator="[^"]*"| senders="both"| setup="actpass"|<rtcp-fb[^>]*>/g,
  );
  expect(offerOf(bare)).toMatchObject({
    bridgeSessionId: undefined,
    transport: { fingerprint: { setup: 'actpass' } },
  });
});

/* Each of these would, pasted into SDP as it is, add a line of the attacker's making. */
describe('nothing that comes from a stanza breaks out of its line of SDP', () => {
  const evil = '&#13;&#10;a=evil:1';
  test.each([
    ['codec name', SESSION_INITIATE.replace('name="telephone-event"', `name="x${evil}"`)],
    [
      'parameter value',
      SESSION_INITIATE.replace('value="10" name="minptime"', `value="10${evil}" name="minptime"`),
    ],
    ['parameter name', SESSION_INITIATE.replace('name="minptime"', `name="minptime${evil}"`)],
    ['feedback type', SESSION_INITIATE.replace('type="ccm"', `type="ccm${evil}"`)],
    ['feedback subtype', SESSION_INITIATE.replace('subtype="fir"', `subtype="fir${evil}"`)],
    ['extension', SESSION_INITIATE.replace('uri="urn:ietf:params:rtp-hdrext:sdes:mid"', `uri="x${evil}"`)],
    ['foundation', SESSION_INITIATE.replaceAll('foundation="1"', `foundation="1${evil}"`)],
    ['address', SESSION_INITIATE.replaceAll('ip="10.99.0.1"', `ip="10.99.0.1${evil}"`)],
    ['related address', SESSION_INITIATE.replaceAll('rel-addr="10.99.0.1"', `rel-addr="10.99.0.1${evil}"`)],
    ['msid in JSON', SESSION_INITIATE.replace('543c9563-audio-0-1 bb-1', 'a\\r\\na=evil:1 b')],
    ['owner in JSON', SESSION_INITIATE.replace('"543c9563":[[', '"x\\r\\na=evil:1":[[')],
    ['maxptime', SESSION_INITIATE.replace('maxptime="60"', `maxptime="60${evil}"`)],
  ])('%s', (_, text) => {
    const sdp = sdpOf(text);
    expect(sdp.filter((line) => line.includes('evil'))).toEqual([]);
  });
  test('credentials and fingerprint make the offer unusable instead', () => {
    for (const [from, to] of [
      ['ufrag="10s171k7uang9i"', `ufrag="10s171k7uang9i${evil}"`],
      ['hash="sha-256"', `hash="sha-256${evil}"`],
      ['>3C:C5', `>3C:C5${evil}`],
    ] as const) {
      expect(readOffer(jingleOf(SESSION_INITIATE.replaceAll(from, to)))).toContain('no transport');
    }
  });
});

test('an address of the bridge channel that is no WebSocket is not used', () => {
  const text = SESSION_INITIATE.replaceAll('ws://127.0.0.1:26290', 'javascript:alert(1)//');
  expect(offerOf(text).channelUrls).toEqual([]);
});
