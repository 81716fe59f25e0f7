package org.videowindow.bridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jitsi.xmpp.extensions.colibri2.Colibri2Error;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.conference.DtlsSetup;
import org.videowindow.bridge.conference.HeaderExtension;
import org.videowindow.bridge.conference.MediaKind;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.PayloadType;
import org.videowindow.bridge.conference.SsrcGroup;
import org.videowindow.bridge.conference.SsrcGroup.Semantics;
import org.videowindow.bridge.conference.VideoType;

class Colibri2HandlerTest {
    private static final String MEETING = "89b36181-ee61-47c4-aaf9-bfdd17805c38";

    private final MemoryConferences conferences = new MemoryConferences();
    private final ColibriCounters counters = new ColibriCounters();
    private final Admission admission = new Admission();
    private final Colibri2Handler handler = new Colibri2Handler(
            conferences, new ChannelAddress("wss://meet.example.org", "bridge-1"), admission, counters);

    @Test
    void aRecordedConversationIsAnsweredWordByWord() {
        for (String[] step : new String[][] {
            {"create.xml", "created.xml"}, {"update.xml", "updated.xml"}, {"expire.xml", "expired.xml"}
        }) {
            assertThat(Stanzas.canonical(answer(Stanzas.resource(step[0]))))
                    .as(step[0])
                    .isEqualTo(Stanzas.canonical(Stanzas.resource(step[1])));
        }
    }

    @Test
    void whatAnEndpointWasOfferedReachesTheConference() {
        answer(Stanzas.resource("create.xml"));

        var settings = conferences.of(MEETING).settings.get("543c9563");
        assertThat(settings.payloadTypes())
                .contains(
                        new PayloadType(
                                MediaKind.AUDIO,
                                111,
                                "opus",
                                48_000,
                                Map.of("minptime", "10", "useinbandfec", "1"),
                                Set.of("transport-cc")),
                        new PayloadType(
                                MediaKind.VIDEO,
                                96,
                                "rtx",
                                90_000,
                                Map.of("apt", "100"),
                                Set.of("ccm fir", "nack", "nack pli")));
        assertThat(settings.extensions())
                .contains(
                        new HeaderExtension(MediaKind.AUDIO, 1, HeaderExtension.AUDIO_LEVEL),
                        new HeaderExtension(MediaKind.VIDEO, 5, HeaderExtension.TRANSPORT_SEQUENCE));
        assertThat(conferences.of(MEETING).name()).isEqualTo("room@conference.shard.test");
    }

    @Test
    void transportAndSourcesReachTheConferenceWithThePrimarySsrcFirst() {
        answer(Stanzas.resource("create.xml"));
        answer(Stanzas.resource("update.xml"));

        var conference = conferences.of(MEETING);
        assertThat(conference.transports.get("543c9563").setup()).isEqualTo(DtlsSetup.ACTIVE);
        assertThat(conference.transports.get("543c9563").ufrag()).isEqualTo("q8q2");
        assertThat(conference.sources.get("543c9563"))
                .containsExactly(
                        new MediaSource("543c9563-a0", MediaKind.AUDIO, VideoType.NONE, List.of(225817433L), List.of()),
                        new MediaSource(
                                "543c9563-v0",
                                MediaKind.VIDEO,
                                VideoType.CAMERA,
                                List.of(1514886999L, 3211646242L, 3618928615L, 4031773696L, 78433528L, 428929660L),
                                List.of(
                                        new SsrcGroup(Semantics.FID, List.of(1514886999L, 3211646242L)),
                                        new SsrcGroup(Semantics.SIM, List.of(1514886999L, 3618928615L, 4031773696L)),
                                        new SsrcGroup(Semantics.FID, List.of(3618928615L, 78433528L)),
                                        new SsrcGroup(Semantics.FID, List.of(4031773696L, 428929660L)))));
    }

    @Test
    void aCreationWhoseAnswerGotLostIsAnsweredTheSameWhenRepeated() {
        String first = answer(Stanzas.resource("create.xml"));

        assertThat(answer(Stanzas.resource("create.xml"))).isEqualTo(first);
        assertThat(conferences.of(MEETING).endpointIds()).containsExactly("543c9563");
    }

    @Test
    void anEndpointInUseIsNotCreatedOver() {
        answer(Stanzas.resource("create.xml"));
        answer(Stanzas.resource("update.xml"));

        ErrorIQ error = refused(Stanzas.resource("create.xml"));
        assertThat(error.getError().getCondition().toString()).isEqualTo("conflict");
        assertThat(conferences.of(MEETING).transports).containsKey("543c9563");
    }

    @Test
    void theSameMeetingUnderAnotherNameIsAConflictOfTheConference() {
        answer(Stanzas.resource("create.xml"));

        ErrorIQ error = refused(Stanzas.resource("create.xml").replace("room@", "other@"));
        assertThat(error.getError().getCondition().toString()).isEqualTo("conflict");
        assertThat(reason(error)).isEqualTo(Colibri2Error.Reason.CONFERENCE_ALREADY_EXISTS);
    }

