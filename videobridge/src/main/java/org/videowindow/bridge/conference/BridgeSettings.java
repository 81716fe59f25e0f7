package org.videowindow.bridge.conference;

import java.net.InetAddress;
import java.util.List;
import org.videowindow.bridge.io.IoPath;
import org.videowindow.bridge.srtp.CryptoProvider;
import org.videowindow.bridge.tcp.TcpSettings;

/**
 * How a bridge is to run.
 *
 * @param ioPath system calls to use
 * @param crypto who computes AES-GCM
 * @param bindAddress local address of the media sockets
 * @param firstPort UDP port of worker 0, worker n has {@code firstPort + n}; 0 takes free ports
 * @param workers worker threads, each with its own socket; 0 for one per core
 * @param advertisedAddresses addresses that endpoints are told; empty means {@code bindAddress}, which then must not be
 *     the wildcard address
 * @param limits upper bounds
 * @param times times
 * @param forwarding how much is forwarded
 * @param tcp where connections are taken by those whose networks let no datagrams pass
 */
public record BridgeSettings(
        IoPath ioPath,
        CryptoProvider crypto,
        InetAddress bindAddress,
        int firstPort,
        int workers,
        List<AdvertisedAddress> advertisedAddresses,
        BridgeLimits limits,
        BridgeTimes times,
        ForwardingSettings forwarding,
        TcpSettings tcp) {
    public BridgeSettings {
        advertisedAddresses = List.copyOf(advertisedAddresses);
    }

    /** A bridge that takes datagrams only, with the best crypto provider there is. */
    public BridgeSettings(
            IoPath ioPath,
            InetAddress bindAddress,
            int firstPort,
            int workers,
            List<AdvertisedAddress> advertisedAddresses,
            BridgeLimits limits,
            BridgeTimes times) {
        this(
                ioPath,
                CryptoProvider.AUTO,
                bindAddress,
                firstPort,
                workers,
                advertisedAddresses,
                limits,
                times,
                ForwardingSettings.DEFAULTS,
                TcpSettings.OFF);
    }

    /** The same settings with another crypto provider. */
    public BridgeSettings with(CryptoProvider other) {
        return new BridgeSettings(
                ioPath, other, bindAddress, firstPort, workers, advertisedAddresses, limits, times, forwarding, tcp);
    }

    /** The same settings with another measure of what is forwarded. */
    public BridgeSettings with(ForwardingSettings other) {
        return new BridgeSettings(
                ioPath, crypto, bindAddress, firstPort, workers, advertisedAddresses, limits, times, other, tcp);
    }

    /** The same with connections taken as told. */
    public BridgeSettings with(TcpSettings connections) {
        return new BridgeSettings(
                ioPath,
                crypto,
                bindAddress,
                firstPort,
                workers,
                advertisedAddresses,
                limits,
                times,
                forwarding,
                connections);
    }

    /** Loopback, port 10000 and up, one worker per core. */
    public static BridgeSettings defaults() {
        return new BridgeSettings(
                IoPath.AUTO,
                InetAddress.getLoopbackAddress(),
                10_000,
                0,
                List.of(),
                BridgeLimits.DEFAULTS,
                BridgeTimes.DEFAULTS);
    }
}
