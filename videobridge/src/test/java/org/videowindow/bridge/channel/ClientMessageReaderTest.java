package org.videowindow.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.channel.ClientMessage.Fault;
import org.videowindow.bridge.channel.ClientMessage.Malformed;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.VideoConstraint;

class ClientMessageReaderTest {
    private final ClientMessageReader reader = new ClientMessageReader(64 * 1024);

    @Test
    void onlyMembersThatAreThereAreChanged() {
        ReceiverWish wish = new ReceiverWish();

        wish.change((ClientMessage.ReceiverVideoConstraints) reader.read("""
                {"colibriClass":"ReceiverVideoConstraints","lastN":5,"selectedSources":["a-v0"],
                 "onStageSources":["b-v0"],"defaultConstraints":{"maxHeight":180,"maxFrameRate":30},
                 "constraints":{"b-v0":{"maxHeight":720}},"assumedBandwidthBps":1000}"""));
        ReceiverConstraints now = wish.change((ClientMessage.ReceiverVideoConstraints)
                reader.read("{\"colibriClass\":\"ReceiverVideoConstraints\",\"lastN\":-1}"));

        assertThat(now)
                .isEqualTo(new ReceiverConstraints(
                        -1,
                        List.of("a-v0"),
                        List.of("b-v0"),
                        new VideoConstraint(180, 30),
                        Map.of("b-v0", VideoConstraint.height(720))));
    }

    @Test
    void theOldMessageOfLastNIsAChangeOfLastN() {
        assertThat(reader.read("{\"colibriClass\":\"LastNChangedEvent\",\"lastN\":3}"))
                .isEqualTo(new ClientMessage.ReceiverVideoConstraints(3, null, null, null, null));
    }

    @Test
    void aClassOfTheFutureIsNoFault() {
        assertThat(reader.read("{\"colibriClass\":\"Tomorrow\",\"x\":[1,2]}")).isEqualTo(new ClientMessage.Unknown());
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileMessagesAreDropped(String text, Fault fault) {
        assertThat(reader.read(text)).isEqualTo(new Malformed(fault));
    }

    static Stream<Arguments> hostile() {
        String wish = "{\"colibriClass\":\"ReceiverVideoConstraints\",";
        return Stream.of(
                // Not a JSON object of the strict kind.
                Arguments.of("", Fault.JSON),
                Arguments.of("null", Fault.JSON),
                Arguments.of("[]", Fault.JSON),
                Arguments.of("\"text\"", Fault.JSON),
                Arguments.of("{", Fault.JSON),
                Arguments.of("{} {}", Fault.JSON),
                Arguments.of("{\"colibriClass\":\"ClientHello\"}x", Fault.JSON),
                Arguments.of("{'colibriClass':'ClientHello'}", Fault.JSON),
                Arguments.of("{\"colibriClass\":\"ClientHello\"/**/}", Fault.JSON),
                Arguments.of(
                        "{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"from\":\"a\",\"from\":\"b\",\"msgPayload\":{}}",
                        Fault.JSON),
                Arguments.of("{\"colibriClass\":\"ClientHello\",\"colibriClass\":\"EndpointMessage\"}", Fault.JSON),
                Arguments.of("{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000), Fault.JSON),
                Arguments.of("[".repeat(60_000), Fault.JSON),
                Arguments.of(wish + "\"lastN\":" + "9".repeat(1_000) + "}", Fault.JSON),
                Arguments.of(wish + "\"lastN\":NaN}", Fault.JSON),
                Arguments.of("{\"colibriClass\":\"ClientHello\",\"x\":\"" + "y".repeat(1 << 20) + "\"}", Fault.JSON),
                Arguments.of("{\"" + "k".repeat(10_000) + "\":1}", Fault.JSON),
                // Without a class.
                Arguments.of("{}", Fault.CLASS),
                Arguments.of("{\"colibriClass\":null}", Fault.CLASS),
                Arguments.of("{\"colibriClass\":7}", Fault.CLASS),
                Arguments.of("{\"colibriClass\":{\"a\":1}}", Fault.CLASS),
                // Members out of their range or of another type.
                Arguments.of(wish + "\"lastN\":-2}", Fault.MEMBER),
                Arguments.of(wish + "\"lastN\":1.5}", Fault.MEMBER),
                Arguments.of(wish + "\"lastN\":1e400}", Fault.MEMBER),
                Arguments.of(wish + "\"lastN\":99999999999}", Fault.MEMBER),
                Arguments.of(wish + "\"lastN\":\"5\"}", Fault.MEMBER),
                Arguments.of(wish + "\"lastN\":null}", Fault.MEMBER),
                Arguments.of(wish + "\"selectedSources\":\"a-v0\"}", Fault.MEMBER),
                Arguments.of(wish + "\"selectedSources\":[1]}", Fault.MEMBER),
                Arguments.of(wish + "\"selectedSources\":[\"" + "a".repeat(500) + "\"]}", Fault.MEMBER),
                Arguments.of(wish + "\"onStageSources\":[" + "\"a\",".repeat(10_000) + "\"a\"]}", Fault.MEMBER),
                Arguments.of(wish + "\"defaultConstraints\":{\"maxHeight\":-1}}", Fault.MEMBER),
                Arguments.of(wish + "\"defaultConstraints\":{\"maxFrameRate\":-2}}", Fault.MEMBER),
                Arguments.of(wish + "\"defaultConstraints\":{\"maxFrameRate\":1e9}}", Fault.MEMBER),
                Arguments.of(wish + "\"defaultConstraints\":{\"maxFrameRate\":NaN}}", Fault.JSON),
                Arguments.of(wish + "\"defaultConstraints\":{\"maxFrameRate\":\"30\"}}", Fault.MEMBER),
                Arguments.of(wish + "\"defaultConstraints\":180}", Fault.MEMBER),
                Arguments.of(
                        wish + "\"constraints\":{"
                                + IntStream.range(0, 10_000)
                                        .mapToObj(i -> "\"" + i + "\":{}")
                                        .collect(Collectors.joining(","))
                                + "}}",
                        Fault.JSON),
                Arguments.of(
                        wish + "\"constraints\":{"
                                + IntStream.range(0, 1_001)
                                        .mapToObj(i -> "\"" + i + "\":{}")
                                        .collect(Collectors.joining(","))
                                + "}}",
                        Fault.MEMBER),
                Arguments.of(wish + "\"constraints\":{\"a\":{\"maxHeight\":-180}}}", Fault.MEMBER),
                Arguments.of(wish + "\"constraints\":{\"a\":180}}", Fault.MEMBER),
                Arguments.of(wish + "\"constraints\":[]}", Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\"}", Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":\"x\"}", Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"EndpointMessage\",\"to\":\"\",\"msgPayload\":[1]}", Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"EndpointMessage\",\"to\":5,\"msgPayload\":{}}", Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"SourceVideoTypeMessage\",\"videoType\":\"camera\"}", Fault.MEMBER),
                Arguments.of(
                        "{\"colibriClass\":\"SourceVideoTypeMessage\",\"sourceName\":\"a\",\"videoType\":\"film\"}",
                        Fault.MEMBER),
                Arguments.of("{\"colibriClass\":\"LastNChangedEvent\"}", Fault.MEMBER));
    }
}
