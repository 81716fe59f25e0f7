package org.videowindow.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Looks, before anything starts, whether the ports of the instances are free. */
final class FreePorts {
    private FreePorts() {}

    /** @throws Refusal naming the first port that another program holds */
    static void check(Installation installation, Iterable<Instance> instances) throws IOException {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        addresses.add(InetAddress.ofLiteral("127.0.0.1"));
        addresses.add(InetAddress.ofLiteral(installation.setUp().listen()));
        for (Instance instance : instances) {
            for (Port port : installation.ports().of(instance)) {
                for (InetAddress address : addresses) {
                    if (!isFree(port, address)) {
                        throw new Refusal("Port " + port + " ("
                                + installation.setUp().label(instance) + ", " + port.purpose()
                                + ") is in use by another program: stop that program, or move all ports of Video Window"
                                + " with VIDEO_WINDOW_PORT_OFFSET=1000.");
                    }
                }
            }
        }
    }

    private static boolean isFree(Port port, InetAddress address) {
        if (port.transport() == Port.Transport.UDP) {
            try (DatagramSocket socket = new DatagramSocket(port.number(), address)) {
                return socket.isBound();
            } catch (SocketException taken) {
                return false;
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port.number()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
