package org.videowindow.launcher;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;

/** Looks, before anything starts, whether the ports of the parts are free. */
final class FreePorts {
    private FreePorts() {}

    /** @throws Refusal naming the first port that another program holds */
    static void check(Ports ports, Iterable<Part> parts) {
        for (Part part : parts) {
            for (Port port : ports.of(part)) {
                if (!isFree(port)) {
                    throw new Refusal("Port " + port + " (" + part.title() + ", " + port.purpose()
                            + ") is in use by another program: stop that program, or move all ports of Video Window"
                            + " with VIDEO_WINDOW_PORT_OFFSET=1000.");
                }
            }
        }
    }

    private static boolean isFree(Port port) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        if (port.transport() == Port.Transport.UDP) {
            try (DatagramSocket socket = new DatagramSocket(port.number(), loopback)) {
                return socket.isBound();
            } catch (SocketException taken) {
                return false;
            }
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(loopback, port.number()));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
