using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Directory;

namespace TwilioEmu.Voice.Operations;

/// <summary>Fetches, lists and deletes calls.</summary>
/// <remarks>twilio.com/docs/voice/api/call-resource; dates: twilio.com/docs/usage/twilios-response.</remarks>
internal sealed class CallRead(CallServices services)
{
    public Answer Fetch(RestRequest request) =>
        services.Book.Records(request.Account).Find(request.PathValues["Sid"]) is { } call
            ? Answer.Of(call.SeenAt(services.World.Clock.GetUtcNow()))
            : Answer.NotFound(request);

    public Answer List(RestRequest request)
    {
        if (Filter.TryRead(request.Query, out var fault) is not { } filter) return new Answer.Refusal(fault!);
        var now = services.World.Clock.GetUtcNow();
        return new Answer.List(after =>
            services.Book.Records(request.Account).NewestFirst(after, filter.Texts).Where(filter.Matches)
                .Select(c => (c.Sid, (IFace)c.SeenAt(now))));
    }

    public Answer Delete(RestRequest request)
    {
        var sid = request.PathValues["Sid"];
        if (services.Book.Records(request.Account).Find(sid) is not { } call) return Answer.NotFound(request);
        if (!call.Status.IsFinal())
        {
            return new Answer.Refusal(new TwilioError(20009, 409, "Cannot delete call because it is not complete."));
        }
        services.World.Store.Remove(Call.Table, request.Account, sid, CallEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    /// <summary>What a list is narrowed to.</summary>
    private sealed record Filter(
        string? To, string? From, string? Parent, string? Status,
        (DateTimeOffset From, DateTimeOffset Until) Start, (DateTimeOffset From, DateTimeOffset Until) End)
    {
        /// <summary>What every call that matches has among its members.</summary>
        public IReadOnlyList<string> Texts { get; } = [.. new[] { To, From, Parent }.OfType<string>()];

        public static Filter? TryRead(FormValues query, out TwilioError? fault)
        {
            fault = null;
            if (query["Status"] is { Length: > 0 } status && !Enum.GetValues<CallStatus>().Any(s => s.RestWord() == status))
            {
                fault = TwilioError.BadRequest(20001, $"Invalid Status: {status}");
                return null;
            }
            if (Range(query, "StartTime", ref fault) is not { } start || Range(query, "EndTime", ref fault) is not { } end) return null;
            return new Filter(
                Number(query["To"]), Number(query["From"]), Given(query["ParentCallSid"]), Given(query["Status"]), start, end);
        }

        public bool Matches(Call call) =>
            (To is null || call.To == To) && (From is null || call.From == From) && (Parent is null || call.ParentCallSid == Parent)
            && (Status is null || call.Status.RestWord() == Status) && IsWithin(call.StartTime, Start) && IsWithin(call.EndTime, End);

        private static string? Given(string? text) => string.IsNullOrEmpty(text) ? null : text;

        private static string? Number(string? text) =>
            Given(text) is not { } given ? null : Address.IsOther(given) ? given : Address.ToE164(given) ?? given;

        private static bool IsWithin(DateTimeOffset? at, (DateTimeOffset From, DateTimeOffset Until) range) =>
            range == (DateTimeOffset.MinValue, DateTimeOffset.MaxValue)
                || (at is { } instant && instant >= range.From && instant <= range.Until);

        /// <summary><c>Name=</c> that day or instant, <c>Name&lt;=</c> and <c>Name&gt;=</c> up to and from it, both inclusive.</summary>
        private static (DateTimeOffset, DateTimeOffset)? Range(FormValues query, string name, ref TwilioError? fault)
        {
            var (from, until) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue);
            if (!Narrow(query, name, ref fault, out var on) || !Narrow(query, name + "<", ref fault, out var before)
                || !Narrow(query, name + ">", ref fault, out var after))
            {
                return null;
            }
            if (on is { } day) (from, until) = day;
            // A date alone is its midnight (twilio.com/docs/voice/api/call-resource#list-all-calls).
            if (before is { } b) until = b.First;
            if (after is { } a) from = a.First;
            return (from, until);
        }

        private static bool Narrow(
            FormValues query, string name, ref TwilioError? fault, out (DateTimeOffset First, DateTimeOffset Last)? span)
        {
            span = null;
            if (query[name] is not { Length: > 0 } text) return true;
            if (TwilioDates.TryParseFilter(text, out var first, out var end)) span = (first, end.AddTicks(-1));
            else fault = TwilioError.BadRequest(20001, $"Invalid {name}: {text}");
            return span is not null;
        }
    }
}
