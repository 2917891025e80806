package backout.report;

import backout.chat.Block;
import backout.chat.Message;
import backout.chat.Place;
import backout.command.Site;
import backout.language.Phrase;
import backout.plan.Ledger;
import backout.problem.Problem;
import backout.report.Posts.Kind;
import backout.report.Posts.Post;
import backout.run.Journal;
import backout.run.Observer;
import backout.run.Run;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Makes the calls of one chat that a message needs, one at a time. */
final class Sender {
    private static final Logger log = LoggerFactory.getLogger(Sender.class);

    private final Room room;
    private final Supplier<Site> site;
    private final Journal journal;
    private final InstantSource clock;
    private final Observer observer;
    private final WordsDue words;
    private final Intake intake;
    private final Crowd crowd;

    /** Messages that may have been posted although no answer came: looked for first. */
    private final Set<String> mayBeThere = new HashSet<>();

    /** Messages whose intent this process kept and that it has not tried to post yet. */
    private final Set<String> untried;

    private final Map<String, Message> lastShown = new HashMap<>();

    /**
     * @param untried the names of messages that were certainly never posted
     */
    Sender(
            Room room,
            Supplier<Site> site,
            Journal journal,
            InstantSource clock,
            Observer observer,
            WordsDue words,
            Intake intake,
            Crowd crowd,
            Set<String> untried) {
        this.room = room;
        this.site = site;
        this.journal = journal;
        this.clock = clock;
        this.observer = observer;
        this.words = words;
        this.intake = intake;
        this.crowd = crowd;
        this.untried = untried;
    }

    /** The next thing that this message lacks, sent. */
    Post next(Post post, Run run) throws Room.Later, Room.Refused {
        if (post.address().isEmpty()) {
            return posted(post, run);
        }
        if (post.shown() < run.version()) {
            return edited(post, run);
        }
        if (post.told() < run.version()) {
            told(post, run);
            return post.told(run.version());
        }
        lastShown.remove(post.name());
        return post.over("done");
    }

    private void told(Post post, Run run) throws Room.Later, Room.Refused {
        Optional<Message> news = News.since(run, post.told(), site.get(), clock.instant());
        if (news.isPresent()) {
            String channel = post.place().channel();
            String address = post.address().orElseThrow();
            Message says = crowd.isShared(post) ? of(run, news.get()) : news.get();
            Optional<Message> loud =
                    Calling.escalates(run, post.told()) ? loud(run, news.get()) : Optional.empty();
            room.counted(observer, "reply", () -> room.tell(channel, address, says, loud));
        }
        offerChoice(post, run);
    }

    /** In a thread that it shares with other runs. */
    private static Message of(Run run, Message news) {
        Phrase which = Phrase.of("run {0}", run.id());
        var blocks = new ArrayList<Block>(List.of(new Block.Small(which)));
        blocks.addAll(news.blocks());
        return new Message(Phrase.of("{0}: {1}", which, news.summary()), blocks, news.details());
    }

    /** Whom it calls and what for, for who reads the channel alone. */
    private static Optional<Message> loud(Run run, Message news) {
        var blocks = new ArrayList<Block>();
        for (Block block : news.blocks()) {
            if (block instanceof Block.Call(var people, Phrase says)) {
                blocks.add(new Block.Call(people, Phrase.of("{0}: {1}", Say.about(run), says)));
            }
        }
        return blocks.isEmpty()
                ? Optional.empty()
                : Optional.of(new Message(news.summary(), blocks));
    }

    /** Whether its card says something else now than it was last shown, to this process's mind. */
    boolean isNews(Post post, Run run) {
        return !card(post, run).equals(lastShown.get(post.name()));
    }

    Post edited(Post post, Run run) throws Room.Later, Room.Refused {
        Message message = card(post, run);
        if (!message.equals(lastShown.get(post.name()))) {
            String channel = post.place().channel();
            String address = post.address().orElseThrow();
            room.counted(observer, "edit", () -> room.edit(channel, address, message));
            lastShown.put(post.name(), message);
        }
        return post.shown(run.version());
    }

    private Message card(Post post, Run run) {
        Message card = Card.of(run, site.get(), clock.instant(), journal);
        Message live = LiveNote.over(card, run, words.live().of(run.id()));
        Message told =
                whyHere(post, run).map(why -> withLast(live, new Block.Small(why))).orElse(live);
        return crowd.listed(post, run).map(list -> withLast(told, list)).orElse(told);
    }

