package org.videowindow.bridge.allocation;

import java.util.List;
import org.videowindow.bridge.conference.ReceiverConstraints;
import org.videowindow.bridge.conference.VideoConstraint;
import org.videowindow.bridge.conference.VideoType;
import org.videowindow.bridge.layers.LayerTarget;

/**
 * What {@link Allocation} would choose for receivers that get all they want, when nothing is different but what the layers
 * cost: the same again, found without weighing anything. In a room of hundreds, whose senders' bit rates are measured
 * anew every two seconds, that is nearly all there is to decide.
 *
 * <p>One for a conference, owned by its worker: remembers which layer is the best for those who want the same.
 */
public final class Renewal {
    /** Wishes for one source that are remembered: on stage, as a tile, and a few more. */
    private static final int WISHES = 4;

    private List<SourceOffer> offers = List.of();
    private VideoConstraint[] wishes = {};
    private OfferedLayer[] best = {};
    private int replaced;

    /** What there is now. */
    public void offered(List<SourceOffer> all) {
        offers = all;
        wishes = new VideoConstraint[all.size() * WISHES];
        best = new OfferedLayer[all.size() * WISHES];
    }

    /**
     * Decides.
     *
     * @param availableBps what there is for video
     * @param wish what the receiver wants; as when the decision was made, and so are the speakers
     * @param receiver its id: it is not sent what it sends
     * @param previous what was chosen last for this receiver
     * @param now nanoseconds of a monotonic clock
     * @return what is chosen, or {@code null} when that has to be weighed
     */
    public Decision of(long availableBps, ReceiverConstraints wish, String receiver, Decision previous, long now) {
        List<SourceDecision> before = previous.sources();
        if (!previous.isComplete() || before.size() != othersOf(receiver)) {
            return null;
        }
        SourceDecision[] renewed = null;
        long cost = 0;
        for (int i = 0; i < before.size(); i++) {
            SourceDecision one = before.get(i);
            int offer = indexOf(one.name());
            if (offer < 0 || !isAsItWas(one, offers.get(offer))) {
                return null;
            }
            SourceDecision next = one.isForgiven(now) ? one.forgiven() : one;
            boolean differs = one.isForgiven(now);
            if (one.reason() == Reason.AS_WANTED) {
                OfferedLayer top = best(offer, wish.of(one.name()));
                if (!isSame(top, one.target()) || one.height() == 0) {
                    return null;
                }
                cost += top.bitsPerSecond();
                if (!one.isAt(top)) {
                    next = next.at(top);
                    differs = true;
                }
            }
            if (differs) {
                renewed = renewed == null ? before.toArray(new SourceDecision[0]) : renewed;
                renewed[i] = next;
            }
        }
        if (cost > availableBps) {
            return null;
        }
        return new Decision(renewed == null ? before : List.of(renewed), cost, cost, Allocation.UNLIMITED);
    }

    private int othersOf(String receiver) {
        int others = 0;
        for (int i = 0; i < offers.size(); i++) {
            others += offers.get(i).owner().equals(receiver) ? 0 : 1;
        }
        return others;
    }

    private int indexOf(String name) {
        for (int i = 0; i < offers.size(); i++) {
            if (offers.get(i).name().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether it arrives if it did, and else is missing for the same reason. Beyond lastN the order matters: never. */
    private static boolean isAsItWas(SourceDecision one, SourceOffer offer) {
        return switch (one.reason()) {
            case AS_WANTED -> !offer.layers().isEmpty();
            case NOT_ARRIVING -> offer.layers().isEmpty() && offer.type() != VideoType.NONE;
            case MUTED -> offer.layers().isEmpty() && offer.type() == VideoType.NONE;
            case NOT_WANTED -> true;
            default -> false;
        };
    }

    private static boolean isSame(OfferedLayer layer, LayerTarget target) {
        return layer.encoding() == target.encoding()
                && layer.spatial() == target.spatial()
                && layer.temporal() == target.temporal();
    }

    private OfferedLayer best(int offer, VideoConstraint wish) {
        int first = offer * WISHES;
        int free = first + replaced;
        for (int i = first; i < first + WISHES; i++) {
            if (wishes[i] == null) {
                free = i;
                break;
            }
            if (wishes[i].equals(wish)) {
                return best[i];
            }
        }
        replaced = (replaced + 1) % WISHES;
        wishes[free] = wish;
        best[free] = Ladder.of(offers.get(offer), wish, LayerTarget.NONE).getLast();
        return best[free];
    }
}
