using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary><c>POST /Messages.json</c>: checks against the world, names the message, queues it. One turn; never waits for anybody.</summary>
internal sealed class MessageCreate(
    World world, SenderFinder finder, DestinationRules destinations, TrialRules trials, ServiceBook services, ConsentBook consents, MessagingApps apps, TemplateBook templates,
    ChannelSenderBook channels, DailyQuota quota, Outbox outbox, Dispatch dispatch, Schedule schedule)
{
    public Answer Create(RestRequest request)
    {
        var (form, error) = MessageForm.Read(request.Form);
        if (error is not null) return new Answer.Refusal(error);
        if (form!.Content is { } order && templates.Fault(request.Account, order) is { } unfit) return new Answer.Refusal(unfit);
        if (FaultOfFallback(request.Account, form) is { } fallback) return new Answer.Refusal(fallback);
        if (quota.Fault(request.Account) is { } full) return new Answer.Refusal(full);
        form = trials.Mark(request.Account, form);
        var answer = form.ServiceSid is null ? Send(request, form) : SendThrough(request, form, form.ServiceSid);
        if (answer is Answer.Resource) quota.Count(request.Account, request.Cause);
        if (answer is Answer.Resource && form.Options.WithoutEffect.Count > 0)
        {
            world.Journal.Warn(request.Account, request.Path, request.Cause, "these parameters have no effect here", form.Options.WithoutEffect);
        }
        return answer;
    }

    private Answer Send(RestRequest request, MessageForm form)
    {
        var account = request.Account;
        var isShown = true;
        if (form.Content is { } order)
        {
            var content = templates.Find(account, order.Sid)!.Render(order, ChannelAddress.ChannelOf(form.From), MediaRoutes.IsThere(form.To));
            isShown = content is not null;
            if (content is not null) form = form.Rendered(content);
            if (form.Body.Length > MessageLimits.MaxBody) return Answer.Refuse(DeliveryErrors.TooLong, "The concatenated message body exceeds the 1600 character limit");
        }
        if (finder.Find(account, form, out var refusal) is not { } sender) return new Answer.Refusal(refusal!);
        if (trials.Fault(account, form) is { } trial) return new Answer.Refusal(trial);
        if (destinations.Fault(account, form, isSenderKnown: true) is { } unreachable) return new Answer.Refusal(unreachable);
        if (consents.IsOptedOut(account, services.ScopeOf(account, sender.Address), form.To)) return Answer.Refuse(21610, "Attempt to send to unsubscribed recipient");
        if (WrongApp(account, form) is { } wrong) return wrong;
        if (!outbox.HasRoom(account, sender, form.SegmentCount))
        {
            return Answer.Refuse(21611, $"This 'From' number has exceeded the maximum number of queued messages: {sender.Address}");
        }
        var message = form.ToMessage(world, account, MessageStatus.Queued, new MessagePlan { From = sender.Address, StatusCallback = CallbackOf(account, form, null) });
        // None of the template's types is for this channel.
        if (!isShown) outbox.Refuse(message, DeliveryErrors.NotShown, request.Cause);
        else if (form.Options.IsUnsupported) outbox.Refuse(message, DeliveryErrors.Unsupported, request.Cause);
        else outbox.Accept(message, sender, request.Cause);
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
        if (trials.Fault(account, form) is { } trial) return new Answer.Refusal(trial);
        if (destinations.Fault(account, form, isSenderKnown: false) is { } unreachable) return new Answer.Refusal(unreachable);
        if (WrongApp(account, form) is { } wrong) return wrong;
        if (form.SendAt is { } at && CheckTime(account, at) is { } untimely) return untimely;
        if (service.IsSmartEncoded) form = form.SmartlyEncoded();
        var message = form.ToMessage(world, account, form.SendAt is null ? MessageStatus.Accepted : MessageStatus.Scheduled, new MessagePlan
        {
            From = form.From,
            ServiceSid = sid,
            StatusCallback = CallbackOf(account, form, service),
            Validity = service.Validity,
            WillHaveMedia = form.Content is { } order && templates.Find(account, order.Sid)!.HasMedia,
        });
        if (form.SendAt is null) dispatch.Accept(message, request.Cause);
        else schedule.Add(message, request.Cause);
        return Answer.Of(message);
    }

    /// <summary>twilio.com/docs/api/errors/21664 to 21667: whom RCS falls back on is a sender of the account's, named with a service that has RCS.</summary>
    private TwilioError? FaultOfFallback(AccountSid account, MessageForm form)
    {
        if (form.Options.FallbackFrom is not { } fallback) return null;
        if (form.From.Length > 0) return TwilioError.BadRequest(21664, "'FallbackFrom' cannot be used with a 'From' sender");
        if (!AlphanumericName.IsValid(fallback) && !finder.IsTextSender(account, fallback)) return TwilioError.BadRequest(21665, $"Invalid 'FallbackFrom' sender: {fallback}");
        return services.PoolOf(account, form.ServiceSid!).Senders.Any(s => ChannelAddress.ChannelOf(s.Address) == ChannelAddress.Rcs)
            ? null
            : TwilioError.BadRequest(21667, "'FallbackFrom' requires the Messaging Service to have an RCS Sender");
    }

    private Answer? CheckTime(AccountSid account, DateTimeOffset at)
    {
        var ahead = at - world.Clock.GetUtcNow();
        if (ahead < Schedule.Soonest || ahead > Schedule.Latest)
        {
            return Answer.Refuse(35114, $"SendAt time must be between {Schedule.Soonest.TotalSeconds} seconds and {Schedule.Latest.TotalSeconds} seconds from now");
        }
        return schedule.HasRoom(account) ? null : Answer.Refuse(35125,
            $"Maximum limit reached in the account for scheduling messages: {schedule.Limit}");
    }

    private Answer? WrongApp(AccountSid account, MessageForm form) =>
        form.Options.ApplicationSid is { Length: > 0 } app && !apps.Has(account, app) ? Answer.Refuse(21218, $"Invalid ApplicationSid: {app}") : null;

    /// <summary>The request's own callback, or else its application's, its service's, its channel sender's.</summary>
    private string? CallbackOf(AccountSid account, MessageForm form, MessagingService? service) =>
        form.Options.StatusCallback
        ?? (string.IsNullOrEmpty(form.Options.ApplicationSid) ? null : apps.StatusCallbackOf(account, form.Options.ApplicationSid))
        ?? service?.StatusCallback
        ?? channels.Find(account, form.From)?.StatusCallback;
}
