namespace TwilioEmu.Webhooks.Delivery;

/// <summary>An app that lives in this process and answers webhooks without a socket: a scenario's <c>app:</c>, a test's.</summary>
/// <remarks>Called on the loop; may await the world clock to answer late.</remarks>
public interface IApp
{
    Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation);
}

/// <summary>What an in-process app sees.</summary>
/// <param name="Method">Upper case.</param>
/// <param name="Url">Without userinfo and fragment, query included.</param>
/// <param name="Headers">Names as sent.</param>
/// <param name="Parameters">Of the body, or of the query for GET.</param>
public sealed record AppRequest(
    string Method, Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<KeyValuePair<string, string>> Parameters);

/// <summary>What it answers.</summary>
public sealed record AppAnswer(int Status, string? ContentType, string Body)
{
    /// <summary>A body that is no text, in place of <see cref="Body"/>; null for none.</summary>
    public ReadOnlyMemory<byte>? Bytes { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
