namespace TwilioEmu.Scenarios.Config;

/// <summary>An app written into the file: what it answers, by URL.</summary>
/// <remarks>
/// Reachable inside the world only. A path stands for that path at <see cref="Host"/>. Among a place's answers the first whose
/// <c>when</c> holds is given, else the next of those without one, the last again and again.
/// </remarks>
public sealed record AppConfig
{
    /// <summary>The authority at which paths are found: <c>sms_url: "http://app/sms"</c>.</summary>
    public const string Host = "app";

    public IReadOnlyList<AppPage> Pages { get; init; } = [];
}

/// <summary>What is answered at one URL, query aside.</summary>
public sealed record AppPage(Uri Url, IReadOnlyList<AppChoice> Choices);

/// <summary>Answers, one after another, for requests whose parameters are these; an empty condition is for all others.</summary>
public sealed record AppChoice(IReadOnlyDictionary<string, string> When, IReadOnlyList<AppReply> Replies);

/// <summary>One answer.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="ContentType">As sent; null for none.</param>
/// <param name="Body">May hold <c>{{Param}}</c>, replaced by the request's parameter (escaped where the answer is XML).</param>
/// <param name="After">How long, in world time, the app thinks first.</param>
public sealed record AppReply(int Status, string? ContentType, string Body, TimeSpan After);
