package org.videowindow.focus.colibri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.jitsi.utils.MediaType;
import org.jitsi.xmpp.extensions.colibri.SourcePacketExtension;
import org.jitsi.xmpp.extensions.colibri2.Capability;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Endpoint;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.colibri2.IqProviderUtils;
import org.jitsi.xmpp.extensions.colibri2.Media;
import org.jitsi.xmpp.extensions.colibri2.MediaSource;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.SourceRidGroupPacketExtension;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.impl.JidCreate;
import org.videowindow.focus.jingle.JingleRequest;
import org.videowindow.focus.jingle.Reading;
import org.videowindow.focus.lab.Xml;
import org.videowindow.focus.media.ClientFeatures;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.MediaKind;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.Source;
import org.videowindow.focus.source.SourceGroup;
import org.videowindow.focus.xml.XmlElement;
import org.videowindow.focus.xmpp.Iq;
import org.videowindow.focus.xmpp.StanzaError;

/** COLIBRI2 as Jitsi's bridge reads it, and its answers and errors as the focus reads them. */
class ColibriStanzasTest {
    private static final String MEETING = "89b36181-ee61-47c4-aaf9-bfdd17805c38";

    @BeforeAll
    static void jitsiReads() {
        IqProviderUtils.registerProviders();
    }

    private static ConferenceModifyIQ read(XmlElement modify) throws Exception {
        return PacketParserUtils.parseStanza(
                Xml.text(Iq.request("get", "1", JidCreate.fromOrThrowUnchecked("brewery@conference.d/jvb1"), modify)));
    }

    @Test
    void theFirstEndpointMakesTheConference() throws Exception {
        ConferenceModifyIQ iq = read(ColibriStanzas.createEndpoint(
                MEETING, "room@conference.d", true, "543c9563", Optional.of("Shanna-Qcu"), ClientFeatures.NONE));
        assertThat(iq.getMeetingId()).isEqualTo(MEETING);
        assertThat(iq.getCreate()).isTrue();
        assertThat(iq.getConferenceName()).isEqualTo("room@conference.d");
        assertThat(iq.isRtcstatsEnabled()).isFalse();
        Colibri2Endpoint endpoint = iq.getEndpoints().getFirst();
        assertThat(endpoint.getId()).isEqualTo("543c9563");
        assertThat(endpoint.getCreate()).isTrue();
        assertThat(endpoint.getStatsId()).isEqualTo("Shanna-Qcu");
        assertThat(endpoint.getTransport().getIceControlling()).isTrue();
        assertThat(endpoint.getSources().getMediaSources()).isEmpty();
        assertThat(endpoint.hasCapability(Capability.CAP_SOURCE_NAME_SUPPORT)).isTrue();
        assertThat(endpoint.hasCapability(Capability.CAP_SSRC_REWRITING_SUPPORT))
                .isFalse();
        assertThat(endpoint.getMedia()).hasSize(2);
        for (Media media : endpoint.getMedia()) {
            boolean audio = media.getType() == MediaType.AUDIO;
            assertThat(media.getPayloadTypes()).hasSize(audio ? 2 : 8);
            assertThat(media.getRtpHdrExts()).hasSize(audio ? 3 : 6);
            assertThat(media.getExtmapAllowMixed()).isNotNull();
        }
    }

    @Test
    void anEndpointThatMapsSourcesSaysSo() throws Exception {
        ConferenceModifyIQ iq = read(ColibriStanzas.createEndpoint(
                MEETING, "room@conference.d", true, "543c9563", Optional.empty(), new ClientFeatures(true, true)));
        Colibri2Endpoint endpoint = iq.getEndpoints().getFirst();
        assertThat(endpoint.hasCapability(Capability.CAP_SSRC_REWRITING_SUPPORT))
                .isTrue();
        assertThat(endpoint.hasCapability(Capability.CAP_SOURCE_NAME_SUPPORT)).isTrue();
        assertThat(endpoint.getMedia().stream()
                        .filter(media -> media.getType() == MediaType.AUDIO)
                        .flatMap(media -> media.getPayloadTypes().stream()))
                .extracting(PayloadTypePacketExtension::getID)
                .containsExactly(111, 112, 126);
    }

    @Test
    void laterEndpointsDoNot() throws Exception {
        ConferenceModifyIQ iq = read(ColibriStanzas.createEndpoint(
                MEETING, "room@conference.d", false, "543c9563", Optional.empty(), ClientFeatures.NONE));
        assertThat(iq.getCreate()).isFalse();
        assertThat(iq.getEndpoints().getFirst().getCreate()).isTrue();
    }

