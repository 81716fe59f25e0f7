package org.videowindow.bridge.codec;

/**
 * The template dependency structure of one stream (AV1 RTP specification, appendix A.8.2): what its frames can look
 * like, and which decode targets there are. Tables of fixed size, filled again for every new structure; owned by
 * {@link DependencyDescriptor}.
 */
final class DependencyStructure {
    /** A template id has 6 bits. */
    static final int MOST_TEMPLATES = 64;

    /** A frame of AV1 refers to at most seven others. */
    static final int MOST_REFERENCES = 8;

    static final int NOT_PRESENT = 0;
    static final int SWITCH = 2;

    private static final int GRID = PacketLayers.MOST_LAYERS * PacketLayers.MOST_LAYERS;
    private static final int MOST_SPATIAL = 4;
    private static final int MOST_TARGETS = 32;

    private int idOffset;
    private int templates;
    private int targets;
    private int chains;
    private int spatialLayers;
    private int temporalLayers;
    private boolean sized;

    private final int[] spatial = new int[MOST_TEMPLATES];
    private final int[] temporal = new int[MOST_TEMPLATES];
    private final long[] needed = new long[MOST_TEMPLATES];
    private final long[] switches = new long[MOST_TEMPLATES];
    private final byte[] references = new byte[MOST_TEMPLATES * MOST_REFERENCES];
    private final byte[] referenceCount = new byte[MOST_TEMPLATES];
    private final int[] width = new int[MOST_SPATIAL];
    private final int[] height = new int[MOST_SPATIAL];

    /** Indications of each template, two bits for each target. */
    private final long[] indications = new long[MOST_TEMPLATES];

    /** The decode target that serves each pair of layers, by {@code spatial * 8 + temporal}. */
    private final byte[] targetOf = new byte[GRID];

    private final byte[] targetSpatial = new byte[MOST_TARGETS];
    private final byte[] targetTemporal = new byte[MOST_TARGETS];

    /**
     * Reads a structure.
     *
     * @return false when it is cut off or has layers out of range; the tables are then of no use
     */
    boolean read(BitReader bits) {
        idOffset = bits.bits(6);
        targets = bits.bits(5) + 1;
        if (!readLayers(bits)) {
            return false;
        }
        for (int i = 0; i < templates; i++) {
            indications[i] = readIndications(bits);
        }
        for (int i = 0; i < templates; i++) {
            if (!readReferences(bits, i)) {
                return false;
            }
        }
        chains = bits.below(targets + 1);
        if (chains > 0) {
            for (int i = 0; i < targets; i++) {
                if (bits.below(chains) >= chains) {
                    return false;
                }
            }
            for (int i = 0; i < templates && !bits.overrun(); i++) {
                skipChains(bits, 4);
            }
        }
        sized = bits.bit();
        if (sized) {
            for (int i = 0; i < spatialLayers; i++) {
                width[i] = bits.bits(16) + 1;
                height[i] = bits.bits(16) + 1;
            }
        }
        if (bits.overrun()) {
            return false;
        }
        placeTargets();
        for (int i = 0; i < templates; i++) {
            needed[i] = neededBy(indications[i]);
            switches[i] = switchesTo(indications[i]);
        }
        return true;
    }

    private boolean readLayers(BitReader bits) {
        int s = 0;
        int t = 0;
        int highest = 0;
        templates = 0;
        while (true) {
            if (templates == MOST_TEMPLATES || s >= MOST_SPATIAL || t >= PacketLayers.MOST_LAYERS || bits.overrun()) {
                return false;
            }
            spatial[templates] = s;
            temporal[templates] = t;
            templates++;
            highest = Math.max(highest, t);
            switch (bits.bits(2)) {
                case 0 -> {
                    // Another template of the same layers.
                }
                case 1 -> t++;
                case 2 -> {
                    t = 0;
                    s++;
                }
                default -> {
                    spatialLayers = s + 1;
                    temporalLayers = highest + 1;
                    return true;
                }
            }
        }
    }

