namespace TwilioEmu.Voice.WellKnown;

/// <summary>The parameters of a request to a twimlet: those of its URL, and all of them with what Twilio sent along.</summary>
/// <remarks>Names may be a list's, with or without an index: <c>PhoneNumbers=a</c>, <c>PhoneNumbers[]=a</c>, <c>Options[1]=a</c>.</remarks>
internal sealed class TwimletRequest(Uri url, IReadOnlyList<KeyValuePair<string, string>> sent)
{
    private readonly List<KeyValuePair<string, string>> _query = ReadQuery(url.Query);

    /// <summary>Path without slashes: <c>holdmusic</c>.</summary>
    public string Name => url.AbsolutePath.Trim('/');

    /// <summary>The URL without its query.</summary>
    public string Script => url.GetLeftPart(UriPartial.Path);

    /// <summary>A parameter of the URL; empty when it is absent.</summary>
    public string Query(string name) => _query.FirstOrDefault(p => p.Key == name).Value?.Trim() ?? "";

    /// <summary>True when the URL has the parameter, whatever it holds.</summary>
    public bool HasQuery(string name) => _query.Any(p => p.Key == name);

    /// <summary>A parameter of the URL, or one Twilio sent; empty when both are absent.</summary>
    public string Any(string name) =>
        Query(name) is { Length: > 0 } given ? given : sent.FirstOrDefault(p => p.Key == name).Value?.Trim() ?? "";

    /// <summary>True when Twilio sent the parameter, or the URL has it.</summary>
    public bool Has(string name) => HasQuery(name) || sent.Any(p => p.Key == name);

    /// <summary>A list of the URL, empty members left out, with the key of each: <c>1</c> of <c>Options[1]</c>.</summary>
    public IReadOnlyList<(string Key, string Value)> List(string name) =>
    [
        .. _query.Where(
            p => p.Value.Length > 0 && (p.Key == name || (p.Key.StartsWith(name + "[", StringComparison.Ordinal) && p.Key.EndsWith(']'))))
            .Select((p, i) =>
                (
                    p.Key.Length > name.Length + 2
                        ? p.Key[(name.Length + 1)..^1]
                        : i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                    p.Value)),
    ];

    /// <summary>The parameters of a query, decoded, in order.</summary>
    public static List<KeyValuePair<string, string>> ReadQuery(string query) =>
    [
        .. query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(p =>
                p.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
                    ? new KeyValuePair<string, string>(Decode(p[..at]), Decode(p[(at + 1)..]))
                    : new(Decode(p), "")),
    ];

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