    @Test
    void anUnknownConferenceIsToldFromAnUnknownOccupantByItsReason() {
        ErrorIQ error = refused(Stanzas.resource("update.xml"));

        assertThat(Stanzas.canonical(Stanzas.write(error)))
                .contains("{urn:ietf:params:xml:ns:xmpp-stanzas}item-not-found")
                .contains("{jitsi:colibri2}error{reason=conference_not_found}");
    }

    @Test
    void anUnknownEndpointIsNamed() {
        answer(Stanzas.resource("create.xml"));

        ErrorIQ error = refused(Stanzas.resource("update.xml").replace("id=\"543c9563\">", "id=\"00000000\">"));
        assertThat(Stanzas.canonical(Stanzas.write(error)))
                .contains("item-not-found")
                .contains("{jitsi:colibri2}error{reason=unknown_endpoint}")
                .contains("{jitsi:colibri2}endpoint{id=00000000}");
    }

    @Test
    void expiringTwiceIsHarmless() {
        answer(Stanzas.resource("create.xml"));

        String first = answer(Stanzas.resource("expire.xml").replace("183c1421", "543c9563"));
        String second = answer(Stanzas.resource("expire.xml").replace("183c1421", "543c9563"));
        assertThat(second).isEqualTo(first);
        assertThat(conferences.of(MEETING).endpointIds()).isEmpty();
    }

    @Test
    void aConferenceExpiresOnceAndIsUnknownThen() {
        answer(Stanzas.resource("create.xml"));
        String expire = modify("expire='true'", "");

        assertThat(answer(expire)).contains("conference-modified");
        assertThat(conferences.list()).isEmpty();
        assertThat(reason(refused(expire))).isEqualTo(Colibri2Error.Reason.CONFERENCE_NOT_FOUND);
    }

    @Test
    void aRequestThatFailsHalfWayLeavesNothingBehind() {
        ErrorIQ error = refused(modify(
                "create='true'",
                endpoint("aaaaaaaa", "create='true'", "<transport/>" + sources("aaaaaaaa", "1"))
                        + endpoint("bbbbbbbb", "create='true'", "<transport/>" + sources("bbbbbbbb", "1"))));

        assertThat(error.getError().getCondition().toString()).isEqualTo("bad-request");
        assertThat(conferences.list()).isEmpty();
    }

    @Test
    void anEndpointAddedByARequestThatFailsIsTakenBack() {
        answer(Stanzas.resource("create.xml"));

        refused(modify(
                "",
                endpoint("aaaaaaaa", "create='true'", "<transport/>" + sources("aaaaaaaa", "1"))
                        + endpoint("543c9563", "", sources("543c9563", "1"))));
        assertThat(conferences.of(MEETING).endpointIds()).containsExactly("543c9563");
    }

    @Test
    void aBridgeAboutToStopTakesNoNewConference() {
        admission.drain(true);

        ErrorIQ error = refused(Stanzas.resource("create.xml"));
        assertThat(error.getError().getCondition().toString()).isEqualTo("service-unavailable");
        assertThat(reason(error)).isEqualTo(Colibri2Error.Reason.GRACEFUL_SHUTDOWN);
    }

