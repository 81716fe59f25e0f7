package org.videowindow.launcher;

/**
 * One of the processes of an installation.
 *
 * @param part what it is
 * @param number counts the instances of that part, from 1
 */
record Instance(Part part, int number) {
    /** Its name whatever else runs: {@code bridge-1}. The focus of a number belongs to the shard of that number. */
    String name() {
        return part.shortName() + "-" + number;
    }

    @Override
    public String toString() {
        return name();
    }
}
