package org.videowindow.focus.jingle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.focus.lab.Xml;
import org.videowindow.focus.source.EndpointSources;
import org.videowindow.focus.source.RidSource;
import org.videowindow.focus.source.SourceRemoval;

/** Sources by stream id as they stand in Jingle: what is read of them, and what is refused. */
class RidReaderTest {
    private static final String SSMA = " xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'";

    private static JingleRequest request(String media, String elements) {
        return JingleRequest.of(Xml.stanza("<jingle xmlns='urn:xmpp:jingle:1' action='source-add' sid='s'>"
                + "<content name='" + media + "'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='" + media + "'>"
                + elements + "</description></content></jingle>"));
    }

    private static String source(String rid, String name, String... parameters) {
        StringBuilder out = new StringBuilder("<source" + SSMA + " rid='" + rid + "' name='" + name + "'>");
        for (int i = 0; i < parameters.length; i += 2) {
            out.append("<parameter name='" + parameters[i] + "' value='" + parameters[i + 1] + "'/>");
        }
        return out + "</source>";
    }

    private static String group(String... rids) {
        StringBuilder out = new StringBuilder("<rid-group" + SSMA + " semantics='SIM'>");
        for (String rid : rids) {
            out.append("<source rid='" + rid + "'/>");
        }
        return out + "</rid-group>";
    }

    static Stream<Arguments> good() {
        return Stream.of(
                Arguments.of(
                        source("f", "e-v0", "msid", "s t")
                                + source("q", "e-v0", "msid", "s t")
                                + source("h", "e-v0")
                                + group("q", "h", "f"),
                        List.of(new RidSource("e-v0", "s t", false, "", List.of("q", "h", "f")))),
                Arguments.of(
                        group("a", "b") + source("a", "e-v0", "msid", "s t", "mid", "7") + source("b", "e-v0"),
                        List.of(new RidSource("e-v0", "s t", false, "7", List.of("a", "b")))),
                Arguments.of(
                        source("x", "e-v0", "msid", "s t"),
                        List.of(new RidSource("e-v0", "s t", false, "", List.of("x")))),
                Arguments.of(
                        source("a", "e-v0", "mid", "1")
                                + source("a", "e-v1", "mid", "2").replace("name=", "videoType='desktop' name=")
                                + "<rid-group" + SSMA + " semantics='SIM'><source rid='a' name='e-v1'/></rid-group>",
                        List.of(
                                new RidSource("e-v0", null, false, "1", List.of("a")),
                                new RidSource("e-v1", null, true, "2", List.of("a")))),
                Arguments.of("<source" + SSMA + " ssrc='5' rid='a' name='e-v0'/>", List.of()));
    }

    @ParameterizedTest
    @MethodSource("good")
    void whatIsRead(String elements, List<RidSource> expected) {
        var good = (Reading.Good<EndpointSources>) request("video", elements).sources(20);
        assertThat(good.value().ridSources()).isEqualTo(expected);
    }

    static Stream<Arguments> bad() {
        String two = source("a", "e-v0") + source("b", "e-v0");
        return Stream.of(
                Arguments.of("of sound", "audio", source("a", "e-a0"), "bad-request"),
                Arguments.of("without name", "video", "<source" + SSMA + " rid='a'/>", "bad-request"),
                Arguments.of("twice", "video", source("a", "e-v0") + source("a", "e-v0"), "bad-request"),
                Arguments.of("several without group", "video", two, "bad-request"),
                Arguments.of("one outside", "video", two + group("a"), "bad-request"),
                Arguments.of("an unknown one inside", "video", two + group("a", "b", "c"), "bad-request"),
                Arguments.of("one twice inside", "video", two + group("a", "b", "b"), "bad-request"),
                Arguments.of("two groups", "video", two + group("a", "b") + group("b", "a"), "bad-request"),
                Arguments.of("an empty group", "video", two + group(), "bad-request"),
                Arguments.of("a group of nothing", "video", group("a"), "bad-request"),
                Arguments.of(
                        "a group of two sources",
                        "video",
                        source("a", "e-v0") + source("b", "e-v1") + group("a", "b"),
                        "bad-request"),
                Arguments.of(
                        "a group that could be of either",
                        "video",
                        source("a", "e-v0") + source("a", "e-v1") + group("a"),
                        "bad-request"),
                Arguments.of("an FID group", "video", two + group("a", "b").replace("SIM", "FID"), "bad-request"),
                Arguments.of(
                        "two msids",
                        "video",
                        source("a", "e-v0", "msid", "x") + source("b", "e-v0", "msid", "y") + group("a", "b"),
                        "bad-request"),
                Arguments.of(
                        "two mids",
                        "video",
                        source("a", "e-v0", "mid", "x") + source("b", "e-v0", "mid", "y") + group("a", "b"),
                        "bad-request"),
                Arguments.of("ten thousand", "video", many(5_000), "resource-constraint"),
                Arguments.of(
                        "ten thousand groups", "video", two + group("a", "b").repeat(3_000), "resource-constraint"),
                Arguments.of(
                        "a group of thousands",
                        "video",
                        two + "<rid-group" + SSMA + " semantics='SIM'>" + "<source rid='a'/>".repeat(5_000)
                                + "</rid-group>",
                        "resource-constraint"));
    }

    private static String many(int count) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < count; i++) {
            out.append(source("r" + i, "e-v0"));
        }
        return out.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void whatIsRefused(String what, String media, String elements, String condition) {
        var bad = (Reading.Bad<EndpointSources>) request(media, elements).sources(20);
        assertThat(bad.error().condition()).isEqualTo(condition);
    }

    @Test
    void aRemovalNamesSsrcsAndStreamIds() {
        var good = (Reading.Good<SourceRemoval>) request(
                        "video",
                        source("a", "e-v0") + source("b", "e-v0") + "<source" + SSMA + " ssrc='5'/>" + group("a", "b"))
                .removal(20);
        assertThat(good.value()).isEqualTo(new SourceRemoval(Set.of(5L), Map.of("e-v0", Set.of("a", "b"))));
        var bad = (Reading.Bad<SourceRemoval>) request("video", many(30)).removal(20);
        assertThat(bad.error().condition()).isEqualTo("resource-constraint");
    }
}
