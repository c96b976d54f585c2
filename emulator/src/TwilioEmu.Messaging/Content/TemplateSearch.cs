using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Content;

/// <summary>Lists templates as they are searched for.</summary>
/// <remarks>
/// twilio.com/docs/content/content-api-resources, template search of v2: part of the name, part of the text, languages,
/// types, <c>whatsapp:approved</c>, instants of making; by date, newest first, unless asked otherwise. Loop-confined.
/// </remarks>
internal sealed class TemplateSearch(TemplateBook templates)
{
    public Answer List(RestRequest request)
    {
        var found = templates.Of(request.Account).NewestFirst().Where(t => Passes(t, request)).ToList();
        if (request.Query["SortByContentName"] is { Length: > 0 } byName)
        {
            found =
            [
                .. IsAscending(byName)
                    ? found.OrderBy(NameOf, StringComparer.OrdinalIgnoreCase)
                    : found.OrderByDescending(NameOf, StringComparer.OrdinalIgnoreCase),
            ];
        }
        else if (request.Query["SortByDate"] is { Length: > 0 } byDate && IsAscending(byDate))
        {
            found.Reverse();
        }
        return new Answer.List(after => Walk(request.Account, found, after));
    }

    private IEnumerable<(string Key, IFace Face)> Walk(AccountSid account, List<Document> found, string? after)
    {
        var from = after is null ? 0 : found.FindIndex(t => t.Key == after) + 1;
        for (var i = from; i < found.Count; i++)
        {
            yield return (found[i].Key, new TemplateFace(found[i], templates.ApprovalOf(account, found[i].Key)));
        }
    }

    private bool Passes(Document template, RestRequest request)
    {
        var query = request.Query;
        if (query["ContentName"] is { Length: > 0 } name && !NameOf(template).Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        if (query["Content"] is { Length: > 0 } words && !(template["types"] ?? "").Contains(words, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }
        if (query.All("Language") is { Count: > 0 } languages && !languages.Contains(template["language"] ?? "")) return false;
        if (TwilioDates.TryParse(template["date_created"] ?? "", out var made, out _))
        {
            if (TwilioDates.TryParse(query["DateCreatedAfter"] ?? "", out var after, out _) && made < after) return false;
            if (TwilioDates.TryParse(query["DateCreatedBefore"] ?? "", out var before, out _) && made > before) return false;
        }
        var (types, channels) = (query.All("ContentType"), query.All("ChannelEligibility"));
        if (types.Count == 0 && channels.Count == 0) return true;
        var read = templates.Read(request.Account, template);
        if (types.Count > 0 && !types.Any(read.TypeNames.Contains)) return false;
        return channels.Count == 0 || channels.Any(c => IsEligible(read, c));
    }

    /// <summary><c>whatsapp:approved</c>; of other channels whether they show any of its types.</summary>
    private static bool IsEligible(ContentTemplate template, string wanted)
    {
        var parts = wanted.Split(':', 2);
        return parts[0] == ChannelAddress.WhatsApp
            ? template.TypeFor(ChannelAddress.WhatsApp) is not null && (parts.Length == 1 || template.Approval == parts[1])
            : template.TypeFor(parts[0] is "sms" ? null : parts[0]) is not null;
    }

    private static string NameOf(Document template) => template["friendly_name"] ?? "";

    private static bool IsAscending(string order) => order.StartsWith("asc", StringComparison.OrdinalIgnoreCase);
}