    private boolean readReferences(BitReader bits, int template) {
        int count = 0;
        while (bits.bit()) {
            if (count == MOST_REFERENCES) {
                return false;
            }
            references[template * MOST_REFERENCES + count++] = (byte) (bits.bits(4) + 1);
        }
        referenceCount[template] = (byte) count;
        return true;
    }

    /** Two bits for each target. */
    long readIndications(BitReader bits) {
        long read = 0;
        for (int i = 0; i < targets; i++) {
            read |= (long) bits.bits(2) << (2 * i);
        }
        return read;
    }

    /** The chains say which frames must not be missing; what is missing is asked for anyway. */
    void skipChains(BitReader bits, int bitsEach) {
        for (int i = 0; i < chains; i++) {
            bits.bits(bitsEach);
        }
    }

    /** A target has the highest layers of the frames that belong to it (A.8.2, decode_target_layers). */
    private void placeTargets() {
        for (int target = 0; target < targets; target++) {
            int s = 0;
            int t = 0;
            for (int i = 0; i < templates; i++) {
                if ((indications[i] >>> (2 * target) & 3) != NOT_PRESENT) {
                    s = Math.max(s, spatial[i]);
                    t = Math.max(t, temporal[i]);
                }
            }
            targetSpatial[target] = (byte) s;
            targetTemporal[target] = (byte) t;
        }
        for (int place = 0; place < GRID; place++) {
            int best = 0;
            for (int target = 1; target < targets; target++) {
                if (rank(target, place) > rank(best, place)) {
                    best = target;
                }
            }
            targetOf[place] = (byte) best;
        }
    }

    /** How well a target serves who wants these layers: not more of them, else as few as possible. */
    private int rank(int target, int place) {
        int s = targetSpatial[target];
        int t = targetTemporal[target];
        int bySpatial = s <= place / PacketLayers.MOST_LAYERS ? s : -s;
        int byTemporal = t <= place % PacketLayers.MOST_LAYERS ? t : -t;
        return bySpatial * 2 * PacketLayers.MOST_LAYERS + byTemporal;
    }

    /** Pairs of layers whose target a frame with these indications belongs to. */
    long neededBy(long dtis) {
        long mask = 0;
        for (int place = 0; place < GRID; place++) {
            if ((dtis >>> (2 * targetOf[place]) & 3) != NOT_PRESENT) {
                mask |= 1L << place;
            }
        }
        return mask;
    }

    /** Pairs of layers to which one may switch with a decodable frame with these indications. */
    long switchesTo(long dtis) {
        long mask = 0;
        for (int place = 0; place < GRID; place++) {
            if ((dtis >>> (2 * targetOf[place]) & 3) == SWITCH) {
                mask |= 1L << place;
            }
        }
        return mask;
    }

    /** Bits of the mask of active targets for a receiver who gets these layers. */
    int activeFor(int spatialTarget, int temporalTarget) {
        int mask = 0;
        for (int target = 0; target < targets; target++) {
            if (targetSpatial[target] <= spatialTarget && targetTemporal[target] <= temporalTarget) {
                mask |= 1 << target;
            }
        }
        return mask | 1 << targetOf[spatialTarget * PacketLayers.MOST_LAYERS + temporalTarget];
    }

    /** Place of a template in the tables, or -1 when this structure does not have it. */
    int template(int id) {
        int index = (id + MOST_TEMPLATES - idOffset) % MOST_TEMPLATES;
        return index < templates ? index : -1;
    }

    int targets() {
        return targets;
    }

    int spatialLayers() {
        return spatialLayers;
    }

    int temporalLayers() {
        return temporalLayers;
    }

    int spatial(int template) {
        return spatial[template];
    }

    int temporal(int template) {
        return temporal[template];
    }

    long needed(int template) {
        return needed[template];
    }

    long switches(int template) {
        return switches[template];
    }

    int referenceCount(int template) {
        return referenceCount[template];
    }

    int reference(int template, int which) {
        return references[template * MOST_REFERENCES + which];
    }

    /** Tells the size of each spatial layer, if the sender does. */
    void sizes(PacketLayers into) {
        for (int i = 0; sized && i < spatialLayers; i++) {
            into.size(i, width[i], height[i]);
        }
    }
}
