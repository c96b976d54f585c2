using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>
/// Documents, music and a picture at Twilio's own addresses, answered inside the world:
/// apps and Twilio's defaults point there, and a test has no internet.
/// </summary>
/// <remarks>
/// Pure: the answer depends on the request alone, so stories stay the same. <see cref="Hosts"/> are looked up by authority; a host with a
/// public name of the user's own is the user's.
/// </remarks>
public sealed class WellKnownApp : IApp
{
    private const string Demo = "demo.twilio.com";

    // The sound that twilio.com/docs/voice/twiml/play plays; it lies beside the API.
    private const string Cowbell = "/cowbell.mp3";

    /// <summary>The hosts it answers for.</summary>
    public static IReadOnlyList<string> Hosts { get; } =
        [Demo, "twimlets.com", "www.twimlets.com", MusicBuckets.S3, .. MusicBuckets.All.Select(b => $"{b}.{MusicBuckets.S3}")];

    /// <summary>What is had at the API's own door; null for what is the API's.</summary>
    /// <remarks>All of Twilio's names lead to that door: through the proxy, or because a machine resolves them so.</remarks>
    public static AppAnswer? AtDoor(string host, string path) =>
        string.Equals(host, Demo, StringComparison.OrdinalIgnoreCase)
            ? DemoDocuments.Answer(path) ?? new AppAnswer(404, "text/plain", $"nothing is known of http://{Demo}{path}")
        : string.Equals(path, Cowbell, StringComparison.OrdinalIgnoreCase) ? MusicBuckets.Song
        : null;

    /// <inheritdoc/>
    public Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var host = request.Url.Host;
        var answer = host == Demo ? DemoDocuments.Answer(request.Url.AbsolutePath)
            : host.EndsWith("twimlets.com", StringComparison.Ordinal) ? Twimlets.Answer(new TwimletRequest(request.Url, request.Parameters))
            : MusicBuckets.Answer(request.Url);
        return Task.FromResult(
            answer ?? new AppAnswer(404, "text/plain", $"nothing is known of {request.Url.GetLeftPart(UriPartial.Path)}"));
    }

    /// <summary>A document with these verbs.</summary>
    internal static AppAnswer Twiml(string verbs) =>
        new(200, "text/xml", $"""<?xml version="1.0" encoding="UTF-8"?><Response>{verbs}</Response>""");
}
