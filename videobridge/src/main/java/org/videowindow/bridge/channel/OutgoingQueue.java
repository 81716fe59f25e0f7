package org.videowindow.bridge.channel;

import java.util.ArrayDeque;

/** Messages that wait for a client, bounded in number and characters. Guarded by its {@link ChannelSocket}. */
final class OutgoingQueue {
    private final int mostMessages;
    private final int mostCharacters;
    private final ArrayDeque<String> messages = new ArrayDeque<>();
    private int characters;

    OutgoingQueue(int mostMessages, int mostCharacters) {
        this.mostMessages = mostMessages;
        this.mostCharacters = mostCharacters;
    }

    /** Adds a message; false when it does not fit any more. */
    boolean offer(String message) {
        if (messages.size() >= mostMessages || characters + message.length() > mostCharacters) {
            return false;
        }
        characters += message.length();
        messages.add(message);
        return true;
    }

    /** The next message, or {@code null}. */
    String poll() {
        String message = messages.poll();
        if (message != null) {
            characters -= message.length();
        }
        return message;
    }

    void clear() {
        messages.clear();
        characters = 0;
    }
}
