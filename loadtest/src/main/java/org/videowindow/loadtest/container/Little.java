package org.videowindow.loadtest.container;

/** Little-endian numbers in bytes. */
record Little(@SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
    int u16(int at) {
        return (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8;
    }

    int u32(int at) {
        return u16(at) | u16(at + 2) << 16;
    }

    long u64(int at) {
        return (u32(at) & 0xffff_ffffL) | (long) u32(at + 4) << 32;
    }
}
