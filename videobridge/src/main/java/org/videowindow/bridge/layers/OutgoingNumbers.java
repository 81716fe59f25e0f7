package org.videowindow.bridge.layers;

/** The numbers of one packet at one receiver: its own and what the sender's are moved by. Reused. */
final class OutgoingNumbers {
    int sequence;
    int timestampShift;
    int pictureShift;
    int tl0Shift;
    int frameShift;
    boolean marker;

    /** Whether the packet tells which of the sender's targets the receiver gets, up to the layers below. */
    boolean limited;

    int spatial;
    int temporal;
}
