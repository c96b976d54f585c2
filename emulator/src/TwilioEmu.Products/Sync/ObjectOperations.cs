using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Products.Sync;

/// <summary>Documents, lists, maps and streams, their permissions, and messages of streams.</summary>
/// <remarks>Loop-confined. twilio.com/docs/sync/api/document-resource and its neighbours.</remarks>
internal sealed class ObjectOperations(SyncExpiry expiry)
{
    public IEnumerable<(string OperationId, Overlay Overlay)> Overlays =>
    [
        .. new[] { "Document", "SyncList", "SyncMap", "SyncStream" }.SelectMany(Of),
        .. new[] { "Document", "SyncList", "SyncMap" }.SelectMany(Permissions),
        (
            "CreateStreamMessage",
            (request, stored) =>
                SyncRules.OfData(request.Form, SyncRules.MaxStreamData) is { } fault ? new Answer.Refusal(fault) : stored(request)),
    ];

    private IEnumerable<(string OperationId, Overlay Overlay)> Of(string thing) =>
        [
            ("Create" + thing, Change), ("Update" + thing, Change), ("Fetch" + thing, Through), ("List" + thing, Through),
            ("Delete" + thing, Through),
        ];

    private static IEnumerable<(string OperationId, Overlay Overlay)> Permissions(string thing) =>
        [
            ($"Fetch{thing}Permission", Through), ($"List{thing}Permission", Through), ($"Update{thing}Permission", Through),
            ($"Delete{thing}Permission", Through),
        ];

    /// <summary>What has gone by now is gone already.</summary>
    private static Answer Through(RestRequest request, Behaviour stored) => stored(request);

    private Answer Change(RestRequest request, Behaviour stored)
    {
        var fault = SyncRules.OfName(request.Form) ?? SyncRules.OfData(request.Form, SyncRules.MaxData) ?? SyncRules.OfTtl(request.Form);
        if (fault is not null) return new Answer.Refusal(fault);
        var answer = stored(request with { Form = SyncRules.WithTtl(request.Form, "CollectionTtl") });
        if (answer is Answer.Resource { Kept: Document made }) expiry.Watch(request, made);
        return answer;
    }
}
