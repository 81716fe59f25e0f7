package org.videowindow.focus.jingle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jitsi.xmpp.extensions.colibri2.IqProviderUtils;
import org.jitsi.xmpp.extensions.jingle.ContentPacketExtension;
import org.jitsi.xmpp.extensions.jingle.GroupPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleAction;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jingle.JingleIQProvider;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;
import org.jivesoftware.smack.provider.ProviderManager;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.lab.Xml;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;

/** The offer: against the form that clients of Jitsi take, and read by Jitsi's own readers. */
class OfferTest {
    private static final String TRANSPORT =
            "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='10s171k7uang9i' pwd='5s4c9j1uirmrlt6b0sf1luao4e'>"
                    + "<web-socket xmlns='http://jitsi.org/protocol/colibri' url='ws://127.0.0.1:9090/colibri-ws/b/c/f79d9b79?pwd=x'/>"
                    + "<rtcp-mux/><fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>"
                    + "3C:C5:0B:A1:2B:C3:30:82:70:48:5E:BD:CF:8D:87:24:3E:D4:3A:9A:8B:6D:2E:B9:E4:F2:0C:4D:98:37:6B:60"
                    + "</fingerprint><candidate id='258489c4711cc8a601c0d22e8' foundation='1' component='1' protocol='udp'"
                    + " priority='2130706431' ip='10.99.0.1' port='26300' type='host' generation='0' network='0'/></transport>";

