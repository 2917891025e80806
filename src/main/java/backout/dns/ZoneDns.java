package backout.dns;

import backout.problem.ProblemException;

import okhttp3.Dns;

import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the zone's own servers say that a name leads: nothing that a resolver or this machine
 * remembers stands in between.
 *
 * @param others who is asked about names outside of the zone
 */
public record ZoneDns(String zone, List<NameServer> servers, Dns others) implements Dns {
    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        String name = host + ".";
        if (!name.equals(zone) && !name.endsWith("." + zone)) {
            return others.lookup(host);
        }
        ProblemException last = null;
        for (NameServer server : servers) {
            try {
                return lookup(server, name);
            } catch (ProblemException e) {
                last = e;
            }
        }
        throw unknown(host, last == null ? "no server" : last.problem().toString());
    }

    private static UnknownHostException unknown(String host, String why) {
        return new UnknownHostException(host + ": " + why);
    }

    private List<InetAddress> lookup(NameServer server, String name) throws UnknownHostException {
        var found = new ArrayList<InetAddress>();
        for (var one : server.ask(name, "A")) {
            found.add(((ARecord) one).getAddress());
        }
        for (var one : server.ask(name, "AAAA")) {
            found.add(((AAAARecord) one).getAddress());
        }
        if (found.isEmpty()) {
            for (var one : server.ask(name, "CNAME")) {
                String to = ((CNAMERecord) one).getTarget().toString(true);
                found.addAll(lookup(to));
            }
        }
        if (found.isEmpty()) {
            throw unknown(name, "no address");
        }
        return found;
    }
}
