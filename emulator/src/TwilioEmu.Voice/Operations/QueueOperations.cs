using System.Globalization;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Voice.Calls;
using TwilioEmu.Voice.Documents;
using TwilioEmu.Voice.Queues;

namespace TwilioEmu.Voice.Operations;

/// <summary>Queues and their members.</summary>
/// <remarks>
/// Loop-confined. twilio.com/docs/voice/api/queue-resource, twilio.com/docs/voice/api/member-resource.
/// The codes of a name that is taken and of a queue that is not empty are inferred.
/// </remarks>
internal sealed class QueueOperations(CallServices services)
{
    /// <summary>In place of a CallSid: whoever is first.</summary>
    private const string Front = "Front";

    private readonly QueueBook _book = services.Queues;

    public IEnumerable<(string OperationId, Behaviour Behaviour)> Behaviours =>
    [
        ("CreateQueue", Create),
        ("FetchQueue", Fetch),
        ("ListQueue", List),
        ("UpdateQueue", Update),
        ("DeleteQueue", Delete),
        ("FetchMember", FetchMember),
        ("ListMember", ListMembers),
        ("UpdateMember", UpdateMember),
    ];

    private Answer Create(RestRequest request)
    {
        if (request.Form["FriendlyName"] is not { Length: > 0 } name) return Answer.Refuse(20001, "FriendlyName is required");
        if (!TryReadSize(request, out var size)) return BadSize(request);
        if (name.Length > Queue.MaxNameLength) return TooLong(name);
        if (_book.Records(request.Account).FindByAlias(name) is not null) return new Answer.Refusal(Taken(name));
        return Answer.Of(FaceOf(_book.Create(request.Account, name, size ?? Queue.UsualMaxSize, request.Cause)));
    }

    private Answer Fetch(RestRequest request) => Find(request, "Sid") is { } queue ? Answer.Of(FaceOf(queue)) : Answer.NotFound(request);

    private Answer.List List(RestRequest request) =>
        new(after => _book.Records(request.Account).NewestFirst(after).Select(q => (q.Sid, (IFace)FaceOf(q))));

    private Answer Update(RestRequest request)
    {
        if (Find(request, "Sid") is not { } queue) return Answer.NotFound(request);
        if (!TryReadSize(request, out var size)) return BadSize(request);
        var name = request.Form["FriendlyName"] is { Length: > 0 } given ? given : queue.FriendlyName;
        if (name.Length > Queue.MaxNameLength) return TooLong(name);
        if (_book.Records(request.Account).FindByAlias(name) is { } other && other.Sid != queue.Sid) return new Answer.Refusal(Taken(name));
        queue = queue with { FriendlyName = name, MaxSize = size ?? queue.MaxSize, Updated = services.World.Clock.GetUtcNow() };
        services.World.Store.Put(Queue.Table, request.Account, queue, QueueEntries.Updated, request.Cause);
        return Answer.Of(FaceOf(queue));
    }

