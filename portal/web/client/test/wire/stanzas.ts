import { type XmlElement } from '../../src/xmpp/element.ts';
import { NS } from '../../src/xmpp/namespaces.ts';
import { parseElement } from '../../src/xmpp/parse.ts';

/** Parses, or fails the test. */
export function parsed(text: string): XmlElement {
  const element = parseElement(text);
  if (!element) {
    throw new Error(`not XML: ${text.slice(0, 80)}`);
  }
  return element;
}

/** The `<jingle/>` of an IQ. */
export function jingleOf(text: string): XmlElement {
  const jingle = parsed(text).child('jingle', NS.jingle);
  if (!jingle) {
    throw new Error('no jingle inside');
  }
  return jingle;
}

const TRANSPORT = `<transport xmlns="urn:xmpp:jingle:transports:ice-udp:1" ufrag="10s171k7uang9i" pwd="5s4c9j1uirmrlt6b0sf1luao4e">
  <web-socket xmlns="http://jitsi.org/protocol/colibri" url="ws://127.0.0.1:26290/colibri-ws/jvb1/d80f81b65a053bf8/f79d9b79?pwd=t8Ijxz28StTjWpxJszFC5eai"/>
  <rtcp-mux/>
  <fingerprint xmlns="urn:xmpp:jingle:apps:dtls:0" required="false" hash="sha-256" setup="actpass" cryptex="false">3C:C5:0B:A1:2B:C3:30:82:70:48:5E:BD:CF:8D:87:24:3E:D4:3A:9A:8B:6D:2E:B9:E4:F2:0C:4D:98:37:6B:60</fingerprint>
  <candidate network="0" generation="0" ip="10.99.0.1" type="host" id="258489c4711cc8a601c0d22e8" protocol="udp" component="1" foundation="1" priority="2130706431" port="26300"/>
  <candidate generation="0" ip="203.0.113.7" type="srflx" rel-addr="10.99.0.1" rel-port="26300" id="y" protocol="udp" component="1" foundation="2" priority="1694498815" port="26300"/>
</transport>`;

/** A session-initiate as Jitsi's focus writes it (VP8 and AV1 offered), with two other participants. */
export const SESSION_INITIATE = `<iq xmlns="jabber:client" from="room@conference.shard.test/focus" to="a@shard.test/r" type="set" id="1JSTL-26">
<jingle xmlns="urn:xmpp:jingle:1" action="session-initiate" initiator="focus@auth.shard.test/focus" sid="e41si46cimp46">
 <content creator="initiator" name="audio" senders="both">
  <description xmlns="urn:xmpp:jingle:apps:rtp:1" maxptime="60" media="audio">
   <payload-type clockrate="48000" channels="2" name="opus" id="111"><parameter value="10" name="minptime"/><parameter value="1" name="useinbandfec"/><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="transport-cc"/></payload-type>
   <payload-type name="telephone-event" clockrate="8000" id="126"/>
   <rtp-hdrext xmlns="urn:xmpp:jingle:apps:rtp:rtp-hdrext:0" uri="urn:ietf:params:rtp-hdrext:ssrc-audio-level" id="1"/>
   <extmap-allow-mixed xmlns="urn:xmpp:jingle:apps:rtp:rtp-hdrext:0"/>
   <rtcp-mux/>
  </description>${TRANSPORT}
 </content>
 <content creator="initiator" name="video" senders="both">
  <description xmlns="urn:xmpp:jingle:apps:rtp:1" media="video">
   <payload-type name="AV1" clockrate="90000" id="41"><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="nack"/></payload-type>
   <payload-type name="VP8" clockrate="90000" id="100"><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="ccm" subtype="fir"/><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="nack"/><rtcp-fb xmlns="urn:xmpp:jingle:apps:rtp:rtcp-fb:0" type="nack" subtype="pli"/></payload-type>
   <payload-type name="H264" clockrate="90000" id="107"><parameter value="42e01f;level-asymmetry-allowed=1;packetization-mode=1;" name="profile-level-id"/></payload-type>
   <payload-type name="rtx" clockrate="90000" id="96"><parameter value="100" name="apt"/></payload-type>
   <rtp-hdrext xmlns="urn:xmpp:jingle:apps:rtp:rtp-hdrext:0" uri="urn:ietf:params:rtp-hdrext:sdes:mid" id="10"/>
   <rtcp-mux/>
  </description>${TRANSPORT}
 </content>
 <group xmlns="urn:xmpp:jingle:apps:grouping:0" semantics="BUNDLE"><content name="audio"/><content name="video"/></group>
 <bridge-session xmlns="http://jitsi.org/protocol/focus" id="eef45de1-99bf-4a7c-8c23-229a12b09d3e"/>
 <json-message xmlns="http://jitsi.org/jitmeet">{"sources":{"jvb":[[{"s":1597436994,"n":"jvb-v0","m":"mixedmslabel mixedlabelvideo0"}],[],[{"s":3190219402,"n":"jvb-a0","m":"mixedmslabel mixedlabelaudio0"}]],"543c9563":[[{"s":21,"n":"543c9563-v0","m":"543c9563-video-0-1 aa-1"},{"s":22,"n":"543c9563-v0","m":"543c9563-video-0-1 aa-1"},{"s":31,"n":"543c9563-v1","m":"543c9563-video-1-1 cc-1","v":"d"}],[["f",21,22]],[{"s":23,"n":"543c9563-a0","m":"543c9563-audio-0-1 bb-1"}]]}}</json-message>
</jingle></iq>`;

