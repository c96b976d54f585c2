using TwilioEmu.Kernel.Store;
using TwilioEmu.Messaging.Channels;
using TwilioEmu.Messaging.Consent;
using TwilioEmu.Messaging.Content;
using TwilioEmu.Messaging.Lifecycle;
using TwilioEmu.Messaging.Links;
using TwilioEmu.Messaging.Operations;
using TwilioEmu.Messaging.Permissions;
using TwilioEmu.Messaging.Registrations;
using TwilioEmu.Messaging.Services;

namespace TwilioEmu.Messaging.Records;

/// <summary>The forms of the records kept here.</summary>
public static class MessagingForms
{
    public static IReadOnlyList<RecordForm> All { get; } =
    [
        Message.Form, ChannelSession.Form, Sandbox.Form, SenderCode.Form, Consent.Consent.Form, OptOutSettings.Form, ApprovalState.Form,
        ShortLink.Form, GeoPermission.Form,
        DailyCount.Form, StickySender.Form, SentOfDay.Form,
    ];
}