    private Answer Delete(RestRequest request)
    {
        if (Find(request, "Sid") is not { } queue) return Answer.NotFound(request);
        if (_book.MembersOf(queue.Sid) is { Count: > 0 } members)
        {
            return new Answer.Refusal(
                ErrorCodes.Error(20409, $"Queue {queue.FriendlyName} cannot be deleted: {members.Count} calls wait in it"));
        }
        services.World.Store.Remove(Queue.Table, request.Account, queue.Sid, QueueEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private Answer FetchMember(RestRequest request) =>
        FindMember(request) is { } member ? Answer.Of(FaceOf(member)) : Answer.NotFound(request);

    private Answer ListMembers(RestRequest request)
    {
        if (Find(request, "QueueSid") is not { } queue) return Answer.NotFound(request);
        var members = _book.MembersOf(queue.Sid).ToList();
        return new Answer.List(after =>
            members.Skip(after is null ? 0 : members.FindIndex(m => m.CallSid == after) + 1).Select(m => (m.CallSid, (IFace)FaceOf(m))));
    }

    /// <summary>Takes a call out of its queue: it goes on with the document at <c>Url</c>.</summary>
    private Answer UpdateMember(RestRequest request)
    {
        if (FindMember(request) is not { } member || services.Book.FindLive(member.CallSid) is not { } call)
        {
            return Answer.NotFound(request);
        }
        var form = new CallForm(request.Form);
        var (url, method) = (form.Url("Url", 21205), form.Method("Method"));
        if (form.Fault is { } fault) return new Answer.Refusal(fault);
        if (url is null) return Answer.Refuse(21205, "Url parameter is required.");
        var face = FaceOf(member);
        _book.Remove(member);
        call.Cause = services.World.Journal.Write(
            request.Account, QueueEntries.Taken, member.CallSid, request.Cause,
            ("queue", member.Queue.FriendlyName), ("queue_sid", member.Queue.Sid), ("by", "rest"), ("waited", member.Waited)).Seq;
        call.Redirect(DocumentRequest.Voice(url, method));
        return Answer.Of(face);
    }

    private Queue? Find(RestRequest request, string name) => _book.Records(request.Account).Find(request.PathValues[name]);

    private QueueMember? FindMember(RestRequest request)
    {
        if (Find(request, "QueueSid") is not { } queue) return null;
        var members = _book.MembersOf(queue.Sid);
        var which = request.PathValues["CallSid"];
        return which.Equals(Front, StringComparison.OrdinalIgnoreCase) ? members.Count > 0 ? members[0] : null : members.FirstOrDefault(m =>
            m.CallSid == which);
    }

    private static bool TryReadSize(RestRequest request, out int? size)
    {
        size = null;
        if (request.Form["MaxSize"] is not { Length: > 0 } text) return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > Queue.LargestMaxSize)
        {
            return false;
        }
        size = number;
        return true;
    }

    private static Answer BadSize(RestRequest request) =>
        Answer.Refuse(20001, $"MaxSize is not valid: {request.Form["MaxSize"]}; a whole number from 1 to {Queue.LargestMaxSize} is");

    private static Answer TooLong(string name) =>
        Answer.Refuse(20001, $"FriendlyName is not valid: it has {name.Length} characters, {Queue.MaxNameLength} are allowed");

    private static TwilioError Taken(string name) => ErrorCodes.Error(20409, $"there is a queue called {name} already");

    private QueueFace FaceOf(Queue queue) => new(queue, _book.MembersOf(queue.Sid).Count, _book.AverageWaitOf(queue.Sid));

    private MemberFace FaceOf(QueueMember member) =>
        new(member, _book.PositionOf(member), (int)(services.World.Clock.GetUtcNow() - member.Since).TotalSeconds);

    private sealed class QueueFace(Queue queue, int size, int averageWait) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "sid": to.Write(queue.Sid); break;
                case "account_sid": to.Write(queue.Account.Value); break;
                case "friendly_name": to.Write(queue.FriendlyName); break;
                case "current_size": to.Write(size); break;
                case "max_size": to.Write(queue.MaxSize); break;
                case "average_wait_time": to.Write(averageWait); break;
                case "date_created": to.Write(queue.Created); break;
                case "date_updated": to.Write(queue.Updated); break;
                case "uri": to.Write(queue.Uri); break;
                case "subresource_uris":
                    to.WriteLinks(("members", queue.Uri.Replace(".json", "/Members.json", StringComparison.Ordinal)));
                    break;
            }
        }
    }

    private sealed class MemberFace(QueueMember member, int position, int wait) : IFace
    {
        public void WriteProperty(string property, FaceWriter to)
        {
            switch (property)
            {
                case "call_sid": to.Write(member.CallSid); break;
                case "queue_sid": to.Write(member.Queue.Sid); break;
                case "date_enqueued": to.Write(member.Since); break;
                case "position": to.Write(position); break;
                case "wait_time": to.Write(wait); break;
                case "uri":
                    to.Write($"/2010-04-01/Accounts/{member.Queue.Account}/Queues/{member.Queue.Sid}/Members/{member.CallSid}.json");
                    break;
            }
        }
    }
}
