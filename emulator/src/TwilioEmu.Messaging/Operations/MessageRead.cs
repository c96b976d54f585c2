using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Faces;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>Fetch and list of messages, and what may be done to a finished one: redact, cancel, delete.</summary>
internal sealed class MessageRead(World world, Schedule schedule)
{
    public Answer Fetch(RestRequest request) => Find(request) is { } message ? Answer.Of(message) : Answer.NotFound(request);

    /// <summary>Filters: To, From, DateSent and its inequalities; newest first.</summary>
    public Answer List(RestRequest request)
    {
        var (filter, error) = MessageFilter.Read(request.Query);
        if (error is not null) return new Answer.Refusal(error);
        var table = Table(request);
        return new Answer.List(after => table.NewestFirst(after, filter!.Texts).Where(filter.Matches).Select(m => (m.Sid, (IFace)m)));
    }

    /// <summary><c>Body=</c> redacts, <c>Status=canceled</c> cancels a scheduled message.</summary>
    public Answer Update(RestRequest request)
    {
        if (Find(request) is not { } message) return Answer.NotFound(request);
        if (request.Form["Status"] is { Length: > 0 } status)
        {
            if (status != "canceled")
            {
                return Answer.Refuse(20001, $"Status is not one of the values that may be set: {status}; only canceled may");
            }
            if (message.Status != MessageStatus.Scheduled) return Answer.Refuse(30409, "This message cannot be canceled");
            message = schedule.Cancel(message, request.Cause);
        }
        if (request.Form["Body"] is { } body)
        {
            if (body.Length > 0) return Answer.Refuse(20001, "Body may only be set to nothing, which redacts the message");
            if (!message.IsSettled) return NotYet("redact");
            message = message with { Body = "", Updated = world.Clock.GetUtcNow() };
            world.Store.Put(Message.Table, message.Account, message, MessageEntries.Redacted, request.Cause);
        }
        return Answer.Of(message);
    }

    public Answer Delete(RestRequest request)
    {
        if (Find(request) is not { } message) return Answer.NotFound(request);
        if (!message.IsSettled) return NotYet("delete");
        world.Store.Remove(Message.Table, message.Account, message.Sid, MessageEntries.Deleted, request.Cause);
        return new Answer.NoContent();
    }

    private Message? Find(RestRequest request) => Table(request).Find(request.PathValues["Sid"]);

    private Table<Message> Table(RestRequest request) => world.Store.Table(Message.Table, request.Account);

    private static Answer.Refusal NotYet(string verb) =>
        new(new TwilioError(20009, 409, $"Cannot {verb} message because delivery has not been completed."));
}
