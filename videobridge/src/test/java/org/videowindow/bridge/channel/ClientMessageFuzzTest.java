package org.videowindow.bridge.channel;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import org.videowindow.bridge.conference.ReceiverConstraints;

/** Any text: the reader answers, and what it accepts is within bounds. */
class ClientMessageFuzzTest {
    private static final ClientMessageReader READER = new ClientMessageReader(64 * 1024);

    @FuzzTest(maxDuration = "5s")
    void anyTextIsReadOrRefused(byte[] data) {
        switch (READER.read(new String(data, StandardCharsets.UTF_8))) {
            case ClientMessage.ReceiverVideoConstraints change -> {
                ReceiverConstraints wish = new ReceiverWish().change(change);
                if (wish.lastN() < -1
                        || wish.defaults().maxHeight() < 0
                        || wish.selectedSources().size() > 1_000
                        || wish.constraints().values().stream().anyMatch(one -> one.maxHeight() < 0)) {
                    throw new AssertionError(wish);
                }
            }
            case ClientMessage.EndpointMessage message -> {
                String written = BridgeMessages.endpointMessage("aaaa", message);
                if (!written.startsWith("{\"colibriClass\":\"EndpointMessage\",\"from\":\"aaaa\",")) {
                    throw new AssertionError(written);
                }
            }
            case ClientMessage.EndpointStats stats -> {
                String written = BridgeMessages.endpointStats("aaaa", stats);
                if (!written.contains("\"from\":\"aaaa\"")) {
                    throw new AssertionError(written);
                }
            }
            case ClientMessage.ClientHello hello -> {}
            case ClientMessage.SourceVideoType type -> {}
            case ClientMessage.Unknown unknown -> {}
            case ClientMessage.Malformed malformed -> {}
        }
    }
}
