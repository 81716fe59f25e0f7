package org.videowindow.bridge.ice;

/**
 * Transaction ids of the last checks and where they came from: a check that somebody caught on its way and sends again
 * from elsewhere is recognised. Owned by its {@link IceAgent}.
 */
final class RecentChecks {
    /** A minute of a client with two active pairs. */
    private static final int SIZE = 64;

    private final byte[] ids = new byte[SIZE * Stun.TRANSACTION_ID_LENGTH];
    private final long[] high = new long[SIZE];
    private final long[] low = new long[SIZE];
    private final int[] port = new int[SIZE];
    private int count;
    private int next;

    /** Whether the check was seen from another address before; remembers it if it was not seen at all. */
    boolean isCaughtElsewhere(StunRequest request, long addressHigh, long addressLow, int addressPort) {
        for (int i = 0; i < count; i++) {
            if (request.transactionIdIs(ids, i * Stun.TRANSACTION_ID_LENGTH)) {
                return high[i] != addressHigh || low[i] != addressLow || port[i] != addressPort;
            }
        }
        request.copyTransactionId(ids, next * Stun.TRANSACTION_ID_LENGTH);
        high[next] = addressHigh;
        low[next] = addressLow;
        port[next] = addressPort;
        next = (next + 1) % SIZE;
        count = Math.min(count + 1, SIZE);
        return false;
    }
}
