package org.videowindow.loadtest.media;

/**
 * One frame of one layer that is being cut into packets; reused.
 *
 * @see PayloadFormat
 */
final class Frame {
    boolean keyFrame;
    int encoding;
    int spatial;
    int spatialLayers;
    int temporal;
    /** Place in the pattern of temporal layers: 0 base, 1 and 3 the highest, 2 the middle one. */
    int position;

    boolean layerSync;
    int width;
    int height;
    int pictureId;
    int number;
    int baseIndex;
    boolean lastOfPicture;
}
