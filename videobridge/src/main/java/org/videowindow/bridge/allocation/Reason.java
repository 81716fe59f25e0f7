package org.videowindow.bridge.allocation;

/** Why a receiver is sent of a source what it is sent. */
public enum Reason {
    /** The best that the receiver wants of it. */
    AS_WANTED,
    /** Less, or nothing: the estimated bandwidth does not allow more. */
    BANDWIDTH,
    /** Less, or nothing: more was tried a short while ago and had to be taken back. */
    HELD_BACK,
    /** The lowest layer of what is on stage, although the estimate is a little below its cost. */
    OVER_BUDGET,
    /** The lowest layer of the only thing there is to send, for a short while: pictures tell best whether they fit. */
    TRIAL,
    /** Nothing arrives of it; as soon as something does, its lowest layer is sent. */
    NOT_ARRIVING,
    /** Nothing: others come first and the receiver wants, or can be sent, only so many. */
    LAST_N,
    /** Nothing: the receiver does not want it. */
    NOT_WANTED,
    /** Nothing: its sender has said that it shows nothing, and nothing arrives. */
    MUTED
}
