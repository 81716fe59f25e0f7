package org.videowindow.bridge.colibri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.videowindow.bridge.conference.MediaSource;
import org.videowindow.bridge.conference.SsrcGroup;
import org.videowindow.bridge.conference.StreamIds;

/** Stream ids as the focus writes them in COLIBRI2. */
class StreamIdReaderTest {
    private static final String SSMA = " xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'";
    private static final String STREAMS = "<source" + SSMA + " ssrc='1' name='e-v0'/><source" + SSMA
            + " ssrc='2' name='e-v0'/><ssrc-group" + SSMA + " semantics='FID'><source ssrc='1'/><source ssrc='2'/>"
            + "</ssrc-group>";

    private static List<MediaSource> read(String elements) throws ColibriRefusal {
        return SourceReader.read(Stanzas.read("<iq xmlns='jabber:client' type='get' id='1' from='a@b/c' to='d@e/f'>"
                        + "<conference-modify xmlns='jitsi:colibri2' meeting-id='m'><endpoint id='e'><sources>"
                        + "<media-source type='video' id='e-v0'>" + elements
                        + "</media-source></sources></endpoint></conference-modify></iq>")
                .getEndpoints()
                .getFirst()
                .getSources());
    }

    private static String group(String semantics, String members) {
        return "<rid-group" + SSMA + " semantics='" + semantics + "'>" + members + "</rid-group>";
    }

    @Test
    void idsSmallestFirstWithTheMidOfTheirSource() throws Exception {
        String mid = "<parameter name='mid' value='3'/>";
        MediaSource source = read(STREAMS
                        + group(
                                "SIM",
                                "<source rid='lo' name='e-v0'>" + mid + "</source><source rid='hi' name='e-v0'>" + mid
                                        + "</source>"))
                .getFirst();
        assertThat(source.ids()).isEqualTo(new StreamIds(List.of("lo", "hi"), "3"));
        assertThat(source.ssrcs()).containsExactly(1L, 2L);
        assertThat(source.groups()).containsExactly(new SsrcGroup(SsrcGroup.Semantics.FID, List.of(1L, 2L)));
    }

    @Test
    void aSourceWithoutIdsHasNone() throws Exception {
        assertThat(read(STREAMS).getFirst().ids()).isEqualTo(StreamIds.NONE);
    }

    @Test
    void theOnlySourceNeedsNoName() throws Exception {
        assertThat(read(STREAMS + group("SIM", "<source rid='a'/>")).getFirst().ids())
                .isEqualTo(new StreamIds(List.of("a"), ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='FID'><source rid='a'/></rid-group>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'/>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'><source rid='a'/></rid-group>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'><source ssrc='1'/></rid-group>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'><source rid=''/></rid-group>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'>"
                        + "<source rid='a' name='other'/></rid-group>",
                "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'><source rid='a'/></rid-group>"
                        + "<rid-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' semantics='SIM'><source rid='b'/>"
                        + "</rid-group>"
            })
    void whatIsRefused(String group) {
        assertThatExceptionOfType(ColibriRefusal.class).isThrownBy(() -> read(STREAMS + group));
    }

    @Test
    void aGroupOfThousandsIsRefused() {
        assertThatExceptionOfType(ColibriRefusal.class)
                .isThrownBy(() -> read(STREAMS + group("SIM", "<source rid='a'/>".repeat(5_000))));
    }
}
