namespace TwilioEmu.Webhooks.Wires;

/// <summary>At what point an attempt went wrong: what the retry policy asks.</summary>
internal enum WireStage
{
    /// <summary>No connection.</summary>
    Connect,

    /// <summary>Connected, but nothing of an answer.</summary>
    Silence,

    /// <summary>The exchange's time ran out.</summary>
    Total,

    /// <summary>An answer began and did not end well: never tried again.</summary>
    Answer,
}

/// <summary>Why an attempt brought no whole answer.</summary>
/// <param name="Stage">How far it came.</param>
/// <param name="Code">Twilio's error code.</param>
/// <param name="Message">What happened, in words that hold no ports or addresses of this machine beyond the URL's own.</param>
internal sealed record WireFault(WireStage Stage, int Code, string Message)
{
    /// <summary>What was waited for in vain; zero for what failed at once.</summary>
    public TimeSpan Waited { get; init; }
}

/// <summary>What one attempt brought.</summary>
internal sealed record WireAnswer
{
    /// <summary>Null when no head of an answer came.</summary>
    public int? Status { get; init; }

    public string? ContentType { get; init; }

    /// <summary>As received, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Decompressed; up to the limit.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>True when the body was longer than the limit.</summary>
    public bool IsBodyCut { get; init; }

    public bool IsChunked { get; init; }

    /// <summary>Null when the answer is whole.</summary>
    public WireFault? Fault { get; init; }

    /// <summary>Set by the exchange: the URL's retry policy asks for another attempt.</summary>
    public bool IsRetriable { get; init; }

    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name)
    {
        foreach (var (n, value) in Headers) if (string.Equals(n, name, StringComparison.OrdinalIgnoreCase)) return value;
        return null;
    }
}
