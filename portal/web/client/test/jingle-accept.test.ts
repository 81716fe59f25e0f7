import { expect, test } from 'vitest';
import { readOffer } from '../src/jingle/read-offer.ts';
import { restartRequest, sessionAccept, sessionTerminate, sourceChange } from '../src/jingle/write.ts';
import { readAnswer } from '../src/sdp/read-answer.ts';
import { NS } from '../src/xmpp/namespaces.ts';
import { serialize } from '../src/xmpp/serialize.ts';
import { ANSWER, jingleOf, SESSION_INITIATE } from './wire/stanzas.ts';

const address = { focus: 'room@conference.shard.test/focus', sessionId: 'e41si46cimp46' };
const camera = {
  name: '543c9563-v0',
  owner: '543c9563',
  kind: 'video',
  videoType: 'camera',
  msid: '543c9563-video-0-1 548bddf0-1',
  ssrcs: [1514886999, 3211646242],
  groups: [{ semantics: 'FID', ssrcs: [1514886999, 3211646242] }],
} as const;

test('the answer of a browser is read', () => {
  const answer = readAnswer(ANSWER);
  expect(answer).toMatchObject({
    ufrag: 'q8q2',
    password: 'H1arX4wvn9pcQGrL2UMUnR0I',
    fingerprint: { hash: 'sha-256', setup: 'active' },
  });
  expect(answer.lines.map(({ mid, kind, ssrcs }) => [mid, kind, ssrcs])).toEqual([
    ['0', 'audio', [225817433]],
    ['1', 'video', [1514886999, 3211646242]],
  ]);
  expect(answer.lines[1]?.description).toMatchObject({
    payloadTypes: [
      {
        id: 100,
        name: 'VP8',
        feedback: [
          { type: 'ccm', subtype: 'fir' },
          { type: 'nack', subtype: 'pli' },
        ],
      },
      { id: 96, name: 'rtx', parameters: [{ name: 'apt', value: '100' }] },
    ],
    headerExtensions: [{ id: 10, uri: 'urn:ietf:params:rtp-hdrext:sdes:mid' }],
    extmapAllowMixed: true,
  });
});

test('an answer without transport is a fault, not a silent half', () => {
  expect(() => readAnswer('v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n')).toThrow('no transport');
});

test('session-accept has the form that the focus reads', () => {
  const offer = readOffer(jingleOf(SESSION_INITIATE));
  if (typeof offer === 'string') {
    throw new Error(offer);
  }
  const iq = sessionAccept(address, 'a@shard.test/r', offer, readAnswer(ANSWER), [camera]);
  // Through text and back, as it goes over the wire.
  const jingle = jingleOf(serialize(iq));
  expect(Object.fromEntries(jingle.attributes)).toEqual({
    action: 'session-accept',
    initiator: 'room@conference.shard.test/focus',
    sid: 'e41si46cimp46',
    responder: 'a@shard.test/r',
  });
  const [audio, video] = jingle.childrenNamed('content');
  for (const [content, name] of [
    [audio, 'audio'],
    [video, 'video'],
  ] as const) {
    expect(content?.attribute('name')).toBe(name);
    expect(content?.attribute('creator')).toBe('responder');
    const transport = content?.child('transport', NS.iceUdp);
    expect(transport?.attribute('ufrag')).toBe('q8q2');
    expect(transport?.child('fingerprint', NS.dtls)?.attribute('setup')).toBe('active');
    expect(transport?.childrenNamed('candidate')).toEqual([]);
    expect(content?.child('description', NS.rtp)?.child('rtcp-mux')).toBeDefined();
  }
  const description = video?.child('description', NS.rtp);
  expect(description?.childrenNamed('payload-type').map((p) => p.attribute('name'))).toEqual(['VP8', 'rtx']);
  const sources = description?.childrenNamed('source', NS.sourceAttributes) ?? [];
  expect(sources.map((s) => [s.attribute('ssrc'), s.attribute('name'), s.attribute('videoType')])).toEqual([
    ['1514886999', '543c9563-v0', 'camera'],
    ['3211646242', '543c9563-v0', 'camera'],
  ]);
  expect(sources[0]?.child('parameter')?.attribute('value')).toBe('543c9563-video-0-1 548bddf0-1');
  expect(description?.child('ssrc-group', NS.sourceAttributes)?.attribute('semantics')).toBe('FID');
  expect(audio?.child('description', NS.rtp)?.childrenNamed('source', NS.sourceAttributes)).toEqual([]);
});

test('a source by stream ids has one element for each, and a group that says their order', () => {
  const byId = { ...camera, ssrcs: [], groups: [], streamIds: { rids: ['1', '2'], mid: '4' } };
  const text = serialize(sourceChange(address, 'source-add', byId));
  const description = jingleOf(text).child('content')?.child('description', NS.rtp);
  const sources = description?.childrenNamed('source', NS.sourceAttributes) ?? [];
  expect(sources.map((source) => [source.attribute('rid'), source.attribute('ssrc')])).toEqual([
    ['1', undefined],
    ['2', undefined],
  ]);
  expect(
    sources[1]?.childrenNamed('parameter').map((p) => [p.attribute('name'), p.attribute('value')]),
  ).toEqual([
    ['msid', '543c9563-video-0-1 548bddf0-1'],
    ['mid', '4'],
  ]);
  const group = description?.child('rid-group', NS.sourceAttributes);
  expect(group?.attribute('semantics')).toBe('SIM');
  expect(group?.childrenNamed('source').map((source) => source.attribute('rid'))).toEqual(['1', '2']);
});

test('announcing, taking back, ending and asking for more', () => {
  expect(serialize(sourceChange(address, 'source-add', camera))).toContain(
    '<content creator="responder" name="video"',
  );
  expect(serialize(sourceChange(address, 'source-remove', camera))).toContain('action="source-remove"');
  expect(serialize(sessionTerminate(address))).toContain('<reason><success/></reason>');
  const restart = serialize(restartRequest(address, 'b1'));
  expect(restart).toContain('<connectivity-error/>');
  expect(restart).toContain(
    '<bridge-session xmlns="http://jitsi.org/protocol/focus" id="b1" restart="true"/>',
  );
});