    /** Who looks for it where it was asked, or remembers another, is told why it stands here. */
    private Optional<Phrase> whyHere(Post post, Run run) {
        if (post.kind() == Kind.RENEWED) {
            return Optional.of(
                    Phrase.of(
                            "This card was posted anew: the former one was deleted, or cannot be"
                                    + " changed any more."));
        }
        return intake.isMoved(post, run)
                ? Optional.of(
                        Phrase.of(
                                "This card stands here, for it cannot be shown where it was asked"
                                        + " for."))
                : Optional.empty();
    }

    private static Message withLast(Message card, Block last) {
        var blocks = new ArrayList<>(card.blocks());
        blocks.add(last);
        return new Message(card.summary(), blocks, card.details());
    }

    /** What is looked for is found even when it was posted by a process that died right after. */
    private Post posted(Post post, Run run) throws Room.Later, Room.Refused {
        String channel = post.place().channel();
        boolean mayBe = mayBeThere.contains(post.name()) || !untried.contains(post.name());
        untried.remove(post.name());
        if (mayBe) {
            Optional<String> found =
                    room.answered(observer, "find", () -> room.find(channel, post.key()));
            if (found.isPresent()) {
                mayBeThere.remove(post.name());
                Post there = post.at(found.get());
                return post.kind().isCard() ? there : there.over("done");
            }
        }
        Optional<Place> instead =
                crowd.instead(post, run).filter(thread -> intake.showBelow(post, thread));
        if (instead.isPresent()) {
            return below(post, run, instead.get());
        }
        Message message = post.kind().isCard() ? card(post, run) : announced(run);
        mayBeThere.add(post.name());
        String address =
                room.answered(observer, "post", () -> room.post(channel, post.key(), message));
        mayBeThere.remove(post.name());
        lastShown.put(post.name(), message);
        Post there = post.at(address).shown(run.version());
        return post.kind().isCard() ? there : there.over("done");
    }

    /** Whoever reads it is a witness of where the journal stood. */
    private Message announced(Run run) {
        return new Announcement(run, Card.sealed(run, journal))
                .ended(run.outcome().orElseThrow(), clock.instant());
    }

    private Post below(Post post, Run run, Place thread) throws Room.Later {
        String who = run.requester();
        if (isWhereItWasTyped(post, run) && crowd.isNew(thread, who)) {
            String channel = post.place().channel();
            Message where =
                    Message.line(
                            Phrase.of(
                                    "Many runs begin here at once: the cards of run {0} and of"
                                            + " those that follow are in the thread below the"
                                            + " card before it.",
                                    run.id()));
            try {
                room.counted(observer, "whisper", () -> room.whisper(channel, who, where));
            } catch (Room.Refused e) {
                log.info("{} was not told where the card is: {}", who, e.problem());
            }
            crowd.told(thread, who);
        }
        return post.over("it is in a thread: " + thread.text());
    }

    private void offerChoice(Post post, Run run) throws Room.Later, Room.Refused {
        if (run.outcome().isEmpty() || !isWhereItWasTyped(post, run)) {
            return;
        }
        Optional<Message> choice = Choice.of(run, Ledger.of(journal.read(run.request().target())));
        if (choice.isPresent()) {
            String channel = post.place().channel();
            String to = run.requester();
            room.counted(observer, "whisper", () -> room.whisper(channel, to, choice.get()));
        }
    }

    private static boolean isWhereItWasTyped(Post post, Run run) {
        return Place.of(run.request().place()).equals(post.place().outer());
    }

    /** For whoever typed it and sees no card any more; others hear of it elsewhere. */
    void tellWhoAsked(Post post, Run run, Problem problem) {
        boolean over = run.outcome().isPresent() && post.address().isPresent();
        if (!post.kind().isCard() || !isWhereItWasTyped(post, run) || over) {
            return;
        }
        intake.showElsewhere(run);
        try {
            Message unseen = News.unseen(run, problem);
            room.counted(observer, "direct", () -> room.direct(run.requester(), unseen));
        } catch (Room.Later | Room.Refused e) {
            log.warn("{} was not told either: {}", run.requester(), e.getMessage());
        }
    }
}
