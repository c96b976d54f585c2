namespace TwilioEmu.Webhooks.Wires;

/// <summary>One HTTP request as it is to be put on the wire.</summary>
internal sealed record WireRequest
{
    public required string Method { get; init; }

    /// <summary>Where it is sent, which a public-name mapping may make differ from the Host header.</summary>
    public required Uri Target { get; init; }

    /// <summary>Where it seems to be sent, by its public name.</summary>
    public required Uri PublicUri { get; init; }

    /// <summary>All of them, Host included, in order.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>What the body or query says, for apps in this process.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>Null for GET.</summary>
    public required byte[]? Body { get; init; }

    public required WireLimits Limits { get; init; }
}

/// <summary>How long and how much one attempt may take.</summary>
/// <param name="Connect">For TCP, and again for TLS.</param>
/// <param name="Silence">Before the first and between packets of the answer.</param>
/// <param name="Total">What is left of the exchange's time.</param>
/// <param name="BodyBytes">The answer is cut after so many.</param>
/// <param name="AudioBytes">An answer that is sound is cut after so many: a waiting URL may give a file in place of a document.</param>
/// <param name="SendsServerName">Whether TLS names the host.</param>
internal sealed record WireLimits(TimeSpan Connect, TimeSpan Silence, TimeSpan Total, int BodyBytes, int AudioBytes, bool SendsServerName)
{
    /// <summary>After how many bytes an answer of a type is cut.</summary>
    public int BytesOf(string? contentType) => SoundTypes.IsSound(contentType) ? AudioBytes : BodyBytes;
}

/// <summary>Media types of sound.</summary>
internal static class SoundTypes
{
    public static bool IsSound(string? contentType) =>
        contentType?.TrimStart().StartsWith("audio/", StringComparison.OrdinalIgnoreCase) is true;
}