    /** As the other implementation writes it, with the codecs of this one. */
    private static final String EXPECTED = "<jingle xmlns='urn:xmpp:jingle:1' action='session-initiate'"
            + " sid='e41si46cimp46' initiator='focus@auth.shard.test/focus'>"
            + "<content creator='initiator' name='audio' senders='both'>"
            + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio' maxptime='60'>"
            + "<payload-type id='111' name='opus' clockrate='48000' channels='2'>"
            + "<parameter name='minptime' value='10'/><parameter name='useinbandfec' value='1'/>"
            + "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='transport-cc'/></payload-type>"
            + "<payload-type id='126' name='telephone-event' clockrate='8000'/>"
            + extension(1, "urn:ietf:params:rtp-hdrext:ssrc-audio-level")
            + extension(10, "urn:ietf:params:rtp-hdrext:sdes:mid")
            + extension(5, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01")
            + "<extmap-allow-mixed xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0'/><rtcp-mux/></description>" + TRANSPORT
            + "</content><content creator='initiator' name='video' senders='both'>"
            + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='video'>"
            + codec(100, 96, "VP8", "")
            + codec(101, 97, "VP9", "<parameter name='profile-id' value='0'/>")
            + codec(
                    107,
                    99,
                    "H264",
                    "<parameter name='profile-level-id' value='42e01f'/>"
                            + "<parameter name='level-asymmetry-allowed' value='1'/>"
                            + "<parameter name='packetization-mode' value='1'/>")
            + codec(41, 42, "AV1", "")
            + extension(3, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time")
            + extension(4, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id")
            + extension(6, "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id")
            + extension(11, "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension")
            + extension(10, "urn:ietf:params:rtp-hdrext:sdes:mid")
            + extension(5, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01")
            + "<extmap-allow-mixed xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0'/><rtcp-mux/></description>" + TRANSPORT
            + "</content><group xmlns='urn:xmpp:jingle:apps:grouping:0' semantics='BUNDLE'><content name='audio'/>"
            + "<content name='video'/></group>"
            + "<bridge-session xmlns='http://jitsi.org/protocol/focus' id='eef45de1-99bf-4a7c-8c23-229a12b09d3e'/>"
            + "<json-message xmlns='http://jitsi.org/jitmeet'>{\"sources\":{\"jvb\":[[{\"s\":1597436994,\"n\":\"jvb-v0\","
            + "\"m\":\"mixedmslabel mixedlabelvideo0\"}],[],[{\"s\":3190219402,\"n\":\"jvb-a0\","
            + "\"m\":\"mixedmslabel mixedlabelaudio0\"}]]}}</json-message></jingle>";

    @BeforeAll
    static void jitsiReads() {
        IqProviderUtils.registerProviders();
        ProviderManager.addIQProvider(JingleIQ.ELEMENT, JingleIQ.NAMESPACE, new JingleIQProvider());
    }

    private static XmlElement offer(ClientFeatures features) {
        Map<String, EndpointSources> sources = new LinkedHashMap<>();
        sources.put(
                "jvb",
                new EndpointSources(
                        List.of(
                                new Source(
                                        1597436994, MediaKind.VIDEO, "jvb-v0", "mixedmslabel mixedlabelvideo0", false),
                                new Source(
                                        3190219402L,
                                        MediaKind.AUDIO,
                                        "jvb-a0",
                                        "mixedmslabel mixedlabelaudio0",
                                        false)),
                        List.of()));
        return JingleStanzas.sessionInitiate(
                JidCreate.fromOrThrowUnchecked("focus@auth.shard.test/focus"),
                "e41si46cimp46",
                features,
                BridgeTransport.of(Xml.stanza(TRANSPORT)).orElseThrow(),
                "eef45de1-99bf-4a7c-8c23-229a12b09d3e",
                null,
                sources);
    }

    @Test
    void theOfferIsThatOfTheWire() {
        assertThat(Xml.stanza(Xml.text(offer(ClientFeatures.NONE)))).isEqualTo(Xml.stanza(EXPECTED));
    }

    @Test
    void jitsisReadersFindEverythingInIt() throws Exception {
        XmlElement iq = Iq.request(
                "set", "1", JidCreate.fromOrThrowUnchecked("room@conference.d/f79d9b79"), offer(ClientFeatures.NONE));
        JingleIQ read = PacketParserUtils.parseStanza(Xml.text(iq));
        assertThat(read.getAction()).isEqualTo(JingleAction.SESSION_INITIATE);
        assertThat(read.getSID()).isEqualTo("e41si46cimp46");
        assertThat(read.getContentList())
                .extracting(ContentPacketExtension::getName)
                .containsExactly("audio", "video");
        for (ContentPacketExtension content : read.getContentList()) {
            RtpDescriptionPacketExtension description =
                    content.getFirstChildOfType(RtpDescriptionPacketExtension.class);
            assertThat(description.getMedia()).isEqualTo(content.getName());
            assertThat(description.getExtmapList()).hasSize(content.getName().equals("audio") ? 3 : 6);
            IceUdpTransportPacketExtension transport =
                    content.getFirstChildOfType(IceUdpTransportPacketExtension.class);
            assertThat(transport.getUfrag()).isEqualTo("10s171k7uang9i");
            assertThat(transport.isRtcpMux()).isTrue();
            assertThat(transport.getCandidateList()).hasSize(1);
            assertThat(transport.getCandidateList().getFirst().getPort()).isEqualTo(26300);
        }
        RtpDescriptionPacketExtension video =
                read.getContentByName("video").getFirstChildOfType(RtpDescriptionPacketExtension.class);
        assertThat(video.getPayloadTypes())
                .extracting(PayloadTypePacketExtension::getID)
                .containsExactly(100, 96, 101, 97, 107, 99, 41, 42);
        assertThat(video.getPayloadTypes().getFirst().getRtcpFeedbackTypeList()).hasSize(4);
        GroupPacketExtension group = read.getExtension(GroupPacketExtension.class);
        assertThat(group.getSemantics()).isEqualTo("BUNDLE");
        assertThat(group.getContents()).hasSize(2);
    }

    @Test
    void redundantOpusIsOfferedToWhomItMeansSomething() {
        String red = "<payload-type id='112' name='red' clockrate='48000' channels='2'><parameter value='111/111'/>"
                + "</payload-type><payload-type id='126'";
        assertThat(Xml.stanza(Xml.text(offer(new ClientFeatures(true, false)))))
                .isEqualTo(Xml.stanza(EXPECTED.replace("<payload-type id='126'", red)));
    }

    @Test
    void whatABridgeLeavesOutIsNotOffered() {
        assertThat(BridgeTransport.of(Xml.stanza(TRANSPORT.replaceAll("<candidate.*?/>", ""))))
                .isEmpty();
        assertThat(BridgeTransport.of(Xml.stanza(TRANSPORT.replace(" ufrag='10s171k7uang9i'", ""))))
                .isEmpty();
        assertThat(BridgeTransport.of(Xml.stanza(TRANSPORT.replaceAll("<fingerprint.*?</fingerprint>", ""))))
                .isEmpty();
        assertThat(BridgeTransport.of(Xml.stanza(TRANSPORT.replace("ws://", "javascript:")))
                        .orElseThrow()
                        .channelUrl())
                .isEmpty();
    }

    private static String extension(int id, String uri) {
        return "<rtp-hdrext xmlns='urn:xmpp:jingle:apps:rtp:rtp-hdrext:0' id='" + id + "' uri='" + uri + "'/>";
    }

    private static String codec(int id, int retransmission, String name, String parameters) {
        return "<payload-type id='" + id + "' name='" + name + "' clockrate='90000'>" + parameters + feedback()
                + "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='transport-cc'/></payload-type>"
                + "<payload-type id='" + retransmission + "' name='rtx' clockrate='90000'><parameter name='apt' value='"
                + id + "'/>" + feedback() + "</payload-type>";
    }

    private static String feedback() {
        return "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='ccm' subtype='fir'/>"
                + "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='nack'/>"
                + "<rtcp-fb xmlns='urn:xmpp:jingle:apps:rtp:rtcp-fb:0' type='nack' subtype='pli'/>";
    }
}
