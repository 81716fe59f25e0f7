package org.videowindow.bridge.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.videowindow.bridge.conference.VideoType;

class SourceOfferTest {
    private static final SourceOffer OFFER = offer(VideoType.CAMERA, 720, 25, 2_000_000);

    private static SourceOffer offer(VideoType type, int height, double frames, long bitsPerSecond) {
        return new SourceOffer(
                "a-v0",
                "a",
                type,
                List.of(
                        new OfferedLayer(0, 0, 0, 180, 25, 200_000),
                        new OfferedLayer(1, 0, 0, height, frames, bitsPerSecond)));
    }

    @ParameterizedTest
    @CsvSource({
        "720, 25, 2000000, true",
        "720, 25, 2190000, true",
        "720, 25, 2300000, false",
        "720, 25, 1700000, true",
        "720, 25, 1000000, false",
        "720, 27, 2000000, true",
        "720, 12, 2000000, false",
        "720, 50, 2000000, false",
        "540, 25, 2000000, false",
    })
    void measurementsMayDifferALittle(int height, double frames, long bitsPerSecond, boolean alike) {
        assertThat(OFFER.isLike(offer(VideoType.CAMERA, height, frames, bitsPerSecond)))
                .isEqualTo(alike);
    }

    @Test
    void anotherTypeOrAnotherNumberOfLayersIsAnotherOffer() {
        assertThat(OFFER.isLike(offer(VideoType.DESKTOP, 720, 25, 2_000_000))).isFalse();
        List<OfferedLayer> fewer = new ArrayList<>(OFFER.layers());
        fewer.removeLast();
        assertThat(OFFER.isLike(new SourceOffer("a-v0", "a", VideoType.CAMERA, fewer)))
                .isFalse();
        assertThat(OFFER.hasSameLayers(new SourceOffer("a-v0", "a", VideoType.CAMERA, fewer)))
                .isFalse();
    }
}
