using System.Text;

namespace TwilioEmu.Sip.Messages;

/// <summary>An address: SIP and SIPS URIs in their parts, any other scheme (<c>tel</c>, <c>urn</c>) as opaque text.</summary>
/// <param name="Scheme">Lower case.</param>
/// <param name="User">As written, escapes included; null without user part.</param>
/// <param name="Host">As written; IPv6 in its brackets. Empty for an opaque URI.</param>
/// <param name="Headers">What follows <c>?</c>, escapes included: what a request made from this URI shall carry; null when nothing
/// does.</param>
/// <param name="Opaque">What follows the colon of a scheme other than sip and sips.</param>
/// <remarks>RFC 3261 §19.1; compare with <see cref="IsEquivalentTo"/>, which forgives escapes and case as §19.1.4 does.</remarks>
public sealed record SipUri(string Scheme, string? User, string? Password, string Host, int? Port, SipParameters Parameters,
    string? Headers = null, string? Opaque = null)
{
    public static SipUri Of(string? user, string host, int? port = null) => new("sip", user, null, host, port, SipParameters.None);

    public bool IsSip => Opaque is null;

    public bool IsSecure => Scheme == "sips";

    /// <summary>The user part with its escapes resolved.</summary>
    public string? UserText => User is null ? null : Uri.UnescapeDataString(User);

    /// <summary>The <c>lr</c> parameter: its hop routes as RFC 3261 does; without, as RFC 2543 did.</summary>
    public bool IsLooseRouter => Parameters.Has("lr");

    /// <summary><c>SIP-URI = ("sip:" / "sips:") [ user [ ":" password ] "@" ] host [ ":" port ] *( ";" param ) [ "?" headers
    /// ]</c></summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out SipUri uri)
    {
        uri = null!;
        var colon = text.IndexOf((byte)':');
        if (colon <= 0 || !char.IsAsciiLetter((char)text[0])) return false;
        var schemeText = text[..colon];
        if (!schemeText.IsAllOf(SipGrammar.Token)) return false;
        var scheme = Ascii(schemeText).ToLowerInvariant();
        var rest = text[(colon + 1)..];
        if (scheme is not ("sip" or "sips"))
        {
            if (!rest.IsAllOf(SipGrammar.Absolute) || !rest.HasWholeEscapes()) return false;
            uri = new(scheme, null, null, "", null, SipParameters.None, null, Ascii(rest));
            return true;
        }
        string? user = null, password = null;
        var at = rest.IndexOf((byte)'@');
        if (at >= 0)
        {
            if (!TryReadUser(rest[..at], out user, out password)) return false;
            rest = rest[(at + 1)..];
        }
        string? headers = null;
        var question = rest.IndexOf((byte)'?');
        if (question >= 0)
        {
            if (!AreHeaders(rest[(question + 1)..])) return false;
            headers = Ascii(rest[(question + 1)..]);
            rest = rest[..question];
        }
        var scanner = new SipScanner(rest);
        if (!HostPort.TryTake(ref scanner, out var hostPort) || !TryTakeParameters(ref scanner, out var parameters)
            || !scanner.IsAtEnd) return false;
        uri = new(scheme, user, password, hostPort.Host, hostPort.Port, parameters, headers);
        return true;
    }

    public static bool TryParse(string text, out SipUri uri) => TryParse(Encoding.UTF8.GetBytes(text), out uri);

    /// <summary>RFC 3261 §19.1.4: user by case, host and parameters without; transport, user, ttl, method, maddr count even when only one
    /// has them.</summary>
    public bool IsEquivalentTo(SipUri other)
    {
        if (Scheme != other.Scheme) return false;
        if (!IsSip) return Opaque == other.Opaque;
        if (UserText != other.UserText || Unescaped(Password) != Unescaped(other.Password)) return false;
        if (!Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) || Port != other.Port) return false;
        return Agree(other) && other.Agree(this) && SortedHeaders(Headers) == SortedHeaders(other.Headers);
    }

    /// <summary>A form in which equivalent addresses of record are one string: scheme, user, host in lower case; no port, parameters,
    /// headers (§10.3 step 5).</summary>
    public string ToAddressOfRecord() => IsSip ? (UserText is { } user ? $"{Scheme}:{user}@" : $"{Scheme}:") + Host.ToLowerInvariant()
        : ToString();

    public override string ToString()
    {
        if (Opaque is not null) return $"{Scheme}:{Opaque}";
        var text = new StringBuilder(Scheme).Append(':');
        if (User is not null)
        {
            text.Append(User);
            if (Password is not null) text.Append(':').Append(Password);
            text.Append('@');
        }
        text.Append(Host);
        if (Port is { } port) text.Append(':').Append(port);
        text.Append(Parameters.ToString());
        if (Headers is not null) text.Append('?').Append(Headers);
        return text.ToString();
    }

    private static bool TryReadUser(ReadOnlySpan<byte> text, out string? user, out string? password)
    {
        password = null;
        var colon = text.IndexOf((byte)':');
        var userText = colon < 0 ? text : text[..colon];
        user = Ascii(userText);
        if (!userText.IsAllOf(SipGrammar.User) || !userText.HasWholeEscapes()) return false;
        if (colon < 0) return true;
        var passwordText = text[(colon + 1)..];
        password = Ascii(passwordText);
        return passwordText.IsEmpty || (passwordText.IsAllOf(SipGrammar.Password) && passwordText.HasWholeEscapes());
    }

    private static bool TryTakeParameters(ref SipScanner scanner, out SipParameters parameters)
    {
        parameters = SipParameters.None;
        while (scanner.Next == ';')
        {
            var text = scanner.Rest[1..];
            var end = text.IndexOf((byte)';');
            var one = end < 0 ? text : text[..end];
            scanner = new SipScanner(text[one.Length..]);
            var equal = one.IndexOf((byte)'=');
            var name = equal < 0 ? one : one[..equal];
            var value = equal < 0 ? default : one[(equal + 1)..];
            if (!name.IsAllOf(SipGrammar.UriParameter) || !one.HasWholeEscapes()) return false;
            if (equal >= 0 && !value.IsAllOf(SipGrammar.UriParameter)) return false;
            if (parameters.List.Length == SipParameters.MaxCount) return false;
            parameters = new(parameters.List.Add(new(Ascii(name), equal < 0 ? null : Ascii(value))));
        }
        return true;
    }

    private static bool AreHeaders(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || !text.HasWholeEscapes()) return false;
        foreach (var range in text.Split((byte)'&'))
            if (!text[range].IsAllOf(SipGrammar.UriHeader) || text[range].IndexOf((byte)'=') <= 0) return false;
        return true;
    }

    private bool Agree(SipUri other)
    {
        foreach (var (name, value) in Parameters.List)
        {
            if (other.Parameters.Has(name))
            {
                if (!string.Equals(Unescaped(value), Unescaped(other.Parameters[name]), StringComparison.OrdinalIgnoreCase)) return false;
            }
            else if (name.ToLowerInvariant() is "transport" or "user" or "ttl" or "method" or "maddr") return false;
        }
        return true;
    }

    private static string? SortedHeaders(string? headers) =>
        headers is null ? null : string.Join('&', headers.Split('&').Select(Unescaped).Order(StringComparer.OrdinalIgnoreCase))
            .ToLowerInvariant();

    private static string? Unescaped(string? text) => text is null ? null : Uri.UnescapeDataString(text);

    private static string Ascii(ReadOnlySpan<byte> text) => Encoding.ASCII.GetString(text);
}
