using System.Collections.Frozen;
using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>Headers this stack reads or writes, with their compact forms (IANA "SIP Parameters", Header Fields).</summary>
public static class HeaderNames
{
    public const string Accept = "Accept";
    public const string Allow = "Allow";
    public const string AllowEvents = "Allow-Events";
    public const string AuthenticationInfo = "Authentication-Info";
    public const string Authorization = "Authorization";
    public const string CallId = "Call-ID";
    public const string Contact = "Contact";
    public const string ContentEncoding = "Content-Encoding";
    public const string ContentLength = "Content-Length";
    public const string ContentType = "Content-Type";
    public const string CSeq = "CSeq";
    public const string Date = "Date";
    public const string Event = "Event";
    public const string Expires = "Expires";
    public const string From = "From";
    public const string MaxForwards = "Max-Forwards";
    public const string MinExpires = "Min-Expires";
    public const string MinSE = "Min-SE";
    public const string ProxyAuthenticate = "Proxy-Authenticate";
    public const string ProxyAuthorization = "Proxy-Authorization";
    public const string ProxyRequire = "Proxy-Require";
    public const string RAck = "RAck";
    public const string Reason = "Reason";
    public const string RecordRoute = "Record-Route";
    public const string ReferTo = "Refer-To";
    public const string ReferredBy = "Referred-By";
    public const string Require = "Require";
    public const string RetryAfter = "Retry-After";
    public const string Route = "Route";
    public const string RSeq = "RSeq";
    public const string Server = "Server";
    public const string SessionExpires = "Session-Expires";
    public const string Subject = "Subject";
    public const string SubscriptionState = "Subscription-State";
    public const string Supported = "Supported";
    public const string To = "To";
    public const string Unsupported = "Unsupported";
    public const string UserAgent = "User-Agent";
    public const string Via = "Via";
    public const string Warning = "Warning";
    public const string WwwAuthenticate = "WWW-Authenticate";

    private const int LongestKnown = 32;

    private static readonly FrozenDictionary<string, string> Canonical = new[]
    {
        Accept, Allow, AllowEvents, AuthenticationInfo, Authorization, CallId, Contact, ContentEncoding, ContentLength, ContentType, CSeq,
            Date,
        Event, Expires, From, MaxForwards, MinExpires, MinSE, ProxyAuthenticate, ProxyAuthorization, ProxyRequire, RAck, Reason,
            RecordRoute,
        ReferTo, ReferredBy, Require, RetryAfter, Route, RSeq, Server, SessionExpires, Subject, SubscriptionState, Supported, To,
            Unsupported,
        UserAgent, Via, Warning, WwwAuthenticate,
    }.Select(name => KeyValuePair.Create(name, name)).Concat(
    [
        new("a", "Accept-Contact"), new("b", ReferredBy), new("c", ContentType), new("d", "Request-Disposition"), new("e", ContentEncoding),
        new("f", From), new("i", CallId), new("j", "Reject-Contact"), new("k", Supported), new("l", ContentLength), new("m", Contact),
        new("n", "Identity-Info"), new("o", Event), new("r", ReferTo), new("s", Subject), new("t", To), new("u", AllowEvents),
            new("v", Via),
        new("x", SessionExpires), new("y", "Identity"),
    ]).ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> ByCharacters =
        Canonical.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The full name in its usual spelling, as one shared string; a name not in the table keeps its own.</summary>
    internal static string Of(ReadOnlySpan<byte> name)
    {
        if (name.Length <= LongestKnown)
        {
            Span<char> characters = stackalloc char[name.Length];
            Encoding.ASCII.GetChars(name, characters);
            if (ByCharacters.TryGetValue(characters, out var known)) return known;
        }
        return Encoding.ASCII.GetString(name);
    }
}
