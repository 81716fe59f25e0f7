package org.videowindow.loadtest.sfu;

import java.io.IOException;
import org.videowindow.loadtest.endpoint.Engine;
import org.videowindow.loadtest.media.Codec;

/** A server that can be asked for rooms. */
public interface MediaServer {
    /** A new room of this name; the codec is that of all who send. */
    Room room(Engine engine, String name, Codec codec) throws IOException;
}
