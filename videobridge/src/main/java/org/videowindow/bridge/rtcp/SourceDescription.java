package org.videowindow.bridge.rtcp;

import org.videowindow.bridge.rtp.BigEndian;

/**
 * Source description (RFC 3550 section 6.5) with the one item a compound packet needs: the canonical name.
 *
 * <pre>
 * | header with count of chunks | SSRC | item 1 (CNAME) | length | text ... | zeros up to a whole word, at least one |
 * </pre>
 */
public final class SourceDescription {
    private static final int CNAME = 1;

    private SourceDescription() {}

    /** Bytes that {@link #write} needs for a name of that many bytes. */
    public static int bytes(int nameBytes) {
        return 8 + ((2 + nameBytes) / 4 + 1) * 4;
    }

    /**
     * Writes a description of one source.
     *
     * @param name canonical name in UTF-8, at most 255 bytes
     * @return bytes written
     */
    public static int write(byte[] out, int offset, int ssrc, byte[] name) {
        if (name.length > 255) {
            throw new IllegalArgumentException("canonical name of " + name.length + " bytes");
        }
        int bytes = bytes(name.length);
        RtcpHeader.write(out, offset, 1, RtcpHeader.SOURCE_DESCRIPTION, bytes);
        BigEndian.putI32(out, offset + 4, ssrc);
        out[offset + 8] = CNAME;
        out[offset + 9] = (byte) name.length;
        System.arraycopy(name, 0, out, offset + 10, name.length);
        java.util.Arrays.fill(out, offset + 10 + name.length, offset + bytes, (byte) 0);
        return bytes;
    }
}
