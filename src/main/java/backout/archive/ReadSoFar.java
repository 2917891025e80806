package backout.archive;

import backout.language.Phrase;
import backout.report.Say;
import backout.run.Work;

import java.util.OptionalInt;

/** Says how far a backup is, at each percent. One thread. */
final class ReadSoFar implements Backup.Progress {
    private final Work work;
    private int told;

    ReadSoFar(Work work) {
        this.work = work;
    }

    @Override
    public void read(long read, long of) {
        int percent = of == 0 ? 0 : (int) Math.min(100, read * 100.0 / of);
        if (percent > told) {
            told = percent;
            work.progress(
                    Phrase.of("{0} of {1} read", Say.bytes(read), Say.bytes(of)),
                    OptionalInt.of(percent));
        }
    }
}
