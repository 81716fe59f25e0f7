package org.videowindow.bridge.conference;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.videowindow.bridge.srtp.CryptoProvider;

class RehearsalTest {
    @ParameterizedTest
    @MethodSource("org.videowindow.bridge.srtp.Providers#present")
    void packetsGoThroughAllSteps(CryptoProvider provider) throws Exception {
        assertThat(Rehearsal.run(BridgeSettings.defaults().with(provider))).isPositive();
    }
}