    @Test
    void anAcceptReachesTheBridgeWithTransportAndSources() throws Exception {
        String accept = "<jingle xmlns='urn:xmpp:jingle:1' action='session-accept' sid='s'><content name='audio'>"
                + "<description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>"
                + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='543c9563-a0' ssrc='225817433'>"
                + "<parameter name='msid' value='543c9563-audio-0-1 86c2cda9-1'/></source></description>"
                + "<transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='q8q2' pwd='H1arX4wvn9pcQGrL2UMUnR0I'>"
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='active' hash='sha-256'>79:80:F6:27:4C:69:7B:B8:"
                + "BE:BF:91:36:27:C0:59:80:63:4C:D3:24:AC:94:AD:3E:B5:73:33:78:6F:FB:4D:1C</fingerprint></transport>"
                + "</content></jingle>";
        var good = (Reading.Good<JingleRequest.Accept>)
                JingleRequest.of(Xml.stanza(accept)).accept(20);
        ConferenceModifyIQ iq = read(ColibriStanzas.updateEndpoint(
                MEETING,
                "543c9563",
                Optional.of(good.value().transport()),
                good.value().sources()));
        Colibri2Endpoint endpoint = iq.getEndpoints().getFirst();
        assertThat(endpoint.getCreate()).isFalse();
        assertThat(endpoint.getTransport().getIceUdpTransport().getUfrag()).isEqualTo("q8q2");
        MediaSource audio = endpoint.getSources().getMediaSources().getFirst();
        assertThat(audio.getId()).isEqualTo("543c9563-a0");
        assertThat(audio.getSources().getFirst().getSSRC()).isEqualTo(225817433L);
    }

    @Test
    void streamsAreGatheredBySourceWithTheirGroups() throws Exception {
        EndpointSources sources = new EndpointSources(
                List.of(
                        new Source(1, MediaKind.VIDEO, "543c9563-v0", "s t", false),
                        new Source(2, MediaKind.VIDEO, "543c9563-v0", "s t", false),
                        new Source(3, MediaKind.VIDEO, "543c9563-v1", "s u", true)),
                List.of(new SourceGroup(SourceGroup.Semantics.FID, MediaKind.VIDEO, List.of(1L, 2L))));
        ConferenceModifyIQ iq = read(ColibriStanzas.updateEndpoint(MEETING, "543c9563", Optional.empty(), sources));
        List<MediaSource> media = iq.getEndpoints().getFirst().getSources().getMediaSources();
        assertThat(media).extracting(MediaSource::getId).containsExactly("543c9563-v0", "543c9563-v1");
        assertThat(media.getFirst().getSources()).hasSize(2);
        assertThat(media.getFirst().getSsrcGroups().getFirst().getSemantics()).isEqualTo("FID");
        assertThat(media.getLast().getSources().getFirst().getVideoType()).isEqualTo("desktop");
    }

    @Test
    void streamIdsAreToldInTheOrderOfTheirGroupWithTheSsrcsForReceivers() throws Exception {
        EndpointSources sources = new EndpointSources(
                List.of(
                        new Source(1, MediaKind.VIDEO, "543c9563-v0", "s t", false),
                        new Source(2, MediaKind.VIDEO, "543c9563-v0", "s t", false)),
                List.of(new SourceGroup(SourceGroup.Semantics.FID, MediaKind.VIDEO, List.of(1L, 2L))),
                List.of(new RidSource("543c9563-v0", "s t", false, "3", List.of("lo", "mid", "hi"))));
        ConferenceModifyIQ iq = read(ColibriStanzas.updateEndpoint(MEETING, "543c9563", Optional.empty(), sources));
        MediaSource media =
                iq.getEndpoints().getFirst().getSources().getMediaSources().getFirst();
        assertThat(media.getSources())
                .extracting(SourcePacketExtension::getSSRC)
                .containsExactly(1L, 2L);
        SourceRidGroupPacketExtension group = media.getChildExtensionsOfType(SourceRidGroupPacketExtension.class)
                .getFirst();
        assertThat(group.getSemantics()).isEqualTo("SIM");
        assertThat(group.getSources()).extracting(SourcePacketExtension::getRid).containsExactly("lo", "mid", "hi");
        assertThat(group.getSources())
                .allMatch(member -> member.getName().equals("543c9563-v0"))
                .allMatch(member -> "3".equals(member.getParameter("mid")));
    }

    @Test
    void expiring() throws Exception {
        assertThat(read(ColibriStanzas.expireConference(MEETING)).getExpire()).isTrue();
        assertThat(read(ColibriStanzas.expireEndpoint(MEETING, "543c9563"))
                        .getEndpoints()
                        .getFirst()
                        .getExpire())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "item-not-found, conference_not_found, CONFERENCE_UNKNOWN",
        "item-not-found, CONFERENCE_NOT_FOUND, CONFERENCE_UNKNOWN",
        "item-not-found, unknown_endpoint, ENDPOINT_UNKNOWN",
        "service-unavailable, graceful_shutdown, BRIDGE_DRAINING",
        "conflict, conference_already_exists, REFUSED",
        "bad-request, unheard_of, REFUSED",
        "item-not-found, '', BRIDGE_SILENT",
        "service-unavailable, '', BRIDGE_SILENT",
        "recipient-unavailable, '', BRIDGE_SILENT",
        "bad-request, '', REFUSED"
    })
    void whatAnErrorMeans(String condition, String reason, ColibriFailure.Kind kind) {
        XmlElement stanza = Xml.stanza("<iq type='error'><error type='cancel'><" + condition
                + " xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + (reason.isEmpty() ? "" : "<error xmlns='jitsi:colibri2' reason='" + reason + "'/>")
                + "</error></iq>");
        assertThat(ColibriFailure.of(StanzaError.of(stanza)).kind()).isEqualTo(kind);
    }
}