/** The same announcement in the long form. */
export const SOURCE_ADD_LONG = `<iq xmlns="jabber:client" type="set" id="x"><jingle xmlns="urn:xmpp:jingle:1" action="source-add" sid="e41si46cimp46">
 <content creator="initiator" name="video"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="video">
  <source xmlns="urn:xmpp:jingle:apps:rtp:ssma:0" ssrc="21" name="543c9563-v0" videoType="camera"><parameter name="msid" value="543c9563-video-0-1 aa-1"/><ssrc-info xmlns="http://jitsi.org/jitmeet" owner="543c9563"/></source>
  <source xmlns="urn:xmpp:jingle:apps:rtp:ssma:0" ssrc="22" name="543c9563-v0" videoType="camera"><parameter name="msid" value="543c9563-video-0-1 aa-1"/><ssrc-info xmlns="http://jitsi.org/jitmeet" owner="543c9563"/></source>
  <source xmlns="urn:xmpp:jingle:apps:rtp:ssma:0" ssrc="31" name="543c9563-v1" videoType="desktop"><parameter name="msid" value="543c9563-video-1-1 cc-1"/><ssrc-info xmlns="http://jitsi.org/jitmeet" owner="543c9563"/></source>
  <ssrc-group xmlns="urn:xmpp:jingle:apps:rtp:ssma:0" semantics="FID"><source ssrc="21"/><source ssrc="22"/></ssrc-group>
 </description></content>
 <content creator="initiator" name="audio"><description xmlns="urn:xmpp:jingle:apps:rtp:1" media="audio">
  <source xmlns="urn:xmpp:jingle:apps:rtp:ssma:0" ssrc="23" name="543c9563-a0"><parameter name="msid" value="543c9563-audio-0-1 bb-1"/><ssrc-info xmlns="http://jitsi.org/jitmeet" owner="543c9563"/></source>
 </description></content>
</jingle></iq>`;

/** What a browser answers to it, shortened: Chromium 156, camera and microphone. */
export const ANSWER = [
  'v=0',
  'o=- 4358763 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'a=extmap-allow-mixed',
  'a=msid-semantic: WMS',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 126',
  'c=IN IP4 0.0.0.0',
  'a=ice-ufrag:q8q2',
  'a=ice-pwd:H1arX4wvn9pcQGrL2UMUnR0I',
  'a=ice-options:trickle',
  'a=fingerprint:sha-256 79:80:F6:27:4C:69:7B:B8:BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:6F:FB:4D:1C',
  'a=setup:active',
  'a=mid:0',
  'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
  'a=sendonly',
  'a=msid:- 86c2cda9',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'a=rtcp-fb:111 transport-cc',
  'a=fmtp:111 minptime=10;useinbandfec=1',
  'a=rtpmap:126 telephone-event/8000',
  'a=ssrc:225817433 cname:k9',
  'm=video 9 UDP/TLS/RTP/SAVPF 100 96',
  'a=ice-ufrag:q8q2',
  'a=ice-pwd:H1arX4wvn9pcQGrL2UMUnR0I',
  'a=mid:1',
  'a=extmap:10/sendonly urn:ietf:params:rtp-hdrext:sdes:mid',
  'a=sendonly',
  'a=rtcp-mux',
  'a=rtpmap:100 VP8/90000',
  'a=rtcp-fb:100 ccm fir',
  'a=rtcp-fb:* nack pli',
  'a=rtpmap:96 rtx/90000',
  'a=fmtp:96 apt=100',
  'a=ssrc-group:FID 1514886999 3211646242',
  'a=ssrc:1514886999 cname:k9',
  'a=ssrc:3211646242 cname:k9',
  '',
].join('\r\n');
