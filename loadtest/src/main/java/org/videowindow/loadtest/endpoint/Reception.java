package org.videowindow.loadtest.endpoint;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.videowindow.loadtest.media.Stamp;
import org.videowindow.loadtest.rtp.ArrivalReport;
import org.videowindow.loadtest.rtp.Bytes;
import org.videowindow.loadtest.rtp.Rtcp;
import org.videowindow.loadtest.srtp.GcmContext;

/**
 * What one participant receives and what it reports, as a browser would: transport-wide feedback every 50 ms, receiver
 * reports every second, NACK, key frame requests. The header of every packet is read; only a sample is decrypted.
 */
final class Reception {
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int SAMPLE_MASK = 15;
    private static final int LARGEST = 2048;
    private static final int MOST_STREAMS = 4096;
    private static final int REPORT_BLOCKS = 31;
    private static final long FEEDBACK = 50_000_000L;
    private static final long REPORTS = 1_000_000_000L;
    private static final long KEY_FRAME_PATIENCE = 300_000_000L;
    private static final long KEY_FRAME_INTERVAL = 1_000_000_000L;
    private static final int ONE_BYTE_PROFILE = 0xBEDE;

    private final Participant participant;
    private MediaFormat format;
    private final Map<Integer, Integer> originalOf = new HashMap<>();
    private final Map<Integer, ReceivedStream> streams = new HashMap<>();
    private final List<ReceivedStream> order = new ArrayList<>();
    private final ArrivalReport arrivals = new ArrivalReport();
    private final byte[] plain = new byte[LARGEST];
    private final byte[] compound = new byte[LARGEST];
    private final int[] wanted = new int[64];
    private GcmContext receiving;
    private ReceivedStream last;
    private long nextFeedback;
    private long nextReports;
    private long unreadable;
    private long keyFrameRequests;

    Reception(Participant participant) {
        this.participant = participant;
        this.format = participant.format();
    }

    void open(GcmContext keys) {
        receiving = keys;
        // Spread over the interval, as participants that joined at different times are.
        long now = System.nanoTime();
        nextFeedback = now + Math.floorMod(participant.ownSsrc * 7_919L, FEEDBACK);
        nextReports = now + Math.floorMod(participant.ownSsrc * 104_729L, REPORTS);
    }

    void format(MediaFormat negotiated) {
        format = negotiated;
    }

    void repeats(int repeatSsrc, int ssrc) {
        originalOf.put(repeatSsrc, ssrc);
    }

    void rtp(
            MemorySegment memory,
            long offset,
            int length,
            int first,
            int type,
            int sequence,
            int timestamp,
            int ssrc,
            long arrival) {
        if (receiving == null) {
            return;
        }
        ReceivedStream stream = last != null && last.ssrc == ssrc ? last : stream(ssrc, type);
        if (stream == null) {
            unreadable++;
            return;
        }
        last = stream;
        int header = header(memory, offset, length, first, arrival);
        long index = stream.index(sequence);
        ReceivedStream.Place place = stream.arrived(index, length, timestamp, arrival);
        boolean sampled = stream.repeats || !stream.keyFrameSeen || (sequence & SAMPLE_MASK) == 7;
        if (sampled && place != ReceivedStream.Place.DUPLICATE) {
            sample(stream, memory, offset, header, length, index, arrival);
        }
    }

    private ReceivedStream stream(int ssrc, int type) {
        ReceivedStream stream = streams.get(ssrc);
        if (stream == null && streams.size() < MOST_STREAMS) {
            boolean video = type != format.audioType();
            boolean repeats = type == format.repeatType() && type != 0;
            stream = new ReceivedStream(ssrc, type, video, repeats);
            streams.put(ssrc, stream);
            order.add(stream);
        }
        return stream;
    }

    /** Length of the header; the transport-wide sequence number in it is noted. */
    private int header(MemorySegment memory, long offset, int length, int first, long arrival) {
        int end = 12 + 4 * (first & 15);
        if ((first & 0x10) == 0 || end + 4 > length) {
            return end;
        }
        int profile = memory.get(SHORT, offset + end) & 0xffff;
        int at = end + 4;
        end = at + 4 * (memory.get(SHORT, offset + end + 2) & 0xffff);
        if (profile == ONE_BYTE_PROFILE && end <= length) {
            while (at < end) {
                int element = memory.get(BYTE, offset + at) & 0xff;
                if (element == 0) {
                    at++;
                    continue;
                }
                if (element >>> 4 == format.transportSequence() && at + 3 <= end) {
                    arrivals.arrived(memory.get(SHORT, offset + at + 1) & 0xffff, arrival);
                    break;
                }
                at += 2 + (element & 15);
            }
        }
        return end;
    }

