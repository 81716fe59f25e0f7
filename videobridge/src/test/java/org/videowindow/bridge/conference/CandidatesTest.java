package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.conference.TransportCandidate.Protocol;
import org.videowindow.bridge.io.IoPath;

class CandidatesTest {
    private static List<TransportCandidate> candidates(String bind, String advertised, int tcpPort) {
        List<AdvertisedAddress> addresses = Arrays.stream(advertised.split(" "))
                .filter(text -> !text.isEmpty())
                .map(text -> text.split("/"))
                .map(pair -> new AdvertisedAddress(
                        InetAddress.ofLiteral(pair[0]), InetAddress.ofLiteral(pair[pair.length - 1])))
                .toList();
        BridgeSettings settings = new BridgeSettings(
                IoPath.AUTO,
                InetAddress.ofLiteral(bind),
                10_000,
                1,
                addresses,
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
        return Candidates.of(settings, 10_000, tcpPort);
    }

    private static String words(TransportCandidate candidate) {
        return candidate.type() + " " + candidate.address()
                + (candidate.relatedAddress() == null ? "" : " for " + candidate.relatedAddress());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.7 | '' | host 10.0.0.7",
                "0.0.0.0 | 203.0.113.7 | host 203.0.113.7",
                "0.0.0.0 | 203.0.113.7/10.0.0.7 | host 10.0.0.7, srflx 203.0.113.7 for 10.0.0.7",
                "0.0.0.0 | 10.0.0.7 203.0.113.7/10.0.0.7 | host 10.0.0.7, srflx 203.0.113.7 for 10.0.0.7",
                ":: | 2001:db8::7 203.0.113.7 | host 2001:db8:0:0:0:0:0:7, host 203.0.113.7",
                "2001:db8::7 | '' | host 2001:db8:0:0:0:0:0:7",
                ":: | 203.0.113.7/10.0.0.7 198.51.100.9/192.168.1.9 2001:db8::7 | host 10.0.0.7, host 192.168.1.9,"
                        + " host 2001:db8:0:0:0:0:0:7, srflx 203.0.113.7 for 10.0.0.7, srflx 198.51.100.9 for"
                        + " 192.168.1.9",
                "0.0.0.0 | 203.0.113.7/10.0.0.7 198.51.100.9/10.0.0.7 | host 10.0.0.7, srflx 203.0.113.7 for 10.0.0.7,"
                        + " srflx 198.51.100.9 for 10.0.0.7",
            })
    void addressesBecomeCandidates(String bind, String advertised, String expected) {
        assertThat(candidates(bind, advertised, 0))
                .extracting(CandidatesTest::words)
                .containsExactly(expected.split(", "));
    }

    @Test
    void prioritiesAreThoseOfTheRfc() {
        List<TransportCandidate> candidates = candidates("::", "2001:db8::7 203.0.113.7/10.0.0.7", 0);
        // 2^24 * type preference + 2^8 * local preference + 255.
        assertThat(candidates)
                .extracting(TransportCandidate::priority)
                .containsExactly(2_130_706_431L, 2_130_706_431L - 256, (100L << 24) + (65_534L << 8) + 255);
    }

    @Test
    void everyConnectionStandsBehindEveryDatagramAndHostsStandBeforeTranslations() {
        List<TransportCandidate> all = candidates("::", "2001:db8::7 203.0.113.7/10.0.0.7 198.51.100.9", 4_443);
        assertThat(all).hasSize(12);
        List<TransportCandidate> sorted = all.stream()
                .sorted(Comparator.comparingLong(TransportCandidate::priority).reversed())
                .toList();
        assertThat(sorted)
                .extracting(candidate -> candidate.protocol() == Protocol.UDP, TransportCandidate::type)
                .startsWith(
                        org.assertj.core.groups.Tuple.tuple(true, "host"),
                        org.assertj.core.groups.Tuple.tuple(true, "host"),
                        org.assertj.core.groups.Tuple.tuple(true, "host"),
                        org.assertj.core.groups.Tuple.tuple(true, "srflx"),
                        org.assertj.core.groups.Tuple.tuple(false, "host"));
        assertThat(sorted.getLast().type()).isEqualTo("srflx");
        assertThat(sorted)
                .filteredOn(candidate -> candidate.address().equals("198.51.100.9"))
                .extracting(TransportCandidate::protocol)
                .containsExactly(Protocol.UDP, Protocol.TCP, Protocol.SSLTCP);
        assertThat(all)
                .filteredOn(candidate -> candidate.protocol() != Protocol.UDP)
                .extracting(TransportCandidate::port)
                .containsOnly(4_443);
    }

    @Test
    void noTwoCandidatesShareIdFoundationOrPriority() {
        List<TransportCandidate> all = candidates("::", "2001:db8::7 203.0.113.7/10.0.0.7 198.51.100.9", 4_443);
        assertThat(all).extracting(TransportCandidate::id).doesNotHaveDuplicates();
        assertThat(all).extracting(TransportCandidate::foundation).doesNotHaveDuplicates();
        assertThat(all).extracting(TransportCandidate::priority).doesNotHaveDuplicates();
        assertThat(all)
                .extracting(TransportCandidate::priority)
                .allMatch(priority -> priority > 0 && priority < 1L << 31);
    }
}
