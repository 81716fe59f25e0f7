package org.videowindow.shard.room;

import org.videowindow.shard.token.Claims;

/** Who a stanza comes from, as its session was authenticated; never what the stanza says. */
public sealed interface Sender {
    /** The focus: it may do everything a room lets it do. */
    record Focus() implements Sender {}

    /** A bridge: it may be in the brewery and answer the focus. */
    record Bridge() implements Sender {}

    /** Somebody with a token. */
    record Client(Claims claims) implements Sender {}

    /** Anybody else, for example a service that signed in without TLS: it may do nothing. */
    record Stranger() implements Sender {}
}
