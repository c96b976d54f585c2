using TwilioEmu.Carrier.Switching;
using TwilioEmu.Kernel;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Sending;
using TwilioEmu.Rest.Pipeline;

namespace TwilioEmu.Messaging.Operations;

/// <summary>A message that names its sender: all is found out at once, and it goes to the sender's queue.</summary>
internal sealed class DirectSending(
    World world, SenderFinder finder, AcceptanceRules rules, TemplateBook templates, MessageCallbacks callbacks, Outbox outbox)
{
    public Answer Send(RestRequest request, MessageForm form)
    {
        var account = request.Account;
        var isShown = true;
        if (form.Content is { } order)
        {
            var content = templates.Find(account, order.Sid)!.Render(
                order, ChannelAddress.ChannelOf(form.From), MediaRoutes.IsThere(form.To));
            isShown = content is not null;
            if (content is not null) form = form.Rendered(content);
            if (form.Body.Length > MessageLimits.MaxBody)
            {
                return Answer.Refuse(DeliveryErrors.TooLong, "The concatenated message body exceeds the 1600 character limit");
            }
        }
        if (finder.Find(account, form, out var refusal) is not { } sender) return new Answer.Refusal(refusal!);
        if (rules.Fault(account, form, isSenderKnown: true) is { } fault) return new Answer.Refusal(fault);
        if (rules.IsOptedOut(account, sender.Address, form.To)) return Answer.Refuse(21610, "Attempt to send to unsubscribed recipient");
        if (callbacks.Fault(account, form) is { } wrong) return new Answer.Refusal(wrong);
        if (!outbox.HasRoom(account, sender, form.SegmentCount))
        {
            return Answer.Refuse(21611, $"This 'From' number has exceeded the maximum number of queued messages: {sender.Address}");
        }
        var plan = new MessagePlan { From = sender.Address, StatusCallback = callbacks.Of(account, form, null) };
        var message = form.ToMessage(world, account, MessageStatus.Queued, plan);
        // None of the template's types is for this channel.
        if (!isShown) outbox.Refuse(message, DeliveryErrors.NotShown, request.Cause);
        else if (form.Options.IsUnsupported) outbox.Refuse(message, DeliveryErrors.Unsupported, request.Cause);
        else outbox.Accept(message, sender, request.Cause);
        return Answer.Of(message);
    }
}