    private void sample(
            ReceivedStream stream,
            MemorySegment memory,
            long offset,
            int header,
            int length,
            long index,
            long arrival) {
        MemorySegment.copy(memory, BYTE, offset, plain, 0, length);
        int end = receiving.openRtp(plain, header, length, stream.ssrc, index);
        if (end < 0) {
            unreadable++;
            return;
        }
        if ((plain[0] & 0x20) != 0) {
            end -= Math.min(end - header, Bytes.u8(plain, end - 1));
        }
        if (stream.repeats) {
            if (end - header > 2) {
                ReceivedStream original = streams.get(originalOf.getOrDefault(stream.ssrc, 0));
                if (original != null) {
                    original.repair(Bytes.u16(plain, header));
                }
            }
            return;
        }
        if (end - header >= Stamp.BYTES && Stamp.isBefore(plain, end)) {
            participant.engine.latency.add(arrival - Stamp.sentAt(plain, end));
            if (stream.video) {
                int layer = Stamp.layer(plain, end);
                if (layer >> 4 != stream.lastLayerSample >> 4 && stream.lastLayerSample >= 0) {
                    stream.layerSwitches++;
                }
                stream.lastLayerSample = layer;
                stream.keyFrameSeen |= Stamp.isKeyFrame(plain, end);
            }
        } else if (end > header) {
            // Somebody's real camera: what its packets are is not known here, so nothing is asked of it.
            stream.keyFrameSeen = true;
        }
    }

    void rtcp(byte[] packet, int length) {
        int end = receiving == null ? -1 : receiving.openRtcp(packet, length);
        int at = 0;
        while (at + 8 <= end) {
            int block = 4 * (Bytes.u16(packet, at + 2) + 1);
            if (at + block > end) {
                return;
            }
            block(packet, at, block);
            at += block;
        }
    }

    private void block(byte[] packet, int at, int length) {
        int count = packet[at] & 31;
        int type = Bytes.u8(packet, at + 1);
        if (type == Rtcp.SENDER_REPORT && length >= 28) {
            ReceivedStream stream = streams.get(Bytes.i32(packet, at + 4));
            if (stream != null) {
                stream.senderReportNtp = Bytes.i32(packet, at + 10);
                stream.senderReportAt = System.nanoTime();
            }
        } else if (type == Rtcp.PAYLOAD_FEEDBACK && length >= 12) {
            if (count == Rtcp.PICTURE_LOSS) {
                participant.keyFrameRequested(Bytes.i32(packet, at + 8));
            } else if (count == Rtcp.FULL_INTRA && length >= 20) {
                participant.keyFrameRequested(Bytes.i32(packet, at + 12));
            }
        } else if (type == Rtcp.TRANSPORT_FEEDBACK && count == Rtcp.NACK && length >= 16) {
            int ssrc = Bytes.i32(packet, at + 8);
            for (int item = at + 12; item + 4 <= at + length; item += 4) {
                int sequence = Bytes.u16(packet, item);
                int mask = Bytes.u16(packet, item + 2);
                participant.repeatRequested(ssrc, sequence);
                for (int bit = 0; bit < 16; bit++) {
                    if ((mask >> bit & 1) != 0) {
                        participant.repeatRequested(ssrc, (sequence + bit + 1) & 0xffff);
                    }
                }
            }
        }
    }

    /** Sends what is due. */
    void tick(long now, List<OutgoingTrack> tracks) {
        int end = 0;
        if (now - nextReports >= 0) {
            nextReports = now + REPORTS;
            end = participant.writeSenderReports(compound, end);
            end = reports(end, now);
        }
        if (now - nextFeedback >= 0) {
            nextFeedback = now + FEEDBACK;
            while (arrivals.isPending() && end < 700) {
                end = arrivals.write(compound, end, participant.ownSsrc, last == null ? 0 : last.ssrc);
            }
        }
        for (int i = 0; i < order.size() && end < 800; i++) {
            ReceivedStream stream = order.get(i);
            if (stream.isMissingAny()) {
                int count = stream.wanted(wanted, now + participant.engine.wallOffset());
                if (count > 0) {
                    end = Rtcp.nack(compound, end, participant.ownSsrc, stream.ssrc, wanted, count);
                }
            }
            end = askForKeyFrame(stream, end, now);
        }
        participant.sendRtcp(compound, end);
    }

    private int reports(int at, long now) {
        int blocks = 0;
        for (ReceivedStream stream : order) {
            if (blocks < REPORT_BLOCKS) {
                stream.writeReport(compound, at + 8 + blocks * Rtcp.REPORT_BLOCK, now);
                blocks++;
            }
        }
        return blocks == 0 ? at : Rtcp.receiverReport(compound, at, participant.ownSsrc, blocks);
    }

    private int askForKeyFrame(ReceivedStream stream, int at, long now) {
        boolean waiting = !stream.keyFrameSeen
                && now + participant.engine.wallOffset() - stream.firstArrival > KEY_FRAME_PATIENCE;
        if ((waiting || stream.abandoned) && now - stream.lastKeyFrameRequest > KEY_FRAME_INTERVAL) {
            stream.lastKeyFrameRequest = now;
            stream.abandoned = false;
            keyFrameRequests++;
            return Rtcp.pictureLoss(compound, at, participant.ownSsrc, stream.ssrc);
        }
        return at;
    }

    Totals totals() {
        Totals totals = new Totals(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, unreadable, keyFrameRequests, order.size());
        for (ReceivedStream stream : order) {
            totals = totals.plus(
                    stream.repeats
                            ? new Totals(0, 0, 0, stream.received, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                            : new Totals(
                                    stream.received,
                                    stream.video ? 0 : stream.received,
                                    stream.bytes,
                                    0,
                                    stream.expected(),
                                    stream.repaired,
                                    stream.duplicates,
                                    stream.late,
                                    stream.freezes,
                                    stream.layerSwitches,
                                    0,
                                    0,
                                    0));
        }
        return totals;
    }
}
