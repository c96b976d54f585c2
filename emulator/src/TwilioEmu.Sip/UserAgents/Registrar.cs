using System.Collections.Immutable;
using System.Globalization;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;

namespace TwilioEmu.Sip.UserAgents;

/// <summary>Rules of a registrar.</summary>
/// <param name="Shortest">Less is refused with 423 and Min-Expires (RFC 3261 §10.3 step 7).</param>
/// <param name="Longest">More is cut down to it.</param>
/// <param name="Usual">Granted when nothing is asked.</param>
/// <param name="MaxBindings">Of one address of record; one more is refused.</param>
/// <param name="MaxAddresses">Of the registrar; one more is refused with 503.</param>
public sealed record RegistrarTerms(TimeSpan Shortest, TimeSpan Longest, TimeSpan Usual, int MaxBindings, int MaxAddresses = 1_000_000);

/// <summary>Where an address of record is to be reached until when.</summary>
/// <param name="Flow">The hop the REGISTER came over: calls go back by it, whatever Contact says (NAT, and connections that only the phone
/// can open).</param>
/// <param name="Path">The proxies between (RFC 3327), the nearest first.</param>
public sealed record Binding(NameAddr Contact, Hop Flow, ImmutableArray<NameAddr> Path, DateTimeOffset ExpiresAt, string CallId,
    uint Sequence, double Q);

/// <summary>What a REGISTER came to.</summary>
/// <param name="Bindings">All of the address of record, the preferred first; as they were if it failed.</param>
public sealed record RegistrarAnswer(int Status, ImmutableArray<SipHeader> Headers, ImmutableArray<Binding> Bindings);

/// <summary>Addresses of record and their bindings. RFC 3261 §10.3 from step 6 on: who may register is decided before.</summary>
/// <remarks>Loop-confined, no clock of its own. A REGISTER is done whole or not at all.</remarks>
public sealed class Registrar(RegistrarTerms terms)
{
    private readonly Dictionary<string, ImmutableArray<Binding>> _addresses = [];

    /// <summary>Addresses of record with bindings, some of which may have expired.</summary>
    public int Count => _addresses.Count;

    /// <summary>The bindings that stand, by q and then the latest first.</summary>
    public ImmutableArray<Binding> Find(SipUri address, DateTimeOffset now)
    {
        var key = address.ToAddressOfRecord();
        if (!_addresses.TryGetValue(key, out var all)) return [];
        var standing = all.RemoveAll(b => b.ExpiresAt <= now);
        Keep(key, standing);
        return standing;
    }

    /// <summary>The phone's flow is gone, or it does not answer any more.</summary>
    public void Remove(SipUri address, Binding binding)
    {
        var key = address.ToAddressOfRecord();
        if (_addresses.TryGetValue(key, out var all)) Keep(key, all.Remove(binding));
    }

    /// <summary>Forgets what has expired; call it now and then.</summary>
    public void Sweep(DateTimeOffset now)
    {
        foreach (var (key, all) in _addresses.ToArray())
            if (all.Any(b => b.ExpiresAt <= now)) Keep(key, all.RemoveAll(b => b.ExpiresAt <= now));
    }

    public RegistrarAnswer Register(SipRequest request, Hop source, DateTimeOffset now)
    {
        var bindings = Find(request.To.Uri, now);
        if (!request.Headers.Has(HeaderNames.Contact)) return Success(bindings, now);
        if (request.Headers.Values(HeaderNames.Contact).Any(v => v.Span.SequenceEqual("*"u8))) return RemoveAll(request, bindings, now);
        if (!request.Headers.TryGetAddresses(HeaderNames.Contact, out var contacts)
            || !request.Headers.TryGetAddresses("Path", out var path)) return Failure(400, bindings);
        var after = bindings;
        foreach (var contact in contacts)
        {
            if (!contact.Uri.IsSip) return Failure(400, bindings);
            var asked = AskedFor(contact, request);
            if (asked > TimeSpan.Zero && asked < terms.Shortest)
                return Failure(423, bindings, new SipHeader(HeaderNames.MinExpires, $"{(long)terms.Shortest.TotalSeconds}"));
            var old = after.FirstOrDefault(b => b.Contact.Uri.IsEquivalentTo(contact.Uri));
            // §10.3 step 7: an older request of the same phone that comes late changes nothing.
            if (old is not null && old.CallId == request.CallId && request.CSeq.Number <= old.Sequence) return Failure(500, bindings);
            if (old is not null) after = after.Remove(old);
            if (asked == TimeSpan.Zero) continue;
            var granted = asked > terms.Longest ? terms.Longest : asked;
            after = after.Insert(0, new(contact, source, path, now + granted, request.CallId, request.CSeq.Number, QOf(contact)));
        }
        if (after.Length > terms.MaxBindings) return Failure(403, bindings);
        if (bindings.IsEmpty && !after.IsEmpty && _addresses.Count >= terms.MaxAddresses) return Failure(503, bindings);
        after = [.. after.OrderByDescending(b => b.Q)];
        Keep(request.To.Uri.ToAddressOfRecord(), after);
        return Success(after, now);
    }

    /// <summary><c>Contact: *</c> stands alone and with <c>Expires: 0</c>, else it is a fault (§10.2.2).</summary>
    private RegistrarAnswer RemoveAll(SipRequest request, ImmutableArray<Binding> bindings, DateTimeOffset now)
    {
        if (request.Headers.Values(HeaderNames.Contact).Skip(1).Any()
            || request.Headers.Number(HeaderNames.Expires) is not 0) return Failure(400, bindings);
        if (bindings.Any(b => b.CallId == request.CallId && request.CSeq.Number <= b.Sequence)) return Failure(500, bindings);
        Keep(request.To.Uri.ToAddressOfRecord(), []);
        return Success([], now);
    }

    /// <summary>The contact's own word, else the Expires header's, else the usual. What is no number is the usual, too (§10.2.1.1,
    /// §20.19).</summary>
    private TimeSpan AskedFor(NameAddr contact, SipRequest request)
    {
        if (contact.Parameters["expires"] is { } text)
            return uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var own) ? TimeSpan.FromSeconds(own)
                : terms.Usual;
        return request.Headers.Number(HeaderNames.Expires) is { } all ? TimeSpan.FromSeconds(all) : terms.Usual;
    }

    private static double QOf(NameAddr contact) =>
        double.TryParse(contact.Parameters["q"], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var q)
            && q is >= 0 and <= 1 ? q : 1;

    private void Keep(string key, ImmutableArray<Binding> bindings)
    {
        if (bindings.IsEmpty) _addresses.Remove(key);
        else _addresses[key] = bindings;
    }

    private static RegistrarAnswer Success(ImmutableArray<Binding> bindings, DateTimeOffset now) => new(200,
        [.. bindings.Select(b => new SipHeader(HeaderNames.Contact, (b.Contact with { Parameters = b.Contact.Parameters
            .With("expires", $"{(long)Math.Ceiling((b.ExpiresAt - now).TotalSeconds)}") }).ToString()))], bindings);

    private static RegistrarAnswer Failure(int status, ImmutableArray<Binding> bindings, params ImmutableArray<SipHeader> headers) =>
        new(status, headers, bindings);
}
