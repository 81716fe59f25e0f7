package org.videowindow.loadtest.sfu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.videowindow.loadtest.endpoint.MediaFormat;
import org.videowindow.loadtest.ice.IceAgent.Candidate;
import org.videowindow.loadtest.media.Codec;

class SdpTest {
    private static final String OFFER = """
            v=0
            a=fingerprint:sha-256 AB:CD
            m=audio 9 UDP/TLS/RTP/SAVPF 111
            a=ice-ufrag:Q3+x
            a=ice-pwd:0123456789012345678901
            a=rtpmap:111 opus/48000/2
            a=extmap:3 urn:ietf:params:rtp-hdrext:ssrc-audio-level
            a=candidate:1 1 udp 2015363327 192.0.2.2 51272 typ host
            m=video 9 UDP/TLS/RTP/SAVPF 96 97
            a=rtpmap:96 VP8/90000
            a=rtpmap:97 rtx/90000
            a=fmtp:97 apt=96
            a=extmap:4 http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01
            a=ssrc-group:FID 4000000000 12
            a=candidate:1 1 udp 2015363327 192.0.2.2 51272 typ host
            """;

    @Test
    void anOfferTellsAddressKeysAndNumbers() throws IOException {
        assertThat(Sdp.remote(OFFER).fragment()).isEqualTo("Q3+x");
        assertThat(Sdp.remote(OFFER).candidates()).containsExactly(new Candidate(0xc0000202, 51_272));
        assertThat(Sdp.fingerprint(OFFER)).isEqualTo("AB:CD");
        assertThat(Sdp.format(OFFER, Codec.VP8)).isEqualTo(new MediaFormat(Codec.VP8, 111, 96, 97, 3, 0, 4, 0));
        assertThat(Sdp.repeats(OFFER)).containsExactly(new Sdp.Repeat((int) 4_000_000_000L, 12));
    }

    @Test
    void anOfferWithoutAddressIsRefused() {
        assertThatThrownBy(() -> Sdp.remote("v=0\n")).isInstanceOf(IOException.class);
    }
}
