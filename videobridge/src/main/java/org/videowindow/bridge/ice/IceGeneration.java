package org.videowindow.bridge.ice;

import java.nio.charset.StandardCharsets;

/**
 * One set of credentials of an agent, from one restart to the next (RFC 8445 section 9). Owned by its {@link IceAgent}.
 */
final class IceGeneration {
    private final int number;
    private final String fragment;
    private final long packedFragment;
    private final HmacSha1.Key key;
    private byte[] remoteFragment;

    /** When it stops counting unless it is the current one; meaningless for that. */
    private long endsAt;

    IceGeneration(int number, String fragment, String password) {
        this.number = number;
        this.fragment = fragment;
        this.packedFragment = UserFragment.pack(fragment);
        this.key = new HmacSha1.Key(password);
    }

    int number() {
        return number;
    }

    String fragment() {
        return fragment;
    }

    HmacSha1.Key key() {
        return key;
    }

    boolean has(long packed) {
        return packedFragment == packed;
    }

    void remoteFragment(String remote) {
        remoteFragment = remote.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the check names both sides rightly and was made with the password. */
    boolean admits(StunRequest request, HmacSha1 hmac) {
        return (remoteFragment == null || request.remoteFragmentIs(remoteFragment)) && request.isAuthentic(hmac, key);
    }

    void endsAt(long time) {
        endsAt = time;
    }

    boolean isOver(long now) {
        return now - endsAt >= 0;
    }
}
