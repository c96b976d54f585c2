using TwilioEmu.Kernel.Store;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;

namespace TwilioEmu.Rest.Pipeline;

/// <summary>What a behaviour answers; the pipeline renders it with the operation's schema, off the loop.</summary>
public abstract record Answer
{
    /// <summary>One resource, with the operation's own success status.</summary>
    public sealed record Resource(IFace Face) : Answer
    {
        /// <summary>The state shown, for a later <c>If-Match</c>; null where there is none to tell.</summary>
        public string? ETag { get; init; }

        /// <summary>
        /// The record that is shown, where it is kept as it is: what a create has just made, for an overlay that goes on with it.
        /// </summary>
        public IRecord? Kept { get; init; }

        /// <summary>Another success status than the operation's first; null for that.</summary>
        public int? Status { get; init; }
    }

    /// <summary>A list: the pipeline takes what the page needs.</summary>
    /// <param name="Walk">Items newest first, from the one after the given key (null: from the start). Runs on the loop.</param>
    public sealed record List(Func<string?, IEnumerable<(string Key, IFace Face)>> Walk) : Answer;

    /// <summary>204.</summary>
    public sealed record NoContent : Answer;

    /// <summary>An error body.</summary>
    public sealed record Refusal(TwilioError Error) : Answer;

    /// <summary>Bytes that are no resource: media.</summary>
    public sealed record Bytes(int Status, string ContentType, ReadOnlyMemory<byte> Body) : Answer;

    /// <summary>200 with bytes that take a while to make: a file. They are made off the loop, of what does not change.</summary>
    public sealed record Made(string ContentType, Func<ReadOnlyMemory<byte>> Make) : Answer;

    /// <summary>
    /// A file that may be asked for in parts (RFC 9110 §14), made off the loop of what does not change; or why there is none after all.
    /// </summary>
    /// <param name="ContentType">Its media type.</param>
    /// <param name="MakeAsync">Runs on the request's thread.</param>
    public sealed record File(string ContentType, Func<CancellationToken, Task<FileContent>> MakeAsync) : Answer;

    /// <summary>A redirect, with a body where the document has one.</summary>
    public sealed record Redirect(int Status, string Location, IFace? Face = null) : Answer;

    private Answer() { }

    public static Answer Of(IFace face) => new Resource(face);

    public static Answer Refuse(int code, string message) => new Refusal(TwilioError.BadRequest(code, message));

    public static Answer NotFound(RestRequest request) =>
        new Refusal(TwilioError.NotFound(Router.PathInMessages(request.Path, request.Operation)) with { Cure = CureOfMissing(request) });

    /// <summary>
    /// Beside a deed upon what is not there: most often its SID was copied from a live account. Who only looks, or takes away, may well
    /// ask for what has gone.
    /// </summary>
    private static string? CureOfMissing(RestRequest request)
    {
        if (request.Operation.Method != "POST") return null;
        var sids = request.PathValues.Values
            .Where(v => v.Length == SidLength && v != request.Account.Value && char.IsAsciiLetterUpper(v[0])).ToList();
        return sids.Count == 0 ? null
            : $"{string.Join(" or ", sids)} is not in this world (any more): what a live account has is to be made here first, by the API";
    }

    private const int SidLength = 34;
}

/// <summary>A file's bytes, or what kept it from being made.</summary>
public sealed record FileContent(ReadOnlyMemory<byte> Bytes, TwilioError? Fault = null);

/// <summary>What an operation does: one turn on the loop.</summary>
public delegate Answer Behaviour(RestRequest request);
