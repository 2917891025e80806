package backout.report;

import backout.approval.Person;
import backout.approval.Vote;
import backout.chat.Place;
import backout.run.Run;
import backout.run.RunEvent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A way to write to one person alone. */
interface Way {
    /** Whether whoever is called is to be called this way. */
    boolean calls(Person person);

    /** Whether this way tells them how a run ended in which they had a part. */
    boolean tells(Person person, Run run);

    /** Writes it to them. */
    void write(Person person, Notice notice) throws Room.Later, Room.Refused;

    /** Whether it will never be taken; else somebody may mend what is wrong. */
    default boolean isFinal(Room.Refused refused) {
        return refused.untilMended().isEmpty();
    }

    /** By direct messages of a chat. */
    static Way of(Room room) {
        return new OfRoom(room);
    }

    /** By a receiver; only people who name it want that. */
    static Way of(Courier.To to) {
        return new OfReceiver(to);
    }

    /** Whoever has no account there is refused, which is told. */
    record OfRoom(Room room) implements Way {
        @Override
        public boolean calls(Person person) {
            return true;
        }

        /** Where they spoke; whoever spoke in no chat is told in each that they have. */
        @Override
        public boolean tells(Person person, Run run) {
            Map<String, String> accounts = person.accounts();
            List<String> spoke = spoke(person, run).stream().filter(accounts::containsKey).toList();
            return accounts.containsKey(room.chat())
                    && (spoke.isEmpty() || spoke.contains(room.chat()))
                    && !isReadThere(person, run);
        }

        /** The card is between the two of them already. */
        private boolean isReadThere(Person person, Run run) {
            Place typed = Place.of(run.request().place());
            return run.requester().equals(person.name())
                    && typed.chat().equals(room.chat())
                    && room.isDirect(typed.channel());
        }

        private static Set<String> spoke(Person person, Run run) {
            var faces = new LinkedHashSet<String>();
            for (RunEvent event : run.events()) {
                switch (event) {
                    case RunEvent.Requested asked when asked.requester().equals(person.name()) ->
                            faces.add(Place.of(asked.place()).chat());
                    case RunEvent.Voted(var _, Vote vote) when vote.by().equals(person.name()) ->
                            faces.add(vote.via());
                    default -> {}
                }
            }
            return faces;
        }

        @Override
        public void write(Person person, Notice notice) throws Room.Later, Room.Refused {
            room.direct(person.name(), notice.message());
        }
    }

    /** A pager: how a run ended can wait until they look. */
    record OfReceiver(Courier.To to) implements Way {
        @Override
        public boolean calls(Person person) {
            return person.contact().pagers().contains(to.name());
        }

        @Override
        public boolean tells(Person person, Run run) {
            return false;
        }

        @Override
        public boolean isFinal(Room.Refused refused) {
            return refused.gone() == Room.Gone.MESSAGE;
        }

        @Override
        public void write(Person person, Notice notice) throws Room.Later, Room.Refused {
            to.receiver().call(person, notice.in(to.language()));
        }
    }
}
