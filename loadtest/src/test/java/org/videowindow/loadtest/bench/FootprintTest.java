package org.videowindow.loadtest.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {
    private static final List<String> MAPPINGS = List.of(
            "00400000-00500000 r-xp 00000000 00:00 0 ",
            "Rss:                 900 kB",
            "e0000000-e7e10000 rw-p 00000000 00:00 0 ",
            "Rss:               53920 kB",
            "e7e10000-eaaa0000 ---p 00000000 00:00 0 ",
            "Rss:                   0 kB",
            "eaaa0000-fa6a0000 rw-p 00000000 00:00 0 ",
            "Rss:               34000 kB",
            "7f0000000000-7f0000100000 rw-p 00000000 00:00 0 ",
            "Rss:                1000 kB");

    @Test
    void theHeapOfTheSerialCollectorCountsByWhatIsUsed() {
        String heap = """
                13290:
                DefNew     total 116224K, used 6116K [0x00000000e0000000, 0x00000000e7e10000, 0x00000000eaaa0000)
                 eden space 103360K,   5% used [0x00000000e0000000, 0x00000000e05f93f0, 0x00000000e64f0000)
                Tenured    total 258048K, used 33753K [0x00000000eaaa0000, 0x00000000fa6a0000, 0x0000000100000000)
                 the  space 258048K,  13% used [0x00000000eaaa0000, 0x00000000ecb96640, 0x00000000fa6a0000)
                """;
        assertThat(Footprint.beyondUse(heap, MAPPINGS)).isEqualTo((6_116L + 33_753 - 53_920 - 34_000) * 1024);
    }

    @Test
    void theHeapOfG1CountsByWhatIsUsed() {
        String heap = """
                13367:
                garbage-first heap   total reserved 524288K, committed 219136K, used 65644K [0x00000000e0000000, 0x0000000100000000)
                 region size 1024K, 2 young (2048K), 0 survivors (0K)
                """;
        assertThat(Footprint.beyondUse(heap, MAPPINGS)).isEqualTo((65_644L - 53_920 - 34_000) * 1024);
    }
}
