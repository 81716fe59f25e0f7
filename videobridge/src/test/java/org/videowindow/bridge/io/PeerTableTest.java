package org.videowindow.bridge.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerTableTest {
    @Test
    void doesWhatAMapDoes() {
        Random random = new Random(3);
        PeerTable table = new PeerTable(50, 17);
        Map<PeerAddress, Integer> model = new HashMap<>();
        List<PeerAddress> addresses = new ArrayList<>();
        for (int i = 0; i < 80; i++) {
            addresses.add(new PeerAddress(random.nextInt(2), random.nextInt(10), random.nextInt(8)));
        }
        for (int step = 0; step < 50_000; step++) {
            PeerAddress address = addresses.get(random.nextInt(addresses.size()));
            Integer known = model.get(address);
            assertThat(table.find(address.high(), address.low(), address.port()))
                    .isEqualTo(known == null ? PeerTable.NONE : known);
            if (random.nextBoolean()) {
                int id = table.add(address);
                if (known != null) {
                    assertThat(id).isEqualTo(known);
                } else if (model.size() == 50) {
                    assertThat(id).isEqualTo(PeerTable.NONE);
                } else {
                    assertThat(id).isBetween(0, 49);
                    assertThat(model.values()).doesNotContain(id);
                    assertThat(table.address(id)).isEqualTo(address);
                    model.put(address, id);
                }
            } else if (known != null) {
                table.remove(known);
                table.remove(known);
                model.remove(address);
            }
            assertThat(table.size()).isEqualTo(model.size());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "255.1.2.3", "::1", "2001:db8::ffff:1", "fe80::1"})
    void anAddressSurvivesTheWayToNumbersAndBack(String host) {
        InetSocketAddress address = new InetSocketAddress(host, 50_000);
        assertThat(PeerAddress.of(address).toSocketAddress()).isEqualTo(address);
    }

    @Test
    void anIpv4AddressIsItsMappedForm() {
        PeerAddress address = PeerAddress.of(new InetSocketAddress("10.1.2.3", 9));
        assertThat(address).isEqualTo(new PeerAddress(0, 0x0000_FFFF_0A01_0203L, 9));
        assertThat(PeerAddress.isIpv4(address.high(), address.low())).isTrue();
    }
}
