package org.videowindow.portal.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.videowindow.portal.FakeFocus;
import org.videowindow.portal.Samples;

class ShardRegistryTest {
    private final FakeFocus focus = new FakeFocus();

    @AfterEach
    void stopTheFocus() {
        focus.stop();
    }

    @Test
    void theFirstRequestAsksInsteadOfWaitingForTheNextRound() {
        ShardRegistry registry =
                new ShardRegistry(Samples.properties("http://localhost", Samples.shard("shard-1", focus.url())));
        registry.start();
        try {
            assertThat(registry.healthy()).extracting(Shard::id).containsExactly("shard-1");
        } finally {
            registry.stop();
        }
    }

    @Test
    void manyRequestsThatFindNothingShareOneQuestion() throws InterruptedException {
        focus.answer(503);
        ShardRegistry registry =
                new ShardRegistry(Samples.properties("http://localhost", Samples.shard("shard-1", focus.url())));
        registry.start();
        try {
            List<Thread> requests = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                requests.add(Thread.startVirtualThread(registry::healthy));
            }
            for (Thread request : requests) {
                request.join();
            }
            assertThat(focus.asked()).isLessThan(10);
            assertThat(registry.healthy()).isEmpty();
        } finally {
            registry.stop();
        }
    }

    @Test
    void aShardWithoutHealthAddressCountsAsHealthy() {
        ShardProperties shard = new ShardProperties(
                "shard-1", "eu", URI.create("wss://a.example.org/ws/"), "a.example.org", null, null);
        assertThat(new ShardRegistry(Samples.properties("http://localhost", shard)).healthy())
                .hasSize(1);
    }

    @Test
    void oneAddressForAllShardsTakesThePlaceOfTheirOwn() {
        ShardProperties shard =
                new ShardProperties("shard-1", "eu", URI.create("ws://10.0.0.1/ws/"), "a.example.org", null, null);
        ShardRegistry registry = new ShardRegistry(Samples.behindProxy("wss://meet.example.org/xmpp-websocket", shard));
        assertThat(registry.healthy())
                .extracting(Shard::webSocketUrl)
                .containsExactly("wss://meet.example.org/xmpp-websocket");
    }

    @Test
    void nobodyThereIsUnhealthy() {
        ShardRegistry registry = new ShardRegistry(
                Samples.properties("http://localhost", Samples.shard("shard-1", "http://127.0.0.1:1/about/health")));
        registry.start();
        try {
            assertThat(registry.healthy()).isEmpty();
            assertThat(registry.states()).containsEntry("shard-1", ShardHealth.State.UNHEALTHY);
        } finally {
            registry.stop();
        }
    }
}
