import type { IceServer } from '../ticket.ts';
import { type XmlElement, xml } from '../xmpp/element.ts';
import { NS } from '../xmpp/namespaces.ts';

const MAX_SERVICES = 16;

/** Asks the server which STUN and TURN servers there are (XEP-0215). */
export function externalServicesRequest(domain: string): XmlElement {
  return xml('iq', NS.client, { type: 'get', to: domain }, xml('services', NS.externalServices));
}

/** Reads the answer; services of other kinds are left out. */
export function readExternalServices(iq: XmlElement): readonly IceServer[] {
  const services = iq.child('services', NS.externalServices)?.childrenNamed('service') ?? [];
  return services.slice(0, MAX_SERVICES).flatMap((service) => {
    const type = service.attribute('type') ?? '';
    const host = service.attribute('host') ?? '';
    const port = service.attribute('port');
    const transport = service.attribute('transport');
    if (
      !/^(stun|turn)s?$/.test(type) ||
      !/^[A-Za-z0-9.:[\]-]{1,255}$/.test(host) ||
      !/^\d{1,5}$/.test(port ?? '1') ||
      !/^(udp|tcp)$/.test(transport ?? 'udp')
    ) {
      return [];
    }
    const address = `${type}:${host}${port === undefined ? '' : `:${port}`}`;
    if (type.startsWith('stun')) {
      return [{ urls: [address] }];
    }
    const username = service.attribute('username');
    const credential = service.attribute('password');
    return username === undefined || credential === undefined
      ? []
      : [
          {
            urls: [`${address}${transport === undefined ? '' : `?transport=${transport}`}`],
            username,
            credential,
          },
        ];
  });
}
