using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Rest.Paging;

/// <summary>One page of a list, cut from its walk.</summary>
/// <remarks>
/// Cut on the loop, shown off it. Tokens name items, not offsets, so items that arrive meanwhile shift nothing.
/// A page back is found by walking from the start, which costs what lies before it; SDKs walk forward.
/// </remarks>
internal sealed record Page(PageRequest Request, IReadOnlyList<IFace> Faces, string? Next, string? Previous)
{
    /// <summary>How many items the list has in all; counted only for the envelopes that tell.</summary>
    public int Total { get; init; }

    /// <summary>Takes the page from a list, or refuses its token.</summary>
    public static Page? Cut(Answer.List list, PageRequest request, out TwilioError? refusal)
    {
        refusal = null;
        if (request.Before is not null) return CutBefore(list, request, out refusal);
        var skip = request.After is null ? (long)request.Index * request.Size : 0;
        var taken = new List<(string Key, IFace Face)>(Math.Min(request.Size, 64));
        var hasMore = false;
        foreach (var item in list.Walk(request.After))
        {
            if (skip-- > 0) continue;
            if (taken.Count == request.Size)
            {
                hasMore = true;
                break;
            }
            taken.Add(item);
        }
        // A token is only ever given when items follow. None at all: they were removed since, or it never named anything here.
        if (request.After is { } after && taken.Count == 0 && !list.Walk(null).Any(i => i.Key == after))
        {
            refusal = PageRequest.BadToken();
            return null;
        }
        return Of(request, taken, hasMore);
    }

    private static Page? CutBefore(Answer.List list, PageRequest request, out TwilioError? refusal)
    {
        refusal = null;
        var taken = new Queue<(string Key, IFace Face)>(Math.Min(request.Size, 64));
        foreach (var item in list.Walk(null))
        {
            if (item.Key == request.Before) return Of(request, [.. taken], hasMore: true);
            if (taken.Count == request.Size) taken.Dequeue();
            taken.Enqueue(item);
        }
        refusal = PageRequest.BadToken();
        return null;
    }

    private static Page Of(PageRequest request, List<(string Key, IFace Face)> taken, bool hasMore)
    {
        var next = hasMore && taken.Count > 0 ? PageRequest.TokenAfter(taken[^1].Key) : null;
        var previous = request.Index > 0 && taken.Count > 0 ? PageRequest.TokenBefore(taken[0].Key) : null;
        return new Page(request, taken.ConvertAll(t => t.Face), next, previous);
    }
}
