using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Accounts.Numbers;

/// <summary>Shows and configures short codes; they come from the config, as they come from no search on the live service.</summary>
/// <remarks>Loop-confined.</remarks>
internal sealed class ShortCodeOperations(NumberBook book)
{
    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("ListShortCode", List),
        ("FetchShortCode", Fetch),
        ("UpdateShortCode", Update),
    ];

    private Answer List(RestRequest request)
    {
        var (name, code) = (request.Query["FriendlyName"], request.Query["ShortCode"]);
        return new Answer.List(after => book.ShortCodes(request.Account).NewestFirst(after)
            .Where(n => (string.IsNullOrEmpty(name) || n.FriendlyName == name)
                && (string.IsNullOrEmpty(code) || n.Number.Contains(code, StringComparison.Ordinal)))
            .Select(n => (n.Sid, (IFace)n)));
    }

    private Answer Fetch(RestRequest request) =>
        book.ShortCodes(request.Account).Find(request.PathValues["Sid"]) is { } number ? Answer.Of(number) : Answer.NotFound(request);

    private Answer Update(RestRequest request)
    {
        if (book.ShortCodes(request.Account).Find(request.PathValues["Sid"]) is not { } number) return Answer.NotFound(request);
        var updated = NumberSettings.Apply(number, request.Form, out var refusal);
        if (updated is null) return new Answer.Refusal(refusal!);
        updated = updated with { DateUpdated = book.World.Clock.GetUtcNow() };
        book.Put(updated, NumberEntries.Updated, request.Cause);
        return Answer.Of(updated);
    }
}