    @Test
    void aFullBridgeSaysSo() {
        conferences.limit = 0;

        assertThat(refused(Stanzas.resource("create.xml"))
                        .getError()
                        .getCondition()
                        .toString())
                .isEqualTo("resource-constraint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What is not there yet is said so, instead of half done.
                "<relay id='r' create='true'><transport/></relay> | feature-not-implemented",
                "<endpoint id='a' create='true'><transport><sctp role='server'/></transport></endpoint>"
                        + " | feature-not-implemented",
                "<endpoint id='a' create='true'><transport ice-restart='true'/></endpoint> | bad-request",
                // Values out of their range.
                "<endpoint id='a/b' create='true'><transport/></endpoint> | bad-request",
                "<endpoint id='a' create='true'/> | bad-request",
                "<endpoint id='a' create='true' expire='true'><transport/></endpoint> | bad-request",
                "<endpoint id='a' expire='true'/><endpoint id='a' expire='true'/> | bad-request",
            })
    void requestsThatAreRefusedChangeNothing(String endpoints, String condition) {
        assertThat(refused(modify("create='true'", endpoints))
                        .getError()
                        .getCondition()
                        .toString())
                .isEqualTo(condition);
        assertThat(conferences.list()).isEmpty();
        assertThat(counters.refused().values().stream()
                        .mapToLong(LongAdder::sum)
                        .sum())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-5", "4294967296", "99999999999999999999", "one", ""})
    void ssrcsThatAreNoSsrcsAreRefused(String ssrc) {
        refused(modify(
                "create='true'", endpoint("aaaaaaaa", "create='true'", "<transport/>" + sources("aaaaaaaa", ssrc))));
        assertThat(conferences.list()).isEmpty();
    }

    @Test
    void anIceRestartIsAnsweredWithTheGenerationOfItsCredentials() {
        handler.handle(Stanzas.read(Stanzas.resource("create.xml")));
        String restart = modify("", "<endpoint id='543c9563'><transport ice-restart='true'/></endpoint>");
        assertThat(Stanzas.write(handler.handle(Stanzas.read(restart))))
                .as("nothing to restart yet")
                .contains("again-543c9563", "<candidate", "<fingerprint")
                .doesNotContain("ice-generation");
        handler.handle(Stanzas.read(Stanzas.resource("update.xml")));
        assertThat(Stanzas.write(handler.handle(Stanzas.read(restart))))
                .contains("again-543c9563", "ice-generation='1'")
                .doesNotContain("web-socket");
        handler.handle(Stanzas.read(modify(
                "",
                "<endpoint id='543c9563'><transport><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'"
                        + " ice-generation='1' ufrag='newer' pwd='H1arX4wvn9pcQGrL2UMUnR0I'><fingerprint"
                        + " xmlns='urn:xmpp:jingle:apps:dtls:0' setup='active' hash='sha-256'>AB:CD</fingerprint>"
                        + "</transport></transport></endpoint>")));
        assertThat(conferences.of(MEETING).transports.get("543c9563").generation())
                .isOne();
        assertThat(reason(refused(modify("", "<endpoint id='nobody00'><transport ice-restart='true'/></endpoint>"))))
                .isEqualTo(Colibri2Error.Reason.UNKNOWN_ENDPOINT);
    }

    @Test
    void candidatesOfClientsAreNotEvenKept() {
        handler.handle(Stanzas.read(Stanzas.resource("create.xml")));
        String candidate = "<candidate component='1' foundation='1' generation='0' id='c' ip='169.254.169.254'"
                + " network='0' port='9' priority='1' protocol='udp' type='host'/>";
        String answer = Stanzas.write(handler.handle(Stanzas.read(modify(
                "",
                "<endpoint id='543c9563'><transport><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'"
                        + " ufrag='q8q2' pwd='H1arX4wvn9pcQGrL2UMUnR0I'><fingerprint"
                        + " xmlns='urn:xmpp:jingle:apps:dtls:0' setup='active' hash='sha-256'>AB:CD</fingerprint>"
                        + candidate.repeat(10_000) + "</transport></transport></endpoint>"))));
        assertThat(answer).contains("conference-modified").doesNotContain("candidate");
        assertThat(conferences.of(MEETING).transports.get("543c9563").toString())
                .doesNotContain("169.254");
    }

    @Test
    void groupsOfForeignSsrcsAreRefused() {
        refused(modify(
                "create='true'",
                endpoint(
                        "aaaaaaaa",
                        "create='true'",
                        "<transport/><sources><media-source type='video' id='aaaaaaaa-v0'>"
                                + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='1'/>"
                                + "<ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'>"
                                + "<source ssrc='1'/><source ssrc='2'/></ssrc-group></media-source></sources>")));
    }

    @Test
    void tenThousandSourcesAreRefused() {
        StringBuilder sources = new StringBuilder("<transport/><sources>");
        for (int i = 1; i <= 10_000; i++) {
            sources.append("<media-source type='video' id='v")
                    .append(i)
                    .append("'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='")
                    .append(i)
                    .append("'/></media-source>");
        }
        refused(modify(
                "create='true'",
                endpoint("a", "create='true'", sources.append("</sources>").toString())));
        assertThat(conferences.list()).isEmpty();
    }

    private static String modify(String attributes, String endpoints) {
        return "<iq xmlns='jabber:client' type='get' id='1' from='brewery@conference.shard.test/focus' to='b@shard.test/b'>"
                + "<conference-modify xmlns='jitsi:colibri2' meeting-id='" + MEETING + "' " + attributes + ">"
                + endpoints
                + "</conference-modify></iq>";
    }

    private static String endpoint(String id, String attributes, String content) {
        return "<endpoint id='" + id + "' " + attributes + ">" + content + "</endpoint>";
    }

    private static String sources(String endpoint, String ssrc) {
        return "<sources><media-source type='audio' id='" + endpoint + "-a0'>"
                + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' name='" + endpoint + "-a0' ssrc='" + ssrc
                + "'/></media-source></sources>";
    }

    private static Colibri2Error.Reason reason(ErrorIQ error) {
        Colibri2Error reason = error.getError().getExtension(Colibri2Error.ELEMENT, Colibri2Error.NAMESPACE);
        return reason.getReason();
    }

    private String answer(String request) {
        IQ answer = handler.handle(Stanzas.read(request));
        assertThat(answer.getType()).as(Stanzas.write(answer)).isEqualTo(IQ.Type.result);
        return Stanzas.write(answer);
    }

    private ErrorIQ refused(String request) {
        IQ answer = handler.handle(Stanzas.read(request));
        assertThat(answer).as(Stanzas.write(answer)).isInstanceOf(ErrorIQ.class);
        return (ErrorIQ) answer;
    }
}
