import { expect, test } from 'vitest';
import type { AnsweredLine } from '../src/sdp/read-answer.ts';
import { withSimulcastSources } from '../src/sdp/simulcast.ts';

const line: AnsweredLine = {
  mid: '1',
  kind: 'video',
  description: {
    kind: 'video',
    payloadTypes: [],
    headerExtensions: [],
    extmapAllowMixed: false,
    maxPacketTime: undefined,
  },
  ssrcs: [],
  groups: [],
  rids: ['1', '2', '3'],
};
const sent = (rid: string, ssrc: number, rtxSsrc?: number, mid = '1'): unknown => ({
  type: 'outbound-rtp',
  mid,
  rid,
  ssrc,
  rtxSsrc,
});

test('encodings become a SIM group, lowest first, with a retransmission for each', () => {
  const statistics = [
    sent('3', 30, 31),
    { type: 'codec' },
    sent('1', 10, 11),
    sent('1', 90, 91, '4'),
    sent('2', 20, 21),
  ];
  const { ssrcs, groups } = withSimulcastSources(line, statistics);
  expect(ssrcs).toEqual([10, 11, 20, 21, 30, 31]);
  expect(groups).toEqual([
    { semantics: 'FID', ssrcs: [10, 11] },
    { semantics: 'FID', ssrcs: [20, 21] },
    { semantics: 'FID', ssrcs: [30, 31] },
    { semantics: 'SIM', ssrcs: [10, 20, 30] },
  ]);
});

test('without retransmission there are no FID groups', () => {
  const { ssrcs, groups } = withSimulcastSources(line, [sent('1', 10), sent('2', 20), sent('3', 30)]);
  expect(ssrcs).toEqual([10, 20, 30]);
  expect(groups).toEqual([{ semantics: 'SIM', ssrcs: [10, 20, 30] }]);
});

test('a browser that says the SSRCs in its answer is taken at its word', () => {
  const groups = [
    { semantics: 'FID', ssrcs: [10, 11] },
    { semantics: 'FID', ssrcs: [20, 21] },
    { semantics: 'FID', ssrcs: [30, 31] },
  ];
  const told = withSimulcastSources({ ...line, ssrcs: [10, 20, 30, 11, 21, 31], groups }, []);
  expect(told.ssrcs).toEqual([10, 11, 20, 21, 30, 31]);
  expect(told.groups).toEqual([...groups, { semantics: 'SIM', ssrcs: [10, 20, 30] }]);
});

test('an encoding that nobody knows the SSRC of: none is told', () => {
  const one = { ...line, ssrcs: [10, 11], groups: [{ semantics: 'FID', ssrcs: [10, 11] }] };
  expect(withSimulcastSources(one, [sent('1', 10, 11), null, 7])).toEqual({ ...line, ssrcs: [], groups: [] });
});

test('one encoding stays as the answer says', () => {
  const single = { ...line, rids: [], ssrcs: [5, 6], groups: [{ semantics: 'FID', ssrcs: [5, 6] }] };
  expect(withSimulcastSources(single, [])).toBe(single);
});
