using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Voice.WellKnown;

/// <summary>
/// TwiML Bins at <c>https://handler.twilio.com/twiml/EH...</c>: documents with places, filled by the parameters of each request.
/// </summary>
/// <remarks>twilio.com/docs/serverless/twiml-bins. Pure.</remarks>
public sealed class TwimlBins(IReadOnlyDictionary<string, BinTemplate> bins) : IApp
{
    public const string Host = "handler.twilio.com";
    private const string Folder = "/twiml/";

    /// <inheritdoc/>
    public Task<AppAnswer> AnswerAsync(AppRequest request, CancellationToken cancellation)
    {
        var path = request.Url.AbsolutePath;
        if (!path.StartsWith(Folder, StringComparison.Ordinal) || !bins.TryGetValue(path[Folder.Length..], out var bin))
        {
            return Task.FromResult(new AppAnswer(404, "text/plain", $"there is no TwiML Bin {path}: put it under twiml_bins:"));
        }
        // The bin's URL may have parameters of its own; of a GET they are among the request's already.
        var own = request.Method == "GET" ? [] : TwimletRequest.ReadQuery(request.Url.Query);
        return Task.FromResult(new AppAnswer(200, "text/xml", bin.Render([.. own, .. request.Parameters])));
    }
}
