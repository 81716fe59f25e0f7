package org.videowindow.bridge.conference;

/**
 * On which worker a new conference lives. Packets cost least where one worker has them all: it wakes up once for what
 * several conferences sent, and what it needs is in its processor's cache. So conferences are collected on a worker until
 * it has something to do; then the next one takes them. A conference stays where it is, so a worker is left alone long
 * before it is full: its conferences may yet grow.
 */
final class Placement {
    /** Part of its time that a worker is busy from which on others are asked. */
    static final double BUSY = 0.2;

    /** Endpoints from which on others are asked, even if nothing is sent yet. */
    static final int ENDPOINTS = 100;

    private Placement() {}

    /**
     * The worker for a new conference.
     *
     * @param endpoints of each worker
     * @param busy part of its time that each was busy lately, 0 to 1
     */
    static int choose(int[] endpoints, double[] busy) {
        int collecting = -1;
        int emptiest = 0;
        for (int i = 0; i < endpoints.length; i++) {
            boolean hasRoom = endpoints[i] < ENDPOINTS && busy[i] < BUSY;
            if (hasRoom && (collecting < 0 || endpoints[i] > endpoints[collecting])) {
                collecting = i;
            }
            if (endpoints[i] < endpoints[emptiest]) {
                emptiest = i;
            }
        }
        return collecting >= 0 ? collecting : emptiest;
    }
}
