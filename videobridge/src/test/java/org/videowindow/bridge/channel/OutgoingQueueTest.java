package org.videowindow.bridge.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutgoingQueueTest {
    @Test
    void isBoundedInMessages() {
        OutgoingQueue queue = new OutgoingQueue(2, 100);

        assertThat(queue.offer("a")).isTrue();
        assertThat(queue.offer("b")).isTrue();
        assertThat(queue.offer("c")).isFalse();
        assertThat(queue.poll()).isEqualTo("a");
        assertThat(queue.offer("c")).isTrue();
    }

    @Test
    void isBoundedInCharacters() {
        OutgoingQueue queue = new OutgoingQueue(100, 10);

        assertThat(queue.offer("12345")).isTrue();
        assertThat(queue.offer("123456")).isFalse();
        assertThat(queue.offer("12345")).isTrue();
        queue.clear();
        assertThat(queue.poll()).isNull();
        assertThat(queue.offer("1234567890")).isTrue();
    }
}
