package org.videowindow.bridge.layers;

import java.util.List;

/**
 * One frame of a model stream.
 *
 * @param id unique among all frames
 * @param encoding which encoding it is of
 * @param picture number of its picture within the encoding
 * @param references ids of the frames without which it cannot be decoded
 * @param packets how many packets it is sent in
 */
record ModelFrame(
        int id,
        int encoding,
        int picture,
        int spatial,
        int temporal,
        boolean key,
        boolean sync,
        boolean barrier,
        boolean interPicture,
        boolean interLayer,
        List<Integer> references,
        int packets) {}
