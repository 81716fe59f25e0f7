package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.videowindow.bridge.rtp.RtpPacket;

/** What an administrator's tap sees of one endpoint. */
class PacketTapTest {
    private static final String A = "aaaa1111";
    private static final String B = "bbbb2222";

    private record Seen(boolean toEndpoint, boolean control, long ssrc, int length, int headerLength) {
        static Seen of(boolean toEndpoint, byte[] buffer, int offset, int length, int headerLength) {
            boolean control = (buffer[offset + 1] & 0xff) >= 192 && (buffer[offset + 1] & 0xff) <= 223;
            long ssrc = control ? 0 : RtpPacket.ssrc(buffer, offset) & 0xffff_ffffL;
            return new Seen(toEndpoint, control, ssrc, length, headerLength);
        }
    }

    @Test
    void aTapSeesMediaAndReportsOfOneEndpointBothWaysUntilItIsTakenAway() throws Exception {
        CallLab lab = new CallLab(31);
        LabClient a = lab.join(A);
        LabClient b = lab.join(B);
        lab.runMillis(1_000);
        List<Seen> seen = new ArrayList<>();
        PacketTap tap = (to, buffer, offset, length, header) -> seen.add(Seen.of(to, buffer, offset, length, header));
        lab.conference().require(A).tap(tap);
        lab.runMillis(1_000);

        assertThat(seen).anyMatch(one -> !one.toEndpoint && one.ssrc == Integer.toUnsignedLong(a.videoSsrc()));
        assertThat(seen).anyMatch(one -> one.toEndpoint && one.ssrc == Integer.toUnsignedLong(b.videoSsrc()));
        assertThat(seen).noneMatch(one -> one.toEndpoint && one.ssrc == Integer.toUnsignedLong(a.videoSsrc()));
        assertThat(seen).anyMatch(one -> one.control && one.toEndpoint);
        assertThat(seen).anyMatch(one -> one.control && !one.toEndpoint);
        assertThat(seen).allMatch(one -> one.control ? one.headerLength == one.length : one.headerLength < one.length);
        assertThat(seen).filteredOn(one -> !one.control).allMatch(one -> one.headerLength >= 12);

        PacketTap another = (to, buffer, offset, length, header) -> {};
        EndpointSession endpoint = lab.conference().require(A);
        assertThatThrownBy(() -> endpoint.tap(another)).isInstanceOf(ConferenceException.class);
        endpoint.untap(another);
        int before = seen.size();
        lab.runMillis(100);
        assertThat(seen).as("another's leaving changes nothing").hasSizeGreaterThan(before);

        endpoint.untap(tap);
        before = seen.size();
        lab.runMillis(100);
        assertThat(seen).hasSize(before);
        assertThat(endpoint.mediaPath()).isPresent();
    }
}
