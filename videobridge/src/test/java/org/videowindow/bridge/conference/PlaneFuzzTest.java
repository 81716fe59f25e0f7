package org.videowindow.bridge.conference;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes from a peer's address, as they are and sealed with its keys: never an exception. */
class PlaneFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void anyBytesFromAPeerAreHandled(byte[] data) throws Exception {
        CallLab lab = new CallLab(1);
        LabClient a = lab.join("aaaa1111");
        lab.join("bbbb2222");
        lab.runMillis(100);
        lab.inject(a.port(), data);
        if (data.length >= 12 && data.length < 1_400) {
            byte[] rtp = data.clone();
            rtp[0] = (byte) ((rtp[0] & 0x3f) | 0x80);
            byte[] sealed = a.trySeal(rtp);
            if (sealed != null) {
                lab.inject(a.port(), sealed);
            }
            byte[] rtcp = data.clone();
            rtcp[0] = (byte) ((rtcp[0] & 0x3f) | 0x80);
            rtcp[1] = (byte) (200 + (rtcp[1] & 7));
            lab.inject(a.port(), a.sealRtcp(rtcp));
        }
        lab.runMillis(20);
    }
}
