using TwilioEmu.Kernel.Ids;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Receiving;
using TwilioEmu.Messaging.Services;
using TwilioEmu.Rest.Errors;

namespace TwilioEmu.Messaging.Operations;

/// <summary>Where a message that an app sends is told of its changes.</summary>
internal sealed class MessageCallbacks(MessagingApps apps, ChannelSenderBook channels)
{
    /// <summary>The refusal of an application that the account has not, or null.</summary>
    public TwilioError? Fault(AccountSid account, MessageForm form) =>
        form.Options.ApplicationSid is { Length: > 0 } app && !apps.Has(account, app)
            ? TwilioError.BadRequest(21218, $"Invalid ApplicationSid: {app}")
            : null;

    /// <summary>The request's own callback, or else its application's, its service's, its channel sender's.</summary>
    public string? Of(AccountSid account, MessageForm form, MessagingService? service) =>
        form.Options.StatusCallback
        ?? (string.IsNullOrEmpty(form.Options.ApplicationSid) ? null : apps.StatusCallbackOf(account, form.Options.ApplicationSid))
        ?? service?.StatusCallback
        ?? channels.Find(account, form.From)?.StatusCallback;
}
