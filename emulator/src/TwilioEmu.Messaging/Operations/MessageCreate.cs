using TwilioEmu.Accounts.Numbers;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;
using TwilioEmu.Rest.Resources;

namespace TwilioEmu.Messaging.Operations;

/// <summary><c>POST /Messages.json</c>: checks against the world, names the message, queues it. One turn; never waits for anybody.</summary>
internal sealed class MessageCreate(
    World world, NumberBook numbers, SenderBook senders, ServiceBook services, ConsentBook consents, MessagingApps apps, StoredDocuments documents, Outbox outbox,
    Dispatch dispatch, Schedule schedule)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form);
        if (error is not null) return new Answer.Refusal(error);
        if (LackOfContent(request.Account, form!) is { } lack) return new Answer.Refusal(lack);
        var answer = form!.ServiceSid is null ? Send(request, form) : SendThrough(request, form, form.ServiceSid);
        if (answer is Answer.Resource && form.Options.WithoutEffect.Count > 0)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, "these parameters have no effect here", form.Options.WithoutEffect);
        }
        return answer;
    }

    private Answer Send(RestRequest request, MessageForm form)
    {
        if (FindSender(request.Account, form, out var refusal) is not { } sender) return new Answer.Refusal(refusal!);
        if (consents.IsOptedOut(request.Account, services.ScopeOf(request.Account, sender.Address), form.To)) return Answer.Refuse(21610, "Attempt to send to unsubscribed recipient");
        if (WrongApp(request.Account, form) is { } wrong) return wrong;
        if (!outbox.HasRoom(request.Account, sender, form.SegmentCount))
        {
            return Answer.Refuse(21611, $"This 'From' number has exceeded the maximum number of queued messages: {sender.Address}");
        }
        var message = form.ToMessage(world, request.Account, MessageStatus.Queued, new MessagePlan { From = sender.Address, StatusCallback = CallbackOf(request.Account, form.Options, null) });
        outbox.Accept(message, sender, request.Cause);
        return Answer.Of(message);
    }

    /// <summary>The sender is chosen later, and what depends on it is found out then.</summary>
    private Answer SendThrough(RestRequest request, MessageForm form, string sid)
    {
        var account = request.Account;
        if (services.Find(account, sid) is not { } service) return Answer.Refuse(21701, $"The Messaging Service does not exist: {sid}");
        var pool = services.PoolOf(account, sid);
        if (pool.Count == 0) return Answer.Refuse(21704, $"The Messaging Service contains no phone numbers: {sid}");
        if (form.From.Length > 0 && pool.At(form.From) is null) return Answer.Refuse(21711, $"The 'From' {form.From} is not associated with the Messaging Service {sid}");
        if (WrongApp(account, form) is { } wrong) return wrong;
        if (form.SendAt is { } at && CheckTime(account, at) is { } untimely) return untimely;
        if (service.IsSmartEncoded) form = form.SmartlyEncoded();
        var message = form.ToMessage(world, account, form.SendAt is null ? MessageStatus.Accepted : MessageStatus.Scheduled, new MessagePlan
        {
            From = form.From,
            ServiceSid = sid,
            StatusCallback = CallbackOf(account, form.Options, service),
            Validity = service.Validity,
        });
        if (form.SendAt is null) dispatch.Accept(message, request.Cause);
        else schedule.Add(message, request.Cause);
        return Answer.Of(message);
    }

    private Answer? CheckTime(AccountSid account, DateTimeOffset at)
    {
        var ahead = at - world.Clock.GetUtcNow();
        if (ahead < Schedule.Soonest || ahead > Schedule.Latest)
        {
            return Answer.Refuse(35114, $"SendAt time must be between {Schedule.Soonest.TotalSeconds} seconds and {Schedule.Latest.TotalSeconds} seconds from now");
        }
        return schedule.HasRoom(account) ? null : Answer.Refuse(35125, $"Maximum limit reached in the account for scheduling messages: {Schedule.MaxPending}");
    }

    private Answer? WrongApp(AccountSid account, MessageForm form) =>
        form.Options.ApplicationSid is { Length: > 0 } app && !apps.Has(account, app) ? Answer.Refuse(21218, $"Invalid ApplicationSid: {app}") : null;

    /// <summary>A template that is not there is the app's fault; one that is there and not sent is ours.</summary>
    private TwilioError? LackOfContent(AccountSid account, MessageForm form)
    {
        if (form.ContentSid is not { } content) return null;
        return documents.FindAt(account, "content/Content", content) is null ? MessageForm.InvalidContent(content) : MessageForm.UnsentContent(content);
    }

    /// <summary>The request's own callback, or else its application's, or else its service's.</summary>
    private string? CallbackOf(AccountSid account, MessageOptions options, MessagingService? service) =>
        options.StatusCallback
        ?? (string.IsNullOrEmpty(options.ApplicationSid) ? null : apps.StatusCallbackOf(account, options.ApplicationSid))
        ?? service?.StatusCallback;

    private Sender? FindSender(AccountSid account, MessageForm form, out TwilioError? refusal)
    {
        refusal = null;
        if (form.IsAlphanumericSender)
        {
            if (!form.To.StartsWith("+1", StringComparison.Ordinal)) return SenderBook.Alphanumeric(form.From);
            refusal = TwilioError.BadRequest(21612, $"Message cannot be sent with the current combination of 'To' ({form.To}) and/or 'From' ({form.From}) parameters");
            return null;
        }
        var hasMedia = form.Options.MediaUrls.Count > 0;
        if (hasMedia && numbers.Find(form.From) is { IsSmsCapable: true, IsMmsCapable: false } textOnly && textOnly.Account == account)
        {
            refusal = TwilioError.BadRequest(21621, $"The 'From' number {form.From} has not been enabled for MMS");
            return null;
        }
        if (senders.Find(account, form.From, form.To, hasMedia) is { } sender) return sender;
        refusal = numbers.Find(form.From) switch
        {
            { } mine when mine.Account == account => TwilioError.BadRequest(21661, $"'From' {form.From} is not SMS-capable"),
            { } => TwilioError.BadRequest(21660, $"Mismatch between the 'From' number {form.From} and the account {account}"),
            null => TwilioError.BadRequest(
                21606, $"The From phone number {form.From} is not a valid, SMS-capable inbound phone number or short code for your account."),
        };
        return null;
    }
}
