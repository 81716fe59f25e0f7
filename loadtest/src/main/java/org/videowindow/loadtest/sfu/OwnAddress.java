package org.videowindow.loadtest.sfu;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.util.Collections;

/** An address of this machine that is not loopback's: Janus has no candidates on loopback. Packets go over it anyway. */
final class OwnAddress {
    private OwnAddress() {}

    static String text() throws IOException {
        for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            if (network.isUp() && !network.isLoopback()) {
                for (var address : Collections.list(network.getInetAddresses())) {
                    if (address instanceof Inet4Address) {
                        return address.getHostAddress();
                    }
                }
            }
        }
        return "127.0.0.1";
    }
}
