import { describe, expect, test } from 'vitest';
import { Negotiation, type NegotiationStep } from '../src/xmpp/negotiation.ts';
import { StreamManagement } from '../src/xmpp/stream-management.ts';
import { serialize } from '../src/xmpp/serialize.ts';
import { parsed } from './wire/stanzas.ts';

const credentials = { domain: 'example.test', username: 'abc', password: 'é\u0001' };
const OPEN = '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" version="1.0"/>';
const MECHANISMS =
  '<stream:features><mechanisms xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><mechanism>SCRAM-SHA-1</mechanism><mechanism>PLAIN</mechanism></mechanisms></stream:features>';
const SUCCESS = '<success xmlns="urn:ietf:params:xml:ns:xmpp-sasl"/>';
const BIND = '<stream:features><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></stream:features>';
const BOUND =
  '<iq type="result" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"><jid>abc@example.test/r</jid></bind></iq>';

/** The server says these in turn; the result is what came of the last. */
function after(...said: string[]): NegotiationStep {
  const negotiation = new Negotiation(credentials);
  return said.map((text) => negotiation.receive(parsed(text))).at(-1) ?? { send: [] };
}

const written = (step: NegotiationStep) => step.send.map((element) => serialize(element));

test('from a fresh socket to a bound JID', () => {
  expect(serialize(new Negotiation(credentials).open())).toBe(
    '<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="example.test" version="1.0"/>',
  );
  expect(written(after(OPEN))).toEqual([]);
  // NUL abc NUL é in UTF-8, and a control character.
  expect(written(after(OPEN, MECHANISMS))).toEqual([
    '<auth xmlns="urn:ietf:params:xml:ns:xmpp-sasl" mechanism="PLAIN">AGFiYwDDqQE=</auth>',
  ]);
  expect(written(after(OPEN, MECHANISMS, SUCCESS))[0]).toContain('<open ');
  expect(written(after(OPEN, MECHANISMS, SUCCESS, OPEN, BIND))).toEqual([
    '<iq xmlns="jabber:client" type="set" id="bind"><bind xmlns="urn:ietf:params:xml:ns:xmpp-bind"/></iq>',
  ]);
  expect(after(OPEN, MECHANISMS, SUCCESS, OPEN, BIND, BOUND).result).toEqual({
    kind: 'bound',
    jid: 'abc@example.test/r',
    resumptionId: undefined,
  });
});

const MANAGED = BIND.replace('</stream', '<sm xmlns="urn:xmpp:sm:3"/></stream');

test.each([
  ['<enabled xmlns="urn:xmpp:sm:3" id="i1" resume="true"/>', 'i1'],
  ['<enabled xmlns="urn:xmpp:sm:3" id="i1" resume="1"/>', 'i1'],
  ['<enabled xmlns="urn:xmpp:sm:3"/>', undefined],
  ['<failed xmlns="urn:xmpp:sm:3"/>', undefined],
])('stream management is asked for where it is offered: %s', (answer, resumptionId) => {
  const steps = [OPEN, MECHANISMS, SUCCESS, OPEN, MANAGED, BOUND];
  expect(written(after(...steps))).toEqual(['<enable xmlns="urn:xmpp:sm:3" resume="true"/>']);
  expect(after(...steps, answer).result).toMatchObject({ kind: 'bound', resumptionId });
});

test('a session is resumed instead of a new one bound', () => {
  const resume = new StreamManagement('i1').resumeRequest();
  const resuming = (...said: string[]) => {
    const negotiation = new Negotiation(credentials, resume);
    return said.map((text) => negotiation.receive(parsed(text))).at(-1) ?? { send: [] };
  };
  const steps = [OPEN, MECHANISMS, SUCCESS, OPEN, MANAGED];
  expect(written(resuming(...steps))).toEqual(['<resume xmlns="urn:xmpp:sm:3" h="0" previd="i1"/>']);
  expect(resuming(...steps, '<resumed xmlns="urn:xmpp:sm:3" h="5" previd="i1"/>').result).toEqual({
    kind: 'resumed',
    confirmed: '5',
  });
  expect(resuming(...steps, '<failed xmlns="urn:xmpp:sm:3"/>').failure).toEqual({ kind: 'not-resumed' });
});

describe('what goes wrong is told apart', () => {
  const failure =
    '<failure xmlns="urn:ietf:params:xml:ns:xmpp-sasl"><not-authorized/><text>Expired</text></failure>';
  test('refused', () => {
    expect(after(OPEN, MECHANISMS, failure).failure).toEqual({
      kind: 'refused',
      condition: 'not-authorized',
      text: 'Expired',
    });
  });
  test.each([
    ['features first', [MECHANISMS]],
    ['no PLAIN', [OPEN, MECHANISMS.replace('PLAIN', 'DIGEST-MD5')]],
    ['no mechanisms', [OPEN, '<stream:features/>']],
    ['neither success nor failure', [OPEN, MECHANISMS, BIND]],
    ['bind refused', [OPEN, MECHANISMS, SUCCESS, OPEN, BIND, '<iq type="error" id="bind"/>']],
    ['bind without a JID', [OPEN, MECHANISMS, SUCCESS, OPEN, BIND, '<iq type="result" id="bind"/>']],
  ])('%s', (_, said) => {
    expect(after(...said).failure?.kind).toBe('protocol');
  });
});
