package org.videowindow.loadtest.container;

/**
 * One track of a file.
 *
 * @param number its number in the file; frames name it
 * @param codec what it holds
 */
public record Track(int number, Codec codec) {
    /** Codecs that can be sent as they are. */
    public enum Codec {
        VP8(true),
        VP9(true),
        AV1(true),
        OPUS(false);

        private final boolean video;

        Codec(boolean video) {
            this.video = video;
        }

        /** Pictures; otherwise sound. */
        public boolean isVideo() {
            return video;
        }
    }
}
